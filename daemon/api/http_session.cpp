#include "daemon/api/http_session.hpp"

#include "daemon/api/no_throw.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/request_target.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace licaudit::api {
namespace {

using stream_type = beast::basic_stream<asio::local::stream_protocol>;
using parser_type = http::request_parser<http::string_body>;
using boost::system::error_code;

constexpr std::size_t read_bytes = std::size_t{8} * 1024;
constexpr std::size_t most_drained_bytes = std::size_t{4} * 1024 * 1024;
constexpr auto drain_time = std::chrono::seconds(1);

method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return method::get;
    case http::verb::head:
      return method::head;
    case http::verb::post:
      return method::post;
    case http::verb::put:
      return method::put;
    case http::verb::patch:
      return method::patch;
    case http::verb::delete_:
      return method::remove;
    default:
      return method::other;
  }
}

response closing(response answer) {
  answer.close = true;
  return answer;
}

/// What to say to bytes that are no request; none where nobody is left who would read it.
std::optional<response> answer_to(error_code error) {
  static const auto& of_http = http::make_error_code(http::error::end_of_stream).category();
  if (error.category() != of_http || error == http::error::end_of_stream || error == http::error::partial_message) {
    return std::nullopt;
  }
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return closing(problem(431, "the headers are larger than 16 KiB"));
  }
  if (error == http::error::body_limit) return closing(problem(413, "the body is larger than 1 MiB"));
  if (error == http::error::bad_version) return closing(problem(505, "this is HTTP/1.1"));
  return closing(problem(400, "this is not an HTTP/1.1 request: " + error.message()));
}

/// Transfers that we do not take part in, seen before the body is read.
std::optional<response> refuse_transfer(const parser_type& parser) {
  const auto& head = parser.get();
  if (head.method() == http::verb::unknown) return closing(problem(501, "this method is not known here"));
  const auto coding = head[http::field::transfer_encoding];
  if (!coding.empty() && !beast::iequals(coding, "chunked")) {
    return closing(problem(501, "of transfer encodings only `chunked` is understood"));
  }
  const auto expectation = head[http::field::expect];
  if (!expectation.empty() && !beast::iequals(expectation, "100-continue")) {
    return closing(problem(417, "of expectations only `100-continue` is met"));
  }
  const bool carries = head.method() == http::verb::post || head.method() == http::verb::put;
  if (carries && head.version() < 11 && !parser.content_length()) {
    return closing(problem(411, "an HTTP/1.0 request with a body needs Content-Length"));
  }
  return std::nullopt;
}

result<request> request_of(parser_type& parser, const access::caller& caller) {
  const auto target_text = parser.get().target();
  auto target = parse_request_target({target_text.data(), target_text.size()});
  if (!target) return target.error();
  request made;
  made.method = method_of(parser.get().method());
  made.path = std::move(target->path);
  made.query = std::move(target->query);
  made.accept = std::string(parser.get()[http::field::accept]);
  made.deletion_secret = std::string(parser.get()["Licaudit-Deletion-Secret"]);
  made.has_length = parser.content_length().has_value() || parser.chunked();
  made.body = std::move(parser.get().body());
  made.caller = caller;
  return made;
}

class session {
 public:
  session(asio::local::stream_protocol::socket socket, access::caller caller, const session_rules& rules,
          session_entry& entry)
      : stream_(std::move(socket)), caller_(std::move(caller)), rules_(rules), entry_(entry) {
    entry_.close = [this] { stream_.close(); };
  }
  ~session() { entry_.close = nullptr; }
  session(const session&) = delete;
  session& operator=(const session&) = delete;

  asio::awaitable<void> run() {
    // Not `while (open && co_await ...)`: GCC 12 awaits the right side even if the left one is false.
    bool open = !entry_.ended;
    while (open) {
      open = co_await first_byte();
      if (!open) co_return;
      open = co_await exchange();
    }
  }

 private:
  class chunk_writer;
  enum class outcome : std::uint8_t { read, refused, gone };

  void touch() { entry_.touch(std::chrono::steady_clock::now()); }

  /// A client may be silent for ever here: it costs nobody anything and makes room when others come.
  asio::awaitable<bool> first_byte() {
    entry_.doing = session_entry::phase::waiting;
    if (buffer_.size() != 0) co_return !*rules_.stopping;
    if (*rules_.stopping) co_return false;
    stream_.expires_never();
    const auto space = buffer_.prepare(read_bytes);
    const auto [ec, n] = co_await stream_.async_read_some(space, no_throw);
    buffer_.commit(n);
    touch();
    co_return !ec && n != 0;
  }

  /// One request and its answer. False: the connection is over.
  asio::awaitable<bool> exchange() {
    parser_type parser;
    parser.header_limit(static_cast<std::uint32_t>(rules_.limits.header_bytes));
    parser.body_limit(rules_.limits.body_bytes);
    stream_.expires_after(rules_.limits.request_time);
    std::optional<response> refusal;
    const error_code ec = co_await receive(parser, refusal);
    if (ec) refusal = answer_to(ec);
    if (ec && !refusal) co_return false;
    if (refusal) {
      co_await answer(std::move(*refusal), parser);
      co_await drain();
      co_return false;
    }
    entry_.doing = session_entry::phase::working;
    const auto asked = request_of(parser, caller_);
    response made;
    if (asked) {
      made = co_await rules_.handler(*asked);
    } else {
      made = problem(asked.error());
    }
    made.close = made.close || !parser.get().keep_alive() || *rules_.stopping;
    const bool close = made.close;
    const bool sent = co_await answer(std::move(made), parser);
    co_return sent && !close;
  }

  asio::awaitable<error_code> receive(parser_type& parser, std::optional<response>& refusal) {
    error_code ec = co_await receive_until(parser, [](const parser_type& p) { return p.is_header_done(); });
    if (ec) co_return ec;
    refusal = refuse_transfer(parser);
    if (refusal) co_return ec;
    if (!parser.is_done() && !parser.get()[http::field::expect].empty()) {
      ec = co_await write_text("HTTP/1.1 100 Continue\r\n\r\n");
      if (ec) co_return ec;
    }
    parser.eager(true);
    co_return co_await receive_until(parser, [](const parser_type& p) { return p.is_done(); });
  }

  asio::awaitable<error_code> receive_until(parser_type& parser, bool (*done)(const parser_type&)) {
    while (!done(parser)) {
      const auto [ec, n] = co_await http::async_read_some(stream_, buffer_, parser, no_throw);
      if (ec) co_return ec;
      touch();
    }
    co_return error_code();
  }

  asio::awaitable<error_code> write_text(std::string_view text) {
    const asio::const_buffer bytes(text.data(), text.size());
    const auto [ec, n] = co_await asio::async_write(stream_, bytes, no_throw);
    co_return ec;
  }

  asio::awaitable<bool> answer(response made, const parser_type& parser) {
    entry_.doing = session_entry::phase::answering;
    touch();
    const unsigned version = parser.is_header_done() ? parser.get().version() : 11;
    const bool head = parser.is_header_done() && parser.get().method() == http::verb::head;
    if (made.lines && !head) co_return co_await stream_lines(std::move(made), version);
    if (head) {
      http::response<http::empty_body> message(head_of<http::empty_body>(made, version));
      message.content_length(made.body.size());
      co_return co_await write(message);
    }
    http::response<http::string_body> message(head_of<http::string_body>(made, version));
    message.body() = std::move(made.body);
    message.prepare_payload();
    co_return co_await write(message);
  }

  template <class Body>
  http::response<Body> head_of(const response& made, unsigned version) {
    http::response<Body> message;
    message.version(version);
    message.result(static_cast<unsigned>(made.status));
    message.reason(reason_of(made.status));
    message.set(http::field::content_type, made.lines ? "application/x-ndjson" : made.content_type);
    message.set(http::field::cache_control, "no-store");
    for (const auto& header : made.headers) message.set(header.first, header.second);
    message.keep_alive(!made.close);
    return message;
  }

  /// The deadline begins anew with each byte that moves.
  template <class Body>
  asio::awaitable<bool> write(http::response<Body>& message) {
    http::response_serializer<Body> serializer(message);
    while (!serializer.is_done()) {
      stream_.expires_after(rules_.limits.write_pause);
      const auto [ec, n] = co_await http::async_write_some(stream_, serializer, no_throw);
      if (ec) co_return false;
      touch();
    }
    co_return true;
  }

  asio::awaitable<bool> stream_lines(response made, unsigned version);

  /// A client that is still sending would see a reset instead of the answer: take what it has, within limits.
  asio::awaitable<void> drain() {
    error_code ignored;
    stream_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
    stream_.expires_after(drain_time);
    for (std::size_t drained = 0; drained < most_drained_bytes;) {
      buffer_.clear();
      const auto space = buffer_.prepare(read_bytes);
      const auto [ec, n] = co_await stream_.async_read_some(space, no_throw);
      if (ec) co_return;
      drained += n;
    }
  }

  stream_type stream_;
  beast::flat_buffer buffer_;
  access::caller caller_;
  const session_rules& rules_;
  session_entry& entry_;
};

/// HTTP/1.0 knows no chunks: there the end of the connection is the end of the answer.
class session::chunk_writer final : public line_writer {
 public:
  chunk_writer(session& to, bool chunked) : to_(to), chunked_(chunked) {}

  asio::awaitable<bool> write(std::string line) override {
    line += '\n';
    co_return co_await send(std::move(line));
  }

  asio::awaitable<bool> finish() {
    if (!chunked_ || failed_) co_return !failed_;
    const auto end = http::make_chunk_last();
    co_return co_await move_out(end);
  }

 private:
  asio::awaitable<bool> send(std::string line) {
    if (failed_) co_return false;
    const asio::const_buffer bytes(line.data(), line.size());
    if (!chunked_) co_return co_await move_out(bytes);
    const auto chunk = http::make_chunk(bytes);
    co_return co_await move_out(chunk);
  }

  template <class Buffers>
  asio::awaitable<bool> move_out(const Buffers& bytes) {
    to_.entry_.doing = session_entry::phase::answering;
    to_.stream_.expires_after(to_.rules_.limits.write_pause);
    const auto [ec, n] = co_await asio::async_write(to_.stream_, bytes, no_throw);
    to_.touch();
    to_.entry_.doing = session_entry::phase::working;
    failed_ = static_cast<bool>(ec);
    co_return !failed_;
  }

  session& to_;
  bool chunked_;
  bool failed_ = false;
};

asio::awaitable<bool> session::stream_lines(response made, unsigned version) {
  const bool chunked = version >= 11;
  made.close = made.close || !chunked;
  http::response<http::empty_body> message(head_of<http::empty_body>(made, version));
  if (chunked) message.chunked(true);
  http::response_serializer<http::empty_body> serializer(message);
  stream_.expires_after(rules_.limits.write_pause);
  const auto [ec, n] = co_await http::async_write_header(stream_, serializer, no_throw);
  if (ec) co_return false;
  touch();
  chunk_writer writer(*this, chunked);
  entry_.doing = session_entry::phase::working;
  co_await made.lines(writer);
  const bool sent = co_await writer.finish();
  co_return sent&& chunked;
}

}  // namespace

asio::awaitable<void> run_session(asio::local::stream_protocol::socket socket, access::caller caller,
                                  const session_rules& rules, session_entry& entry) {
  session one(std::move(socket), std::move(caller), rules, entry);
  co_await one.run();
}

}  // namespace licaudit::api

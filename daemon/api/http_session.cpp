#include "daemon/api/http_session.hpp"

#include "daemon/api/http_head.hpp"
#include "daemon/api/no_throw.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/request_target.hpp"
#include "daemon/api/session_deadline.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace licaudit::api {
namespace {

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
      : socket_(std::move(socket)),
        deadline_(socket_.get_executor(), [this] { close(); }),
        caller_(std::move(caller)),
        rules_(rules),
        entry_(entry) {
    entry_.close = [this] { close(); };
    error_code ignored;
    socket_.non_blocking(true, ignored);
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

  void close() {
    error_code ignored;
    socket_.close(ignored);
  }

  void touch() { entry_.touch(std::chrono::steady_clock::now()); }
  void expect_within(std::chrono::milliseconds time) { deadline_.set(std::chrono::steady_clock::now() + time); }

  /// A client may be silent for ever here: it costs nobody anything and makes room when others come.
  asio::awaitable<bool> first_byte() {
    entry_.doing = session_entry::phase::waiting;
    if (buffer_.size() != 0) co_return !*rules_.stopping;
    if (*rules_.stopping) co_return false;
    deadline_.clear();
    const error_code ec = co_await read_more();
    co_return !ec;
  }

  asio::awaitable<error_code> read_more() {
    const auto space = buffer_.prepare(read_bytes);
    const auto [ec, n] = co_await socket_.async_read_some(space, no_throw);
    buffer_.commit(n);
    touch();
    co_return ec;
  }

  /// One request and its answer. False: the connection is over.
  asio::awaitable<bool> exchange() {
    parser_type parser;
    parser.header_limit(static_cast<std::uint32_t>(rules_.limits.header_bytes));
    parser.body_limit(rules_.limits.body_bytes);
    expect_within(rules_.limits.request_time);
    std::optional<response> refusal;
    const error_code ec = co_await receive(parser, refusal);
    if (ec) refusal = answer_to(ec);
    if (ec && !refusal) co_return false;
    if (refusal) {
      co_await answer(std::move(*refusal), parser);
      co_await drain();
      co_return false;
    }
    deadline_.clear();  // the handler's time is its own
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
      const bool sent = co_await send("HTTP/1.1 100 Continue\r\n\r\n");
      if (!sent) co_return http::make_error_code(http::error::partial_message);
    }
    parser.eager(true);
    co_return co_await receive_until(parser, [](const parser_type& p) { return p.is_done(); });
  }

  /// Parses what is there before it reads: most requests came whole with their first byte.
  asio::awaitable<error_code> receive_until(parser_type& parser, bool (*done)(const parser_type&)) {
    while (!done(parser)) {
      error_code ec;
      buffer_.consume(parser.put(buffer_.data(), ec));
      if (ec && ec != http::error::need_more) co_return ec;
      if (done(parser)) break;
      if (!ec && buffer_.size() != 0) continue;
      ec = co_await read_more();
      if (ec) co_return ec;
    }
    co_return error_code();
  }

  asio::awaitable<bool> answer(response made, const parser_type& parser) {
    entry_.doing = session_entry::phase::answering;
    const unsigned version = parser.is_header_done() ? parser.get().version() : 11;
    const bool head = parser.is_header_done() && parser.get().method() == http::verb::head;
    if (made.lines && !head) co_return co_await stream_lines(std::move(made), version);
    const std::string start = http_head(made, version);
    co_return co_await send(start, head ? std::string_view() : std::string_view(made.body));
  }

  /// Both texts, one behind the other. What the socket takes at once needs no turn of the loop; where it is full, the
  /// deadline begins anew with each byte that moves. False: the client has left or does not read.
  asio::awaitable<bool> send(std::string_view first, std::string_view second = {}) {
    while (!first.empty() || !second.empty()) {
      const std::array<asio::const_buffer, 2> left{asio::buffer(first), asio::buffer(second)};
      error_code ec;
      const std::size_t n = socket_.write_some(left, ec);
      touch();
      const std::size_t of_first = std::min(n, first.size());
      first.remove_prefix(of_first);
      second.remove_prefix(n - of_first);
      if (ec == asio::error::would_block) {
        expect_within(rules_.limits.write_pause);
        const auto [lost] = co_await socket_.async_wait(asio::socket_base::wait_write, no_throw);
        ec = lost;
      }
      if (ec) co_return false;
    }
    co_return true;
  }

  asio::awaitable<bool> stream_lines(response made, unsigned version);

  /// A client that is still sending would see a reset instead of the answer: take what it has, within limits.
  asio::awaitable<void> drain() {
    error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
    expect_within(drain_time);
    for (std::size_t drained = 0; drained < most_drained_bytes;) {
      buffer_.clear();
      const error_code ec = co_await read_more();
      if (ec) co_return;
      drained += buffer_.size();
    }
  }

  asio::local::stream_protocol::socket socket_;
  session_deadline deadline_;
  beast::flat_buffer buffer_;
  access::caller caller_;
  const session_rules& rules_;
  session_entry& entry_;
};

/// HTTP/1.0 knows no chunks: there the end of the connection is the end of the answer.
class session::chunk_writer final : public line_writer {
 public:
  chunk_writer(session& to, bool chunked, bool lines) : to_(to), chunked_(chunked), lines_(lines) {}

  asio::awaitable<bool> write(std::string line) override {
    if (lines_) line += '\n';
    if (chunked_) line = beast::buffers_to_string(http::make_chunk(asio::buffer(line)));
    co_return co_await move_out(std::move(line));
  }

  asio::awaitable<bool> finish() {
    if (!chunked_) co_return !failed_;
    co_return co_await move_out(beast::buffers_to_string(http::make_chunk_last()));
  }

 private:
  asio::awaitable<bool> move_out(std::string bytes) {
    if (failed_) co_return false;
    to_.entry_.doing = session_entry::phase::answering;
    const bool sent = co_await to_.send(bytes);
    to_.deadline_.clear();
    to_.entry_.doing = session_entry::phase::working;
    failed_ = !sent;
    co_return sent;
  }

  session& to_;
  bool chunked_, lines_;
  bool failed_ = false;
};

asio::awaitable<bool> session::stream_lines(response made, unsigned version) {
  const bool chunked = version >= 11;
  made.close = made.close || !chunked;
  const std::string start = http_head(made, version);
  const bool begun = co_await send(start);
  if (!begun) co_return false;
  deadline_.clear();
  chunk_writer writer(*this, chunked, !made.bytes);
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

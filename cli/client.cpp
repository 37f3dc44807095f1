#include "cli/client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <sys/socket.h>
#include <sys/time.h>
#include <cerrno>
#include <charconv>

namespace licaudit::cli {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

using error_code = boost::system::error_code;
using local_stream = beast::basic_stream<asio::local::stream_protocol, asio::io_context::executor_type>;
using reply_parser = http::response_parser<http::string_body>;

/// More than the largest rule text or page of history; what is beyond is no answer of ours.
constexpr std::uint64_t body_limit = 256U << 20U;
constexpr std::string_view own_prefix = "Licaudit-";
constexpr std::uint32_t header_limit = 64U << 10U;
constexpr std::size_t read_size = 64U << 10U;

std::string seconds(std::chrono::milliseconds time) {
  const auto ms = time.count();
  return ms % 1000 == 0 ? std::to_string(ms / 1000) + " s" : std::to_string(ms) + " ms";
}

/// One request on one connection.
class exchange {
 public:
  exchange(const std::string& socket, std::chrono::milliseconds silence, const request& question,
           const line_sink& on_line, const byte_sink& on_bytes)
      : socket_(socket),
        silence_(silence),
        question_(question),
        on_line_(on_line),
        on_bytes_(on_bytes),
        stream_(loop_.get_executor()) {
    if (on_bytes_) {
      parser_.body_limit(boost::none);
    } else {
      parser_.body_limit(body_limit);
    }
    parser_.header_limit(header_limit);
    parser_.eager(true);
  }

  outcome<answer> run() {
    if (auto wrong = connect()) return *wrong;
    if (const auto error = write()) return lost(error);
    if (const auto error = read()) return lost(error);
    auto reply = parser_.release();
    answer made{reply.result_int(), std::string(reply[http::field::content_type]), std::move(reply.body())};
    for (const auto& field : reply)
      if (beast::iequals(field.name_string().substr(0, own_prefix.size()), own_prefix))
        made.headers[std::string(field.name_string())] = std::string(field.value());
    return made;
  }

 private:
  std::optional<complaint> connect() {
    error_code error;
    try {
      const asio::local::stream_protocol::endpoint where(socket_);
      auto& socket = stream_.socket();
      socket.open(where.protocol(), error);
      // A full backlog blocks a UNIX connect without end, and a non-blocking one fails at once; so: blocking, with a
      // bound.
      const auto micro = std::chrono::duration_cast<std::chrono::microseconds>(silence_).count();
      const timeval bound{static_cast<time_t>(micro / 1'000'000), static_cast<suseconds_t>(micro % 1'000'000)};
      if (!error) ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &bound, sizeof bound);
      if (!error) socket.connect(where, error);
    } catch (const boost::system::system_error&) {
      return complaint{exit_status::usage, "--socket " + socket_ + ": the path is too long for a UNIX socket"};
    }
    if (error) return unreachable(error);
    return std::nullopt;
  }

  [[nodiscard]] complaint unreachable(const error_code& error) const {
    if (error == boost::system::errc::permission_denied || error == boost::system::errc::operation_not_permitted) {
      return {exit_status::not_permitted,
              "may not open the socket " + socket_ + ": permission denied; join the group it belongs to, or use sudo"};
    }
    if (error == asio::error::would_block || error == asio::error::try_again || error == asio::error::timed_out) {
      return {exit_status::timed_out, "licauditd at " + socket_ + " took no connection within " + seconds(silence_) +
                                          "; try again, or see: journalctl -u licauditd"};
    }
    return {exit_status::no_daemon, "no daemon at " + socket_ + ": " + error.message() +
                                        "; start it (systemctl start licauditd), or name its socket with --socket"};
  }

  /// Starts one operation and runs the loop until it ended; the stream cancels it after the silence.
  template <class Start>
  error_code until_moved(Start start) {
    error_code outcome = beast::error::timeout;
    stream_.expires_after(silence_);
    start([&outcome](error_code error, std::size_t) { outcome = error; });
    loop_.restart();
    loop_.run();
    return outcome;
  }

  error_code write() {
    http::request<http::string_body> message;
    message.method_string(question_.method);
    message.target(question_.target);
    message.version(11);
    message.set(http::field::host, "localhost");
    message.set(http::field::accept, question_.accept);
    message.set(http::field::connection, "close");
    if (!question_.secret.empty()) message.set("Licaudit-Deletion-Secret", question_.secret);
    if (!question_.body.empty()) message.set(http::field::content_type, "application/json");
    message.body() = question_.body;
    message.prepare_payload();
    http::request_serializer<http::string_body> serializer(message);
    while (!serializer.is_done()) {
      const auto error = until_moved([&](auto done) { http::async_write_some(stream_, serializer, std::move(done)); });
      // A daemon that refuses early answers before it has read all; the answer is worth more than our broken pipe.
      if (error == asio::error::broken_pipe || error == asio::error::connection_reset) return {};
      if (error) return error;
    }
    return {};
  }

  error_code read() {
    beast::flat_buffer buffer;
    while (!parser_.is_done()) {
      error_code error = until_moved([&](auto done) {
        stream_.async_read_some(buffer.prepare(read_size), [&buffer, done](error_code result, std::size_t n) mutable {
          buffer.commit(n);
          done(result, n);
        });
      });
      if (error == asio::error::eof) {
        error = {};
        if (!parser_.got_some()) return asio::error::eof;
        parser_.put_eof(error);
        return error;
      }
      if (!error) buffer.consume(parser_.put(buffer.data(), error));
      if (error == http::error::need_more) error = {};
      if (error) return error;
      hand_over_lines();
      if (!hand_over_bytes()) return asio::error::operation_aborted;
    }
    return {};
  }

  /// False: whoever takes them wants no more.
  bool hand_over_bytes() {
    if (!on_bytes_ || !parser_.is_header_done() || parser_.get().result() != http::status::ok) return true;
    auto& body = parser_.get().body();
    if (body.empty()) return true;
    std::optional<std::uint64_t> whole;
    const auto said = parser_.get()["Licaudit-Bytes"];
    std::uint64_t number = 0;
    if (std::from_chars(said.data(), said.data() + said.size(), number).ptr != said.data()) whole = number;
    const bool more = on_bytes_({body, whole});
    body.clear();
    return more;
  }

  void hand_over_lines() {
    if (!on_line_ || !parser_.is_header_done() || parser_.get().result() != http::status::ok) return;
    const std::string_view body = parser_.get().body();
    for (auto end = body.find('\n', handed_over_); end != body.npos; end = body.find('\n', handed_over_)) {
      on_line_(body.substr(handed_over_, end - handed_over_));
      handed_over_ = end + 1;
    }
  }

  [[nodiscard]] complaint lost(const error_code& error) const {
    const std::string unsure =
        question_.method == "GET" ? "ask again" : "it may have taken effect: look before you repeat it";
    if (error == beast::error::timeout) {
      return {exit_status::timed_out, "no byte from licauditd for " + seconds(silence_) + " at " + socket_ + "; " +
                                          unsure + ", with a longer --timeout"};
    }
    if (error == asio::error::eof || error == asio::error::connection_reset || error == http::error::partial_message ||
        error == asio::error::not_connected) {
      return {exit_status::no_daemon, "licauditd at " + socket_ +
                                          " closed the connection before its answer was complete; " + unsure +
                                          ", or see: journalctl -u licauditd"};
    }
    return {exit_status::internal, "what answers at " + socket_ + " does not speak as licauditd does (" +
                                       error.message() + "); is --socket right?"};
  }

  const std::string& socket_;
  std::chrono::milliseconds silence_;
  const request& question_;
  const line_sink& on_line_;
  const byte_sink& on_bytes_;
  asio::io_context loop_{1};
  local_stream stream_;
  reply_parser parser_;
  std::size_t handed_over_ = 0;
};

}  // namespace

client::client(std::string socket, std::optional<std::chrono::milliseconds> timeout)
    : socket_(std::move(socket)), timeout_(timeout) {}

outcome<answer> client::ask(const request& question, const line_sink& on_line) const {
  return exchange(socket_, timeout_.value_or(question.patience), question, on_line, {}).run();
}

outcome<answer> client::download(const request& question, const byte_sink& on_bytes) const {
  return exchange(socket_, timeout_.value_or(question.patience), question, {}, on_bytes).run();
}

}  // namespace licaudit::cli

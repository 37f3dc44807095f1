#include "daemon/api/request_reader.hpp"

#include "daemon/api/problem.hpp"
#include "daemon/api/request_target.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace licaudit::api {
namespace {

using parser_type = http::request_parser<http::string_body>;
using boost::system::error_code;

constexpr std::size_t read_bytes = std::size_t{8} * 1024;
/// `0`, and the two ends of lines that every body of chunks closes with.
constexpr std::size_t last_chunk_bytes = 5;

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

/// What to say to bytes that are no request; none where nobody is left who would read it.
std::optional<response> answer_to(error_code error) {
  static const auto& of_http = http::make_error_code(http::error::end_of_stream).category();
  if (error.category() != of_http || error == http::error::end_of_stream || error == http::error::partial_message) {
    return std::nullopt;
  }
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return problem(431, "the headers are larger than 16 KiB");
  }
  if (error == http::error::body_limit) return problem(413, "the body is larger than 1 MiB");
  if (error == http::error::bad_version) return problem(505, "this is HTTP/1.1");
  return problem(400, "this is not an HTTP/1.1 request: " + error.message());
}

/// Transfers that we do not take part in, seen before the body is read.
std::optional<response> refuse_transfer(const parser_type& parser) {
  const auto& head = parser.get();
  if (head.method() == http::verb::unknown) return problem(501, "this method is not known here");
  const auto coding = head[http::field::transfer_encoding];
  if (!coding.empty() && !beast::iequals(coding, "chunked")) {
    return problem(501, "of transfer encodings only `chunked` is understood");
  }
  const auto expectation = head[http::field::expect];
  if (!expectation.empty() && !beast::iequals(expectation, "100-continue")) {
    return problem(417, "of expectations only `100-continue` is met");
  }
  const bool carries = head.method() == http::verb::post || head.method() == http::verb::put;
  if (carries && head.version() < 11 && !parser.content_length()) {
    return problem(411, "an HTTP/1.0 request with a body needs Content-Length");
  }
  return std::nullopt;
}

}  // namespace

struct request_reader::parts {
  http_limits limits;
  beast::flat_buffer buffer{};
  std::optional<parser_type> parser{};
  bool looked_at_head = false;
  std::optional<response> refusal{};

  void begin() {
    parser.emplace();
    parser->header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    parser->body_limit(limits.body_bytes);
    looked_at_head = false;
  }

  [[nodiscard]] state refuse(std::optional<response> why) {
    if (!why) return state::lost;
    refusal = std::move(why);
    refusal->close = true;
    return state::refused;
  }

  /// None: there is nothing to say about it, and the body follows.
  [[nodiscard]] std::optional<state> look_at_head() {
    looked_at_head = true;
    if (auto why = refuse_transfer(*parser)) return refuse(std::move(why));
    parser->eager(true);
    if (!parser->is_done() && !parser->get()[http::field::expect].empty()) return state::expects;
    return std::nullopt;
  }
};

request_reader::request_reader(const http_limits& limits) : parts_(std::make_unique<parts>()) {
  parts_->limits = limits;
}

request_reader::~request_reader() = default;

boost::asio::mutable_buffer request_reader::space() {
  return parts_->buffer.prepare(read_bytes);
}

void request_reader::commit(std::size_t bytes) {
  parts_->buffer.commit(bytes);
}

void request_reader::clear() {
  parts_->buffer.clear();
}

request_reader::state request_reader::advance() {
  parts& all = *parts_;
  if (!all.parser && all.buffer.size() == 0) return state::begins;
  if (!all.parser) all.begin();
  for (;;) {
    if (all.parser->is_header_done() && !all.looked_at_head) {
      if (const auto seen = all.look_at_head()) return *seen;
    }
    if (all.parser->is_done()) return state::whole;
    if (all.buffer.size() == 0) return state::partial;
    // Beast asserts that whoever has begun a last chunk has five bytes of it (1.81, parse_chunk_header).
    if (all.parser->is_header_done() && all.parser->chunked() && all.buffer.size() < last_chunk_bytes)
      return state::partial;
    error_code ec;
    all.buffer.consume(all.parser->put(all.buffer.data(), ec));
    if (ec == http::error::need_more) return state::partial;
    if (ec) return all.refuse(answer_to(ec));
  }
}

void request_reader::next() {
  parts_->parser.reset();
}

result<void> request_reader::take(request& into) {
  parser_type& parser = *parts_->parser;
  auto& head = parser.get();
  auto target = parse_request_target({head.target().data(), head.target().size()});
  if (!target) return target.error();
  into.method = method_of(head.method());
  into.path = std::move(target->path);
  into.query = std::move(target->query);
  into.accept = head[http::field::accept];
  into.deletion_secret = head["Licaudit-Deletion-Secret"];
  into.authorization = head[http::field::authorization];
  into.has_length = parser.content_length().has_value() || parser.chunked();
  into.body = std::move(head.body());
  return {};
}

response request_reader::refusal() {
  return std::move(*parts_->refusal);
}

unsigned request_reader::version() const {
  const auto& parser = parts_->parser;
  return parser && parser->is_header_done() && parser->get().version() < 11 ? 10 : 11;
}

bool request_reader::wants_no_body() const {
  const auto& parser = parts_->parser;
  return parser && parser->is_header_done() && parser->get().method() == http::verb::head;
}

bool request_reader::keeps_alive() const {
  return parts_->parser->get().keep_alive();
}

}  // namespace licaudit::api

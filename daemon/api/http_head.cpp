#include "daemon/api/http_head.hpp"

#include "daemon/api/problem.hpp"

#include <array>
#include <charconv>
#include <string_view>

namespace licaudit::api {
namespace {

void add_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void add_number(std::string& out, std::size_t number) {
  std::array<char, 24> digits;  // the longest has 20
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), written.ptr);
}

}  // namespace

void append_http_head(std::string& out, const response& of, unsigned version) {
  const bool streams = static_cast<bool>(of.lines);
  out.append(version >= 11 ? "HTTP/1.1 " : "HTTP/1.0 ");
  add_number(out, static_cast<std::size_t>(of.status));
  out.append(" ");
  out.append(reason_of(of.status)).append("\r\n");
  add_header(out, "Content-Type", streams && !of.bytes ? "application/x-ndjson" : of.content_type);
  add_header(out, "Cache-Control", "no-store");
  for (const auto& header : of.headers) add_header(out, header.first, header.second);
  if (streams && version >= 11) add_header(out, "Transfer-Encoding", "chunked");
  if (!streams) {
    out.append("Content-Length: ");
    add_number(out, of.text().size());
    out.append("\r\n");
  }
  if (of.close && version >= 11) add_header(out, "Connection", "close");
  if (!of.close && version < 11) add_header(out, "Connection", "keep-alive");
  out.append("\r\n");
}

}  // namespace licaudit::api

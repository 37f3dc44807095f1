#include "daemon/api/http_head.hpp"

#include "daemon/api/problem.hpp"

#include <string_view>

namespace licaudit::api {
namespace {

constexpr std::size_t usual_bytes = 256;

void add_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string http_head(const response& of, unsigned version) {
  const bool streams = static_cast<bool>(of.lines);
  std::string out;
  out.reserve(usual_bytes);
  out.append(version >= 11 ? "HTTP/1.1 " : "HTTP/1.0 ").append(std::to_string(of.status)).append(" ");
  out.append(reason_of(of.status)).append("\r\n");
  add_header(out, "Content-Type", streams && !of.bytes ? "application/x-ndjson" : std::string_view(of.content_type));
  add_header(out, "Cache-Control", "no-store");
  for (const auto& header : of.headers) add_header(out, header.first, header.second);
  if (streams && version >= 11) add_header(out, "Transfer-Encoding", "chunked");
  if (!streams) add_header(out, "Content-Length", std::to_string(of.body.size()));
  if (of.close && version >= 11) add_header(out, "Connection", "close");
  if (!of.close && version < 11) add_header(out, "Connection", "keep-alive");
  return out.append("\r\n");
}

}  // namespace licaudit::api

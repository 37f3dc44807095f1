#include "daemon/api/request_target.hpp"

#include <algorithm>

namespace licaudit::api {
namespace {

constexpr std::size_t usual_segments = 4;  // /v1/tenants/{t}/licences

int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

failure malformed(std::string detail) {
  return {errc::malformed, std::move(detail)};
}

bool is_control(char byte) {
  return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f;
}

result<std::string> decoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char byte = text[i];
    if (byte == '+' && plus_is_blank) byte = ' ';
    if (byte == '%') {
      const int high = i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return malformed("the address holds a % that no two hexadecimal digits follow");
      byte = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (is_control(byte)) return malformed("the address holds a control character");
    out += byte;
  }
  return out;
}

/// Calls `take` with what stands between the separators, empty pieces included, as long as nothing is wrong with it.
template <class Take>
result<void> each_piece(std::string_view text, char separator, const Take& take) {
  for (;;) {
    const std::size_t end = text.find(separator);
    if (result<void> taken = take(text.substr(0, end)); !taken) return taken;
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
}

std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {std::string_view("http://"), std::string_view("https://")}) {
    if (target.substr(0, scheme.size()) != scheme) continue;
    target.remove_prefix(scheme.size());
    return target.substr(std::min(target.find_first_of("/?"), target.size()));
  }
  return target;
}

result<void> parse_query(std::string_view text, request_target& into) {
  return each_piece(text, '&', [&into](std::string_view pair) -> result<void> {
    if (pair.empty()) return {};
    const std::size_t equals = pair.find('=');
    auto name = decoded(pair.substr(0, equals), true);
    if (!name) return name.error();
    auto value = decoded(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!value) return value.error();
    if (into.query.emplace(*name, std::move(*value)).second) return {};
    return malformed("the query parameter " + *name + " is given twice");
  });
}

result<void> parse_path(std::string_view text, request_target& into) {
  if (text.empty()) return {};
  into.path.reserve(usual_segments);
  return each_piece(text, '/', [&into](std::string_view segment) -> result<void> {
    auto piece = decoded(segment, false);
    if (!piece) return piece.error();
    into.path.push_back(std::move(*piece));
    return {};
  });
}

}  // namespace

result<request_target> parse_request_target(std::string_view target) {
  target = without_authority(target);
  target = target.substr(0, target.find('#'));
  const std::size_t mark = target.find('?');
  std::string_view path = target.substr(0, mark);
  if (path.empty()) path = "/";
  if (path.front() != '/') return malformed("the address of a request begins with a slash");

  request_target out;
  path.remove_prefix(1);
  // A slash at the end is forgiven: /v1/tenants/ is /v1/tenants.
  if (!path.empty() && path.back() == '/') path.remove_suffix(1);
  if (auto parsed = parse_path(path, out); !parsed) return parsed.error();
  if (mark == std::string_view::npos) return out;
  if (auto parsed = parse_query(target.substr(mark + 1), out); !parsed) return parsed.error();
  return out;
}

}  // namespace licaudit::api

#include "daemon/api/json_text.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>

#include <array>

namespace licaudit::api {
namespace {

/// Branchless: nearly every byte of every answer is asked.
constexpr std::array<bool, 256> bytes_to_escape = [] {
  std::array<bool, 256> all{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) all[byte] = true;
  for (const std::size_t byte : {0x22U, 0x5cU, 0x7fU}) all[byte] = true;  // quote, backslash, delete
  return all;
}();

bool needs_escape(std::string_view text) {
  bool any = false;
  for (const char byte : text) any |= bytes_to_escape[static_cast<unsigned char>(byte)];
  return any;
}

}  // namespace

void json_text::separate() {
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_ += ',';
}

json_text& json_text::open(char bracket) {
  separate();
  out_ += bracket;
  return *this;
}

json_text& json_text::close(char bracket) {
  out_ += bracket;
  return *this;
}

json_text& json_text::key(std::string_view name) {
  add(name);
  out_ += ':';
  return *this;
}

json_text& json_text::add(std::string_view text) {
  separate();
  if (needs_escape(text)) {
    out_ += boost::json::serialize(boost::json::string_view(text));
    return *this;
  }
  out_ += '"';
  out_ += text;
  out_ += '"';
  return *this;
}

json_text& json_text::add(const std::vector<std::string>& texts) {
  begin_array();
  for (const std::string& text : texts) add(text);
  return end_array();
}

json_text& json_text::text_or_null(std::string_view name, std::string_view text) {
  key(name);
  return text.empty() ? raw("null") : add(text);
}

json_text& json_text::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

}  // namespace licaudit::api

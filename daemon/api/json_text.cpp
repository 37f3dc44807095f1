#include "daemon/api/json_text.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>

namespace licaudit::api {
namespace {

bool stands_for_itself(char byte) {
  return static_cast<unsigned char>(byte) >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f;
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
  if (std::all_of(text.begin(), text.end(), stands_for_itself)) {
    out_ += '"';
    out_ += text;
    out_ += '"';
  } else {
    out_ += boost::json::serialize(boost::json::string_view(text));
  }
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

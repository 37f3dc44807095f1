#include "cli/request.hpp"

namespace licaudit::cli {

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (kept.find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += digits[byte / 16U];
    encoded += digits[byte % 16U];
  }
  return encoded;
}

target_builder::target_builder(std::string_view resource) : text_("/v1/") {
  text_ += resource;
}

target_builder& target_builder::segment(std::string_view raw) {
  text_ += '/';
  text_ += percent_encoded(raw);
  return *this;
}

target_builder& target_builder::query(std::string_view name, std::string_view value) {
  if (value.empty()) return *this;
  text_ += has_query_ ? '&' : '?';
  has_query_ = true;
  text_ += name;
  text_ += '=';
  text_ += percent_encoded(value);
  return *this;
}

}  // namespace licaudit::cli

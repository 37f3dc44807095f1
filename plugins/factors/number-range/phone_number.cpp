#include "plugins/factors/number-range/phone_number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace licaudit::number_range {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool starts_with_scheme(std::string_view text, std::string_view scheme) {
  return text.size() >= scheme.size() && std::equal(scheme.begin(), scheme.end(), text.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
         });
}

std::string_view without_scheme(std::string_view text) {
  constexpr std::array<std::string_view, 3> schemes = {"tel:", "sip:", "sips:"};
  for (const auto scheme : schemes) {
    if (starts_with_scheme(text, scheme)) return text.substr(scheme.size());
  }
  return text;
}

}  // namespace

std::optional<phone_number> parse_e164(std::string_view text) {
  if (!text.starts_with('+')) return std::nullopt;
  text.remove_prefix(1);
  if (text.empty() || text.size() > max_digits || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  phone_number number{text.size(), 0};
  std::from_chars(text.data(), text.data() + text.size(), number.digits);
  return number;
}

std::optional<phone_number> parse_value(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  text = without_scheme(text);
  text = text.substr(0, text.find_first_of(";@?"));
  std::string plain(text);
  const auto is_separator = [](char c) { return std::string_view(" \t-.()").find(c) != std::string_view::npos; };
  plain.erase(std::remove_if(plain.begin(), plain.end(), is_separator), plain.end());
  return parse_e164(plain);
}

}  // namespace licaudit::number_range

#include "plugins/sdk/exact_decimal.hpp"

#include "model/names.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace licaudit::sdk {

namespace {

constexpr std::ptrdiff_t max_whole_digits = 12;
constexpr std::ptrdiff_t max_places = 6;
constexpr int max_exponent = 64;  // anything beyond is out of range or zero anyway

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// digits * 10^-places
struct scaled {
  std::string digits;
  std::ptrdiff_t places = 0;
};

std::optional<int> parse_exponent(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (value > max_exponent || value < -max_exponent) return std::nullopt;
  return value;
}

std::optional<scaled> parse_scaled(std::string_view text) {
  const auto e = text.find_first_of("eE");
  int exponent = 0;
  if (e != std::string_view::npos) {
    const auto parsed = parse_exponent(text.substr(e + 1));
    if (!parsed) return std::nullopt;
    exponent = *parsed;
  }
  const auto mantissa = text.substr(0, e);
  const auto point = mantissa.find('.');
  const auto whole = mantissa.substr(0, point);
  const auto fraction = point == std::string_view::npos ? std::string_view() : mantissa.substr(point + 1);
  if (whole.empty() || !is_digits(whole) || !is_digits(fraction)) return std::nullopt;
  if (point != std::string_view::npos && fraction.empty()) return std::nullopt;
  scaled value{std::string(whole), static_cast<std::ptrdiff_t>(fraction.size()) - exponent};
  value.digits += fraction;
  return value;
}

/// Without zeros in front, and without zeros at the end that stand after the point.
void shorten(scaled& value) {
  value.digits.erase(0, std::min(value.digits.find_first_not_of('0'), value.digits.size()));
  while (value.places > 0 && value.digits.ends_with('0')) {
    value.digits.pop_back();
    --value.places;
  }
  if (value.digits.empty()) value.places = 0;
}

}  // namespace

result<std::string> exact_decimal(std::string_view text) {
  auto value = parse_scaled(text);
  if (!value) return failure{errc::malformed, in_quotes(text) + " is no decimal number >= 0 such as 7320.5"};
  shorten(*value);
  auto& [digits, places] = *value;
  if (places > max_places) {
    return failure{errc::malformed, in_quotes(text) + " has more than 6 places after the point"};
  }
  if (static_cast<std::ptrdiff_t>(digits.size()) - places > max_whole_digits) {
    return failure{errc::malformed, in_quotes(text) + " is not below 10^12"};
  }
  if (digits.empty()) return std::string("0");
  if (places < 0) {
    digits.append(static_cast<std::size_t>(-places), '0');
    places = 0;
  }
  const auto after_point = static_cast<std::size_t>(places);
  if (digits.size() <= after_point) digits.insert(0, after_point + 1 - digits.size(), '0');
  if (after_point > 0) digits.insert(digits.size() - after_point, 1, '.');
  return digits;
}

}  // namespace licaudit::sdk

#include "model/amount.hpp"

#include "model/names.hpp"

#include <algorithm>

namespace licaudit {

namespace {

constexpr std::size_t most_whole_digits = 12;
constexpr std::size_t most_places = 6;

bool are_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string to_text(amount value) {
  const bool negative = value.millionths < 0;
  // Its magnitude without overflow, also of the smallest.
  const auto magnitude =
      negative ? 0 - static_cast<std::uint64_t>(value.millionths) : static_cast<std::uint64_t>(value.millionths);
  std::string text = negative ? "-" : "";
  text += std::to_string(magnitude / millionths_of_one);
  if (const auto rest = magnitude % millionths_of_one; rest != 0) {
    std::string places = std::to_string(millionths_of_one + static_cast<std::int64_t>(rest)).substr(1);
    places.erase(places.find_last_not_of('0') + 1);
    text += '.' + places;
  }
  return text;
}

result<amount> parse_amount(std::string_view text) {
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  const auto places = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  const bool has_size = !whole.empty() && whole.size() <= most_whole_digits && places.size() <= most_places &&
                        places.empty() == (point == std::string_view::npos);
  if (!has_size || !are_digits(whole) || !are_digits(places))
    return failure{errc::malformed, in_quotes(text) + ": expected a decimal number below 10^12, as '7320.5'"};
  amount value;
  for (const char c : whole) value.millionths = value.millionths * 10 + (c - '0');
  for (std::size_t i = 0; i < most_places; ++i)
    value.millionths = value.millionths * 10 + (i < places.size() ? places[i] - '0' : 0);
  return value;
}

}  // namespace licaudit

#include "model/amount.hpp"

namespace licaudit {

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

}  // namespace licaudit

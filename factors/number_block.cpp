#include "factors/number_block.hpp"

#include "model/quantity.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace licaudit::factors {
namespace {

constexpr std::size_t longest_member = 15;  // digits of a number by E.164

std::optional<std::int64_t> number_in(std::string_view digits) {
  std::int64_t value = 0;
  if (digits.empty() || digits.size() > longest_member || digits.front() == '-') return std::nullopt;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// `3000-3099` or `455`; the two ends are of equal length.
std::optional<std::int64_t> size_of_member(std::string_view member) {
  const auto dash = member.find('-');
  const auto first = number_in(member.substr(0, dash));
  if (!first) return std::nullopt;
  if (dash == std::string_view::npos) return 1;
  const auto last = number_in(member.substr(dash + 1));
  if (!last || *last < *first || member.size() != 2 * dash + 1) return std::nullopt;
  return *last - *first + 1;
}

/// Of what stands between brackets.
std::optional<std::int64_t> size_of_set(std::string_view members) {
  std::int64_t sum = 0;
  for (;;) {
    const auto comma = members.find(',');
    const auto size = size_of_member(members.substr(0, comma));
    if (!size) return std::nullopt;
    sum += *size;
    if (comma == std::string_view::npos) return sum;
    members.remove_prefix(comma + 1);
  }
}

/// How many characters the first one of `rest` stands for, which is taken from it with what belongs to it.
std::optional<std::int64_t> take_next(std::string_view& rest) {
  const char next = rest.front();
  rest.remove_prefix(1);
  switch (next) {
    case 'x':
      return 10;
    case 'z':
      return 9;
    case 'n':
      return 8;
    case '*':
    case '.':
      return std::nullopt;
    case '\\':
      rest.remove_prefix(std::min<std::size_t>(1, rest.size()));
      return 1;
    case '[': {
      const auto end = rest.find(']');
      if (end == std::string_view::npos) return std::nullopt;
      const auto size = size_of_set(rest.substr(0, end));
      rest.remove_prefix(end + 1);
      return size;
    }
    default:
      return 1;  // a digit, a letter, the sign of a number, or a parenthesis around a suffix
  }
}

}  // namespace

number_block number_block_of(std::string_view prefix) {
  constexpr number_block open{1, true};
  if (prefix.empty()) return open;
  std::int64_t numbers = 1;
  while (!prefix.empty()) {
    const auto size = take_next(prefix);
    if (!size || numbers > most_quantity / *size) return open;
    numbers *= *size;
  }
  return {numbers, false};
}

}  // namespace licaudit::factors

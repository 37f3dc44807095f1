#include "plugins/factors/number-range/number_ranges.hpp"

#include <algorithm>
#include <utility>

namespace licaudit::number_range {

namespace {

constexpr const char* forms = "expected '+442079460000', '+442079460000-0999' or '+442079460000-+442079460999'";

/// The last number of a block: written whole, or only its last digits.
std::variant<phone_number, std::string> parse_last(std::string_view text, std::string_view first) {
  std::string whole(text);
  if (!text.starts_with('+')) {
    if (text.empty() || text.size() >= first.size()) {
      return std::string("the part after '-' has more digits than the number before it");
    }
    whole = std::string(first.substr(0, first.size() - text.size())) + whole;
  }
  const auto last = parse_e164(whole);
  if (!last) return std::string(forms);
  return *last;
}

}  // namespace

std::variant<block, std::string> parse_block(std::string_view text) {
  const auto dash = text.find('-');
  const auto first_text = text.substr(0, dash);
  const auto first = parse_e164(first_text);
  if (!first) return std::string(forms);
  if (dash == std::string_view::npos) return block{first->length, first->digits, first->digits};
  if (dash + 1 == text.size()) return std::string(forms);
  const auto parsed = parse_last(text.substr(dash + 1), first_text);
  if (const auto* wrong = std::get_if<std::string>(&parsed)) return *wrong;
  const auto& last = std::get<phone_number>(parsed);
  if (last.length != first->length) return std::string("the two numbers differ in length");
  if (last.digits < first->digits) return std::string("the block ends before it begins");
  return block{first->length, first->digits, last.digits};
}

number_ranges::number_ranges(std::vector<block> blocks) {
  std::sort(blocks.begin(), blocks.end());
  for (const auto& next : blocks) {
    if (!blocks_.empty() && blocks_.back().length == next.length && next.first <= blocks_.back().last) {
      blocks_.back().last = std::max(blocks_.back().last, next.last);
    } else {
      blocks_.push_back(next);
    }
  }
}

bool number_ranges::contains(const phone_number& number) const {
  const block wanted{number.length, number.digits, number.digits};
  const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), wanted);
  if (after == blocks_.begin()) return false;
  const auto& candidate = *std::prev(after);
  return candidate.length == number.length && number.digits <= candidate.last;
}

}  // namespace licaudit::number_range

#include "factors/sign_pattern.hpp"

#include <bit>

namespace licaudit::factors {
namespace {

// What a value says is nothing that a processor could foresee, and a branch taken wrongly costs more than a test: so
// all of a few is looked at, and answers are added up.

bool is_at(const sign_pattern::alternative& one, const sign_text& text, std::size_t at) {
  auto all = 1U;
  for (const auto allowed : one.signs) all &= static_cast<unsigned>(allowed) >> text[at++];
  return (all & 1U) != 0;
}

bool is_anywhere(const sign_pattern::alternative& one, const sign_text& text) {
  const auto size = one.signs.size();
  if (size == 0) return true;
  if (std::has_single_bit(one.signs.front())) {
    const auto is_there = text.has(static_cast<sign>(std::countr_zero(one.signs.front())));
    if (size == 1 || !is_there) return is_there;
  }
  for (std::size_t at = 0; at + size <= text.size(); ++at) {
    if (is_at(one, text, at)) return true;
  }
  return false;
}

bool matches(const sign_pattern::alternative& one, const sign_text& text) {
  const auto size = one.signs.size();
  if (size > text.size()) return false;
  if (!one.at_front && !one.at_back) return is_anywhere(one, text);
  if (one.at_front && one.at_back && size != text.size()) return false;
  return is_at(one, text, one.at_front ? 0 : text.size() - size);
}

}  // namespace

bool sign_pattern::matches(const sign_text& text) const {
  auto any = false;
  for (const auto& one : any_of_) any |= factors::matches(one, text);
  return any;
}

}  // namespace licaudit::factors

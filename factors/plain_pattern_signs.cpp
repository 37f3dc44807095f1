// Plain patterns put to packed texts.
#include "factors/plain_pattern.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

/// Characters that are signs by themselves, and those that also stand inside one of several.
constexpr std::string_view single_signs = "0123456789-.", inside_signs = "tel:+;x=";

bool is_single(char c) {
  return single_signs.find(c) != std::string_view::npos;
}

}  // namespace

/// By place: which characters of signs may stand there.
std::vector<std::string> plain_pattern::alternative::sign_characters() const {
  std::vector<std::string> all(size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const auto some : {single_signs, inside_signs}) {
      std::copy_if(some.begin(), some.end(), std::back_inserter(all[i]),
                   [&](char c) { return classes.empty() ? text[i] == c : classes[i][static_cast<unsigned char>(c)]; });
    }
  }
  return all;
}

/// None if nothing says where a sign begins.
std::optional<std::vector<sign_set>> plain_pattern::alternative::signs(
    const std::vector<std::string>& characters) const {
  std::vector<sign_set> sets;
  for (auto at = characters.begin(); at != characters.end();) {
    // Where only one may stand, they spell signs out.
    std::string run;
    for (; at != characters.end() && at->size() == 1; ++at) run += *at;
    const auto spelt = signs_in(run);
    if (!spelt) return std::nullopt;
    std::transform(spelt->begin(), spelt->end(), std::back_inserter(sets), only);
    if (at == characters.end()) break;
    if (!std::all_of(at->begin(), at->end(), is_single)) return std::nullopt;
    sets.push_back(0);
    for (const char c : *at++) sets.back() |= only(signs_in({&c, 1})->front());
  }
  // A plus that need not begin the text may be that of `tel:+`.
  if (front != edge::fixed && !characters.empty() && characters.front() == "+")
    sets.front() |= only(signs_in("tel:+")->front());
  return sets;
}

std::optional<sign_pattern> plain_pattern::in_signs() const {
  std::vector<sign_pattern::alternative> found;
  for (const auto& one : any_of_) {
    const auto characters = one.sign_characters();
    const bool is_foreign =
        std::any_of(characters.begin(), characters.end(), [](const auto& all) { return all.empty(); });
    if (is_foreign) continue;  // no packed text has it
    auto sets = one.signs(characters);
    if (!sets) return std::nullopt;
    found.push_back({std::move(*sets), one.front == edge::fixed, one.back == edge::fixed});
  }
  return sign_pattern(std::move(found));
}

}  // namespace licaudit::factors

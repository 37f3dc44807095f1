#include "cli/rendering/factor_headings.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace licaudit::cli::rendering {

namespace {

/// Abbreviations of UMP that initials do not give.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> of_the_trade = {
    std::pair{std::string_view("lifecycle-management"), std::string_view("LCM")},
    std::pair{std::string_view("service-numbers"), std::string_view("SVC")}};

std::string initials(std::string_view factor) {
  for (const auto& [id, short_form] : of_the_trade) {
    if (factor == id) return std::string(short_form);
  }
  std::string letters;
  bool begins = true;
  for (const char c : factor) {
    const bool divides = c == '-' || c == '_' || c == '.';
    if (begins && !divides) letters += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    begins = divides;
  }
  // One letter tells too little; one word stays a word.
  return letters.size() < 2 ? std::string(factor) : letters;
}

}  // namespace

std::vector<std::string> factor_headings(const std::vector<std::string>& factors) {
  std::vector<std::string> headings;
  std::ranges::transform(factors, std::back_inserter(headings), initials);
  const auto once = headings;
  for (std::size_t i = 0; i < headings.size(); ++i) {
    if (std::ranges::count(once, once[i]) > 1) headings[i] = factors[i];
  }
  return headings;
}

}  // namespace licaudit::cli::rendering

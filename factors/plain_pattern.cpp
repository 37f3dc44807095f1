#include "factors/plain_pattern.hpp"

#include <algorithm>
#include <cstring>

namespace licaudit::factors {
namespace {

/// An object, so that algorithms inline it.
constexpr auto is_line_end = [](char c) { return c == '\n' || c == '\r' || c == '\f'; };

/// Never false if there is one. Eight bytes at a time: whether any is below a space, as nearly none is.
bool may_have_line_end(std::string_view text) {
  constexpr std::uint64_t ones = UINT64_MAX / 0xFF, spaces = ' ' * ones, high_bits = 0x80 * ones;
  std::uint64_t below = 0;
  for (; text.size() >= sizeof below; text.remove_prefix(sizeof below)) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data(), sizeof eight);
    below |= (eight - spaces) & ~eight;
  }
  return (below & high_bits) != 0 || std::any_of(text.begin(), text.end(), is_line_end);
}

}  // namespace

/// A letter, so that what is recognised is exact about case in its place.
std::string plain_pattern::mark(std::size_t number) {
  return {mark_sign, static_cast<char>('a' + number)};
}

plain_pattern plain_pattern::filled(const std::vector<std::string_view>& values) const {
  plain_pattern made;
  fill(values, made);
  return made;
}

void plain_pattern::fill(const std::vector<std::string_view>& values, plain_pattern& into) const {
  into.any_of_.resize(any_of_.size());
  std::size_t kept = 0;
  for (const auto& one : any_of_) {
    auto& copy = into.any_of_[kept];
    copy = one;
    bool blank = false;
    copy.fill(values, blank);
    if (!blank) ++kept;
  }
  into.any_of_.resize(kept);
}

void plain_pattern::alternative::fill(const std::vector<std::string_view>& values, bool& blank) {
  for (auto at = text.find(mark_sign); at != std::string::npos; at = text.find(mark_sign, at)) {
    const auto value = values[static_cast<std::size_t>(text[at + 1] - 'a')];
    text.replace(at, 2, value);
    const auto begin = text.begin() + static_cast<std::ptrdiff_t>(at);
    if (fold) std::transform(begin, begin + static_cast<std::ptrdiff_t>(value.size()), begin, lower);
    blank |= value.empty();
    at += value.size();
  }
  drop_anchor();
}

bool plain_pattern::matches(std::string_view text) const {
  return std::any_of(any_of_.begin(), any_of_.end(), [&](const alternative& one) { return one.matches(text); });
}

inline bool plain_pattern::alternative::is_at(std::string_view whole, std::size_t at) const {
  const auto* const from = whole.data() + at;
  // Most texts differ there.
  if (anchor != std::string::npos && from[anchor] != text[anchor]) return false;
  if (!classes.empty()) {
    return std::equal(classes.begin(), classes.end(), from,
                      [](const byte_set& one, char c) { return one[static_cast<unsigned char>(c)]; });
  }
  if (!fold) return std::string_view(from, text.size()) == text;
  return std::equal(text.begin(), text.end(), from, [](char one, char c) { return one == lower(c); });
}

/// The first place from `first` to `last` where it is, or npos.
std::size_t plain_pattern::alternative::find(std::string_view whole, std::size_t first, std::size_t last) const {
  for (auto at = first; at <= last; ++at) {
    if (anchor != std::string::npos) {
      // Most places fail at one byte, which the C library finds many at a time.
      const auto* const found = std::memchr(whole.data() + at + anchor, text[anchor], last - at + 1);
      if (found == nullptr) break;
      at = static_cast<std::size_t>(static_cast<const char*>(found) - whole.data()) - anchor;
    }
    if (is_at(whole, at)) return at;
  }
  return std::string_view::npos;
}

/// A byte of the text that has no other case; of those a late one, as texts of one sort begin alike.
void plain_pattern::alternative::drop_anchor() {
  anchor = text.find_last_not_of(fold ? "abcdefghijklmnopqrstuvwxyz" : "");
}

bool plain_pattern::alternative::matches(std::string_view whole) const {
  if (size() > whole.size()) return false;
  auto last = front == edge::fixed ? 0 : whole.size() - size();
  auto first = back == edge::fixed ? whole.size() - size() : 0;
  if (first > last) return false;
  if (first == last) {
    if (!is_at(whole, first)) return false;
  } else {
    first = find(whole, first, last);
    if (first == std::string_view::npos) return false;
  }
  const bool has_gap = front == edge::gap || back == edge::gap;
  // It is somewhere; only now do line ends matter.
  if (!has_gap || !may_have_line_end(whole)) return true;
  return matches_in_line(whole, first, last);
}

bool plain_pattern::alternative::matches_in_line(std::string_view whole, std::size_t first, std::size_t last) const {
  if (front == edge::gap) {
    const auto line_end = std::find_if(whole.begin(), whole.end(), is_line_end);
    last = std::min(last, static_cast<std::size_t>(line_end - whole.begin()));
  }
  if (back == edge::gap) {
    const auto line_end = std::find_if(whole.rbegin(), whole.rend(), is_line_end);
    const auto upto = static_cast<std::size_t>(whole.rend() - line_end);
    // What stands behind the text holds no line end, so the text reaches to the last one at least.
    if (upto > size()) first = std::max(first, upto - size());
  }
  return first <= last && find(whole, first, last) != std::string_view::npos;
}

}  // namespace licaudit::factors

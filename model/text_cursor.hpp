#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace licaudit {

/// Reads a short text from left to right; what does not fit is left where it is.
class text_cursor {
 public:
  explicit text_cursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }

  bool skip(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool skip_any(std::string_view wanted) {
    if (rest_.empty() || wanted.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// As many characters as the predicate holds for.
  template <class Predicate>
  std::string_view take_while(Predicate holds) {
    std::size_t length = 0;
    while (length < rest_.size() && holds(rest_[length])) ++length;
    const auto taken = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return taken;
  }

  std::string_view take_digits() { return take_while(is_digit); }

  /// A number of exactly so many digits (at most 9) that no further digit follows.
  std::optional<int> take_number(std::size_t digits) {
    const std::string_view before = rest_;
    const std::string_view taken = take_digits();
    if (taken.size() != digits) {
      rest_ = before;
      return std::nullopt;
    }
    int value = 0;
    for (const char c : taken) value = value * 10 + (c - '0');
    return value;
  }

  [[nodiscard]] static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  [[nodiscard]] static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

 private:
  std::string_view rest_;
};

}  // namespace licaudit

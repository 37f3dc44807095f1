#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace licaudit {

/// A name of which each is there once and stays where it is until the process ends: a copy is a pointer, and two are
/// equal if they are the same. For names that rules and ledger keep for good, too, and that thousands of values repeat:
/// licences and factors. To make one of a text is a look-up; what is asked often keeps the name and not the text. Any
/// thread.
class interned_text {
 public:
  interned_text() : text_(&nothing) {}
  interned_text(const std::string& text) : text_(kept(text)) {}          // NOLINT(google-explicit-constructor)
  interned_text(const char* text) : interned_text(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  explicit interned_text(std::string_view text) : interned_text(std::string(text)) {}

  operator const std::string&() const { return *text_; }  // NOLINT(google-explicit-constructor)
  operator std::string_view() const { return *text_; }    // NOLINT(google-explicit-constructor)
  [[nodiscard]] const std::string& text() const { return *text_; }
  [[nodiscard]] bool empty() const { return text_->empty(); }

  bool operator==(const interned_text&) const = default;
  /// By the letters.
  std::strong_ordering operator<=>(const interned_text& other) const { return *text_ <=> *other.text_; }

 private:
  friend std::size_t hash_value(const interned_text& name) noexcept {  // that Boost's containers ask
    return std::hash<const std::string*>()(name.text_);
  }
  static const std::string nothing;
  static const std::string* kept(const std::string& text);

  const std::string* text_;
};

/// What a name may be compared with and joined to.
template <class Text>
concept other_text = std::convertible_to<const Text&, std::string_view> && !std::same_as<Text, interned_text>;

bool operator==(const interned_text& a, const other_text auto& b) {
  return std::string_view(a.text()) == std::string_view(b);
}
std::strong_ordering operator<=>(const interned_text& a, const other_text auto& b) {
  return std::string_view(a.text()) <=> std::string_view(b);
}
std::string operator+(const interned_text& a, const other_text auto& b) {
  return a.text() + std::string(b);
}
std::string operator+(const other_text auto& a, const interned_text& b) {
  return std::string(a) + b.text();
}

}  // namespace licaudit

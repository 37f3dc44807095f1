#pragma once

#include "factors/sign_pattern.hpp"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// A regex that needs no engine: alternatives of "contains", "starts with", "ends with" and "is", of a text with or
/// without regard to ASCII case, or of one class of bytes after another (`^\+4420794600\d\d$`). Nearly all patterns of
/// nearly all tenants are such (`^.*(?i)sbc1\.example\.com.*$`); compiled, each would cost 1.6 kB and a match forty
/// times the time. Answers exactly as Boost.Regex with `no_mod_m` and `no_mod_s` does, newlines included: a dot matches
/// none of LF, CR and FF. Nothing in it repeats without a bound, so Boost.Regex would not give up on it either.
class plain_pattern {
 public:
  [[nodiscard]] static std::optional<plain_pattern> recognise(std::string_view regex);

  /// Stands in a regex for the value of this number, literally; the regex must not hold `mark_sign` otherwise.
  static constexpr char mark_sign = '\x01';
  static constexpr std::size_t most_marks = 26;
  [[nodiscard]] static std::string mark(std::size_t number);
  /// With values for the marks: what `recognise` makes of the regex with the values inserted literally. An alternative
  /// with an empty value matches nothing.
  [[nodiscard]] plain_pattern filled(const std::vector<std::string_view>& values) const;
  /// The same into one that was filled before, whose memory serves again.
  void fill(const std::vector<std::string_view>& values, plain_pattern& into) const;

  [[nodiscard]] bool matches(std::string_view text) const;

  /// The same for packed texts; none if it has to see them unpacked.
  [[nodiscard]] std::optional<sign_pattern> in_signs() const;

 private:
  [[nodiscard]] static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

  enum class edge : std::uint8_t {
    open,   ///< anything may stand on that side
    fixed,  ///< nothing: ^ or $ alone
    gap     ///< anything but a line end: ^.* or .*$
  };
  using byte_set = std::bitset<256>;
  struct alternative {
    std::string text;  ///< in lower case if `fold`
    edge front, back;
    bool fold;
    std::vector<byte_set> classes;  ///< one for each byte, instead of `text`; or none
    std::size_t anchor;             ///< of the byte of `text` that is looked for first; npos: there is none

    [[nodiscard]] bool matches(std::string_view whole) const;
    /// It has a gap, and the text a line end.
    [[nodiscard]] bool matches_in_line(std::string_view whole, std::size_t first, std::size_t last) const;
    [[nodiscard]] std::size_t find(std::string_view whole, std::size_t first, std::size_t last) const;
    [[nodiscard]] bool is_at(std::string_view whole, std::size_t at) const;
    [[nodiscard]] std::size_t size() const { return classes.empty() ? text.size() : classes.size(); }
    void fill(const std::vector<std::string_view>& values, bool& blank);
    [[nodiscard]] std::vector<std::string> sign_characters() const;
    [[nodiscard]] std::optional<std::vector<sign_set>> signs(const std::vector<std::string>& characters) const;
    void drop_anchor();
  };
  class reader;

  std::vector<alternative> any_of_;  ///< none: matches nothing
};

}  // namespace licaudit::factors

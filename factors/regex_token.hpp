#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// A piece of a regex in Boost's Perl syntax, as far as we have to understand one without running it: to recognise
/// plain patterns, and to know where a placeholder stands. Nothing is checked here; Boost.Regex does that.
struct regex_token {
  enum class kind : std::uint8_t {
    character,  ///< stands for itself; an escaped one too, its last byte is the character
    any,        ///< .
    begin,      ///< ^
    end,        ///< $
    bar,        ///< |
    open,       ///< ( with what makes it special: `(`, `(?:`, `(?i:`, `(?!`, `(?<name>`; `(?` for a condition
    close,      ///< )
    repeat,     ///< * + ? {2,3}, with a trailing ? or +
    options,    ///< (?i), (?-i)
    steering,   ///< recursion and verbs, which make the rest of the pattern run out of order: (?R), (?1), (*COMMIT)
    other       ///< a character class, an escape with a meaning, a comment
  } what;
  std::string_view text;
  std::size_t at;
};

/// The tokens refer to `regex`.
[[nodiscard]] std::vector<regex_token> regex_tokens(std::string_view regex);

/// False if no text at all can match because an atom that matches nothing, `(?!)`, stands in every alternative.
[[nodiscard]] bool can_match(std::string_view regex);

}  // namespace licaudit::factors

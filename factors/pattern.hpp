#pragma once

#include "factors/plain_pattern.hpp"
#include "factors/value_test.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

namespace licaudit::factors {

/// A longer text is not given to a pattern: the time that Boost.Regex needs to give up grows with its square (1 to 9 ms
/// at 256 bytes, 1.3 s at 16 KiB).
inline constexpr std::size_t longest_text = 256;

/// A regex as a test: Boost.Regex, Perl syntax, `no_mod_m` and `no_mod_s`, search, bytes, C locale (domain.md 3); a
/// plain one without an engine, with the same answers. errc::malformed says what and where: `unmatched ( at position
/// 3`.
[[nodiscard]] result<std::shared_ptr<const value_test>> make_pattern(std::string_view regex);

/// The test of a plain pattern.
[[nodiscard]] std::shared_ptr<const value_test> make_plain_test(plain_pattern pattern);

/// The same by the engine in any case.
[[nodiscard]] result<std::shared_ptr<const value_test>> make_engine_pattern(std::string_view regex);

/// Whether `make_pattern` needs the engine for it, so that keeping the compiled form costs memory.
[[nodiscard]] bool needs_engine(std::string_view regex);

}  // namespace licaudit::factors

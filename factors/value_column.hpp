#pragma once

#include "factors/number_index.hpp"
#include "factors/packed_numbers.hpp"
#include "factors/packed_text.hpp"
#include "factors/value_test.hpp"
#include "model/subject_view.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// A verdict on one value of a field, as it is remembered. `given_up` is a failure that cost time.
enum class answer : std::uint8_t { unknown, no, yes, too_long, given_up };

/// The value of a field as one text: a single text as it is, a list with the lengths of its texts, nothing as "". It
/// may stand in `room`, and refers to what it was made of otherwise.
[[nodiscard]] std::string_view value_text(const field_value& value, std::string& room);
/// The same of the texts of one field.
[[nodiscard]] std::string_view value_text(std::span<const field_text> texts, std::string& room);
/// The same of one text, of which nothing is left away.
[[nodiscard]] std::string_view value_text(std::string_view text, std::string& room);

/// What a test of one text says of a value, which may be a list: whether any text of it passes; where none does and one
/// could not be tested, that.
template <class Test>
[[nodiscard]] answer ask_each(std::string_view value, const Test& test);

[[nodiscard]] answer ask(const value_test& test, std::string_view value);

/// The distinct values of one field of all subjects, each with a number that stays while somebody uses it. A value
/// costs its bytes, as `packed` makes them, and about 11 more.
class value_column {
 public:
  /// Its number; to be given back once for each time.
  [[nodiscard]] std::uint32_t take(std::string_view value);
  /// True if nobody uses it any more: its number may be given to another value.
  bool give_back(std::uint32_t number);

  /// Numbers are below it.
  [[nodiscard]] std::size_t size() const { return begins_.size(); }
  /// May stand in `room`; until the next `take` or `give_back`.
  [[nodiscard]] std::string_view value(std::uint32_t number, std::string& room) const {
    return unpacked(kept(number), room);
  }
  /// The same as it is packed; none if it is not.
  [[nodiscard]] std::optional<sign_text> signs(std::uint32_t number) const { return sign_text::of(kept(number)); }
  [[nodiscard]] bool is(std::uint32_t number, std::string_view value) { return kept(number) == packed(value, room_); }
  /// The value is about to be read.
  void fetch(std::uint32_t number) const { __builtin_prefetch(bytes_.data() + begins_[number]); }

 private:
  /// As it was packed.
  [[nodiscard]] std::string_view kept(std::uint32_t number) const { return kept_at(bytes_.data() + begins_[number]); }
  [[nodiscard]] static std::string_view kept_at(const char* place) {
    if (const auto size = static_cast<unsigned char>(*place); size < long_size) return {place + 1, size};
    std::uint32_t size = 0;
    std::memcpy(&size, place + 1, sizeof size);
    return {place + 1 + sizeof size, size};
  }
  void keep(std::string_view packed);
  [[nodiscard]] static std::size_t room_for(std::size_t size) {
    return 1 + (size < long_size ? 0 : sizeof(std::uint32_t)) + size;
  }
  void compact();

  static constexpr unsigned char long_size = 0xFF;  ///< its size stands in the four bytes behind

  std::string bytes_;              ///< each value with its size before it
  packed_numbers begins_, users_;  ///< by number
  number_index numbers_;           ///< of those that somebody uses
  std::vector<std::uint32_t> free_;
  std::size_t wasted_ = 0;  ///< bytes of values that nobody uses
  std::string room_;
};

/// No text begins with it, except one that is written as a list for that reason.
inline constexpr char list_mark = '\0';

/// The next text of a list that `value_text` has written, and what follows it.
[[nodiscard]] std::string_view next_of_list(std::string_view& rest);

template <class Test>
answer ask_each(std::string_view value, const Test& test) {
  if (!value.starts_with(list_mark)) return test(value);
  auto found = answer::no;
  for (auto rest = value.substr(1); !rest.empty();) {
    const auto one = test(next_of_list(rest));
    if (one == answer::yes) return one;
    found = std::max(found, one);
  }
  return found;
}

}  // namespace licaudit::factors

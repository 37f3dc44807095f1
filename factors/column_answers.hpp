#pragma once

#include "factors/compiled.hpp"
#include "factors/packed_numbers.hpp"
#include "factors/value_column.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::factors {

/// What the tests that are the same for all tenants say of the values of one column, remembered by their numbers.
/// Values of which all tests say the same have one profile: a value costs a byte, however many tests there are.
class column_answers {
 public:
  column_answers(subject_kind kind, std::uint32_t column) : kind_(kind), column_(column) {}

  [[nodiscard]] subject_kind kind() const { return kind_; }
  [[nodiscard]] std::uint32_t column() const { return column_; }
  /// Its place among the tests of the column.
  std::uint32_t add(const shared_test& test);

  /// Before values below it are asked for.
  void reach(std::size_t values);
  /// 0: nothing is known of it.
  [[nodiscard]] std::uint32_t profile_of(std::uint32_t value) const {
    return static_cast<std::uint32_t>(profile_of_[value]);
  }
  [[nodiscard]] answer said(std::uint32_t profile, std::uint32_t place) const { return profiles_[profile][place]; }
  /// With answers of the tests at these places, which are asked as far as they are not known.
  [[nodiscard]] std::uint32_t ask(std::uint32_t value, const std::vector<std::uint32_t>& places,
                                  const value_column& texts);

  /// Distinct values that a test gave up on.
  [[nodiscard]] std::size_t given_up(std::uint32_t place) const { return given_up_[place]; }

  /// Takes over the answers of tests that the other has too.
  void learn_from(const column_answers& other);
  void forget(std::uint32_t value);

 private:
  using profile_answers = std::vector<answer>;  ///< by place
  struct column_test {
    const shared_test* of;
    std::optional<sign_pattern> in_signs;  ///< of a plain regex
  };
  /// A value while it is asked: unpacked only for a test that needs it.
  class asked_text;

  static constexpr std::uint32_t answers = 5, places_at_once = 3, all_news = answers * answers * answers;
  /// Answers of neighbouring places as one number, so that a profile and they lead to the next by one look-up.
  struct news {
    std::uint32_t part = 0;  ///< of the places
    std::uint32_t said = 0;  ///< by place in it, to the base of the answers

    void add(std::uint32_t place, answer now) {
      constexpr std::array<std::uint32_t, places_at_once> worth{1, answers, answers * answers};
      said += worth[place % places_at_once] * static_cast<std::uint32_t>(now);
    }
  };
  [[nodiscard]] std::uint32_t with(std::uint32_t before, const news& of);
  [[nodiscard]] std::uint32_t number_of(const profile_answers& one);

  subject_kind kind_;
  std::uint32_t column_;
  std::vector<column_test> tests_;     ///< by place
  std::vector<std::size_t> given_up_;  ///< by place
  packed_numbers profile_of_;          ///< by value
  std::vector<profile_answers> profiles_;
  // What `with` has found.
  std::vector<std::uint32_t> rows_;  ///< by profile and part: where its row begins, or no_index
  std::vector<std::uint32_t> next_;  ///< by news in a row
  std::string room_;
};

}  // namespace licaudit::factors

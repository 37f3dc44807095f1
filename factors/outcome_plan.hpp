#pragma once

#include "factors/compiled.hpp"
#include "factors/mask_table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace licaudit::factors {

/// What one list of criteria says of a subject.
enum list_answer : std::uint8_t { met = 1, failed = 2 };

/// What lists of the factors of one lane say together, a bit for each factor.
struct lane_outcome {
  std::array<std::uint32_t, list_kinds.size()> met{};
  std::uint32_t failed = 0;
  auto operator<=>(const lane_outcome&) const = default;

  /// domain.md 4.
  [[nodiscard]] mask verdict() const;
};

/// A list of criteria in force, and where its answer goes.
struct step {
  const planned_list* list;
  list_kind which;
  std::uint32_t lane;  ///< its place among the lanes of the kind
  std::uint32_t bit;
};

/// The outcome that follows an outcome once a group of lists has answered, by the numbers of both.
class transitions {
 public:
  [[nodiscard]] std::uint32_t find(std::uint32_t outcome, std::uint32_t answer) const {
    const auto at = std::size_t{outcome} * width_ + answer;
    return answer < width_ && at < next_.size() ? next_[at] : no_index;
  }
  void put(std::uint32_t outcome, std::uint32_t answer, std::uint32_t next);

 private:
  std::size_t width_ = 4;
  std::vector<std::uint32_t> next_;
};

/// The lists that are to be asked about a subject of one kind, in groups, and the outcomes that they lead to. Outcomes
/// are numbered, and so are the answers of a group: to follow a subject from group to group is one look-up each.
class outcome_plan {
 public:
  /// By lane of the kind.
  using outcome = std::vector<lane_outcome>;

  /// Lists that read one column, and the answers are those of its `column_answers`, or the tenant's own; or lists that
  /// read several each.
  struct group {
    std::uint32_t column;              ///< or no_index
    std::uint32_t shared;              ///< which `column_answers`, or no_index
    std::vector<step> steps;           //
    std::vector<std::uint32_t> tests;  ///< places of those that are asked, in `column_answers`
    transitions after;
    std::vector<std::vector<std::uint8_t>> answers;  ///< `list_answer` by step, unless `column_answers` number them
    std::vector<std::uint8_t> now;                   ///< the same of one subject, while it is asked

    /// Of `now`.
    [[nodiscard]] std::uint32_t answer_number();
  };

  static constexpr std::uint32_t start = 0;

  /// Nothing to ask, to begin with.
  explicit outcome_plan(std::size_t lanes = 0) : outcomes_(1, outcome(lanes)) {}
  /// An empty list, which is met or not by that.
  void add_empty(const step& one);
  [[nodiscard]] group& group_of(std::uint32_t column, std::uint32_t shared);
  [[nodiscard]] std::vector<group>& groups() { return groups_; }

  /// After an outcome, once the group has answered as `now` says.
  [[nodiscard]] std::uint32_t follow(std::uint32_t before, group& by, std::uint32_t answer);
  [[nodiscard]] const outcome& at(std::uint32_t number) const { return outcomes_[number]; }
  [[nodiscard]] std::size_t size() const { return outcomes_.size(); }

 private:
  std::vector<group> groups_;
  std::vector<outcome> outcomes_;
  std::map<outcome, std::uint32_t> numbers_;
};

}  // namespace licaudit::factors

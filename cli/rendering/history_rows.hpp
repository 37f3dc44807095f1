#pragma once

#include "cli/rendering/wall_clock.hpp"
#include "model/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::cli::rendering {

/// What one calculation (or day, or month) says of one licence. Points into the answer it was read from.
struct history_row {
  std::string_view at, bucket, state, cause;
  std::optional<std::int64_t> acquired, licensed, available, peak;
  std::string_view peak_at;
  const json::array* factors = nullptr;

  [[nodiscard]] const json::value* find(std::string_view factor) const;
};

struct licence_history {
  std::string licence;
  std::string_view by;               ///< `calculation`, `change`, `day`, `month`
  std::vector<std::string> factors;  ///< in the order of their first appearance
  std::vector<history_row> rows;

  [[nodiscard]] bool bucketed() const { return by == "day" || by == "month"; }
};

/// The answer turned from calculations with licences into licences with calculations, first of all what was in force
/// when the range began. By `change`, a row in which only another licence changed is left out.
[[nodiscard]] std::vector<licence_history> licence_histories(const json::object& history);

/// The first column of each row: `Thu  1 Oct 00:00`; with the year where the rows are of several years, seconds where
/// two rows share a minute, and the zone's abbreviation where a row shows an earlier time than the one before it. A day
/// or month by name where the history is bucketed.
[[nodiscard]] std::vector<std::string> row_times(const licence_history& of, const wall_clock& clock);

}  // namespace licaudit::cli::rendering

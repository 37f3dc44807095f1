#pragma once

#include "daemon/api/history_buckets.hpp"
#include "daemon/audit/view.hpp"
#include "daemon/ledger/reader.hpp"
#include "model/date_range.hpp"

#include <optional>
#include <string>
#include <vector>

namespace licaudit::api {

/// The answer of `history`: calculations, or buckets, of one page.
struct history_answer {
  std::string tenant;
  std::string by;
  date_range range{};
  time_zone zone{};
  std::optional<ledger::history_entry> before{};  ///< in force when the range begins
  std::vector<ledger::history_entry> entries{};   ///< by calculation and change
  std::vector<history_bucket> buckets{};          ///< by day and month
  std::string next{};                             ///< empty: this was the last page
};

[[nodiscard]] std::string history_page(const history_answer& all, const factors::rules* titles);

}  // namespace licaudit::api

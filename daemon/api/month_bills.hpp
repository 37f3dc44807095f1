#pragma once

#include "billing/month_book.hpp"
#include "daemon/ledger/observed_range.hpp"
#include "model/bill_papers.hpp"
#include "model/factor_set.hpp"
#include "model/time_zone.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::api {

/// Where three intervals of calculations passed without a sign, nobody observed anything.
inline constexpr int intervals_of_silence = 3;

struct bill_question {
  std::string tenant;  ///< with all under it
  std::chrono::year_month month{};
  instant now{};
  std::chrono::milliseconds longest_silence{};
  bool closing = false;  ///< also what has to be known before they are closed
};

/// The bill of one tenant: counted anew, or as it was closed.
struct bill_sheet {
  std::string tenant;
  std::optional<billing::tenant_bill> counted{};  ///< one of these two
  std::optional<closed_bill> closed{};
  std::vector<std::string> parents{};  ///< under whom it ever stood; not known where all was closed
};

/// The state of the ledger that bills rest on.
struct bill_witness {
  std::string ledger;  ///< empty: the one that is asked
  std::int64_t epoch = 0;
  std::int64_t sequence = 0;  ///< of the last calculation
  std::string chain_head;
};

/// The bills of a tenant and of all that stood under it in a month.
struct month_bills {
  std::chrono::year_month month{};
  std::vector<bill_sheet> sheets;                    ///< the one that was asked for first, the others by id
  std::map<std::int64_t, calculation_cause> causes;  ///< of calculations that made a value
  factor_set rules;                                  ///< in force as the month ended
  bill_witness witness;
  bill_papers papers;  ///< without the closed bills, which are sheets
  /// If they are to be closed: the month of the first calculation of each whose bill of the month before is not.
  std::map<std::string, std::chrono::year_month, std::less<>> first_month;

  [[nodiscard]] const bill_sheet* find(std::string_view tenant) const;
};

/// Whose month it is; UTC where none is known by that name any more.
[[nodiscard]] time_zone zone_of(const billing::tenant_bill& bill);
[[nodiscard]] time_zone zone_of(const observed_tenant& seen);

/// yyyymm, as the ledger's rows have it.
[[nodiscard]] std::int64_t month_number(std::chrono::year_month month);

/// What the ledger is asked for: the month in every time zone of the world.
[[nodiscard]] ledger::range_question range_of(const bill_question& question);

[[nodiscard]] month_bills bills_of(const ledger::observed_range& observed, const bill_question& question);

}  // namespace licaudit::api

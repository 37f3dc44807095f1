#pragma once

#include "daemon/api/month_bills.hpp"
#include "daemon/audit/office.hpp"
#include "model/result.hpp"

#include <string>

namespace licaudit::api {

// What a person may decide about the bills of a month, and the sentence that says why not. Pure: nothing is changed.

/// Closes the first sheet with all under it; `whole`: what is closed already may stay so. errc::refused: a month still
/// runs, or the one before is open; errc::conflict: it is closed.
[[nodiscard]] result<audit::bill_decision> closing_of(const month_bills& all, const bill_witness& witness, bool whole);

/// What would be accepted: the whole time that a held value stood within the month.
struct held_found {
  audit::bill_decision decision;
  billing::held_stretch stretch;
};
/// errc::conflict: nothing is held there, or the bill is closed or corrected.
[[nodiscard]] result<held_found> acceptance_of(const month_bills& all, const std::string& tenant,
                                               const std::string& licence, instant at);

/// `all` holds the whole tree, so that it is known in whose sums the difference shows. errc::refused: the month still
/// runs, or nothing would change.
[[nodiscard]] result<audit::bill_decision> correction_of(const month_bills& all, const std::string& tenant,
                                                         const std::string& licence, std::int64_t quantity,
                                                         const std::string& reason);

}  // namespace licaudit::api

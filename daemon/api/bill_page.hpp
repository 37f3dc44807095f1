#pragma once

#include "daemon/api/month_bills.hpp"
#include "daemon/audit/view.hpp"

#include <cstddef>
#include <string>

namespace licaudit::api {

/// `open` while the month runs, then `ready`.
[[nodiscard]] const char* state_of(const billing::tenant_bill& bill);

/// What a licence is called in the rules of the month; its id where they do not know it.
[[nodiscard]] std::string title_of(const month_bills& all, const std::string& licence);

/// Of the calculation that made the billed value; null: there is none, or it is not known any more.
[[nodiscard]] const calculation_cause* cause_of(const month_bills& all, const billing::bill_line& line);

/// The answer of `bills`: tenants from `first` on, at most `limit`.
[[nodiscard]] std::string bill_page(const month_bills& all, const audit::view& seen, std::size_t first,
                                    std::size_t limit);

}  // namespace licaudit::api

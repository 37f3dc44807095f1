#pragma once

#include "daemon/api/month_bills.hpp"
#include "daemon/audit/view.hpp"

#include <cstddef>
#include <string>

namespace licaudit::api {

/// What bills rest on that are shown now: closed ones as they were closed.
[[nodiscard]] bill_witness witness_of(const month_bills& all, const audit::view& seen);

/// The answer of `bills`: tenants from `first` on, at most `limit`.
[[nodiscard]] std::string bill_page(const month_bills& all, const audit::view& seen, std::size_t first,
                                    std::size_t limit);

}  // namespace licaudit::api

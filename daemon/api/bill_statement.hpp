#pragma once

#include "daemon/api/month_bills.hpp"
#include "daemon/audit/view.hpp"

#include <string>

namespace licaudit::api {

/// The bill of the first tenant as an HTML page of its own, made to be printed. It carries the number and the hash of
/// the ledger's entry that it rests on, so that whoever holds it holds a witness.
[[nodiscard]] std::string bill_statement(const month_bills& all, const audit::view& seen);

}  // namespace licaudit::api

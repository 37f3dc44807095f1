#pragma once

#include "cli/invoice_file.hpp"
#include "model/json.hpp"

#include <vector>

namespace licaudit::cli {

/// What an invoice and the bills (an answer of `bills`) say differently, by contract number and licence: each
/// `{"contract","licence","tenants","billed","invoiced","difference"}`, where null is what one of them does not have.
/// Lines of one contract and licence are summed on either side. Sums of tenants are not compared: what is under them
/// is, unless they have a contract number and nothing under them has one.
[[nodiscard]] json::array invoice_differences(const json::object& bills, const std::vector<invoice_line>& invoice);

}  // namespace licaudit::cli

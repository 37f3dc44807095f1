#pragma once

#include "cli/rendering/listing.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace licaudit::cli::rendering {

// The lists of the API. Column names are a contract with scripts: add at the end, never rename.

[[nodiscard]] listing tenant_list();
[[nodiscard]] listing one_tenant();
/// The columns that a report of tenants was asked for, by their names.
[[nodiscard]] listing tenant_report(const std::vector<std::string>& columns);
[[nodiscard]] listing source_list();
[[nodiscard]] listing run_list();
[[nodiscard]] listing finding_list();
[[nodiscard]] listing acknowledgement_list();
[[nodiscard]] listing operation_list();
[[nodiscard]] listing subject_list();
[[nodiscard]] listing rule_list();
[[nodiscard]] listing status_list();
[[nodiscard]] listing tally_list();  ///< one row per factor of a licence page
[[nodiscard]] listing usage_list();  ///< one row per licence
[[nodiscard]] listing check_list();
[[nodiscard]] listing history_list();  ///< one row per calculation, licence and factor
[[nodiscard]] listing bill_list();     ///< one row per tenant, licence and part of the month
[[nodiscard]] listing closing_list();  ///< one row per tenant whose bill was closed
[[nodiscard]] listing bill_acceptance_list();
[[nodiscard]] listing correction_list();
[[nodiscard]] listing difference_list();  ///< one row per contract and licence that an invoice has otherwise
[[nodiscard]] listing counted_list();     ///< one row per time that somebody was counted
[[nodiscard]] listing plan_list();        ///< one row per factor that a plan or an Apply moves
[[nodiscard]] listing switch_list();
[[nodiscard]] listing refresh_list();
[[nodiscard]] listing acceptance_list();
[[nodiscard]] listing reload_list();
[[nodiscard]] listing verification_list();
[[nodiscard]] listing subject_change_list();

}  // namespace licaudit::cli::rendering

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace licaudit::access {

/// The rows of the rights table (domain.md 7). A route names exactly one.
enum class right : std::uint8_t {
  status,          ///< status, openapi
  read,            ///< counts of the subtree, no names of subjects
  subjects,        ///< which subjects, named by key unless `names` is granted too
  names,           ///< ids and fields of subjects, also where findings and operations mention them
  order,           ///< order licences, set limits
  switch_factors,  ///< switch factors, Apply
  attributes,      ///< rename, attributes, bulk import of subjects
  manage_tenants,  ///< create, enable, disable, move tenants
  set_partner,     ///< put a tenant under a partner
  delete_tenant,   ///< also needs the deletion secret
  operation_log,
  inspect,  ///< what only an operator reads: sources, runs, rules, verify, metrics
  operate   ///< what only an operator does: refresh, rules, accept, reload, backup
};

inline constexpr std::array all_rights{
    right::status,         right::read,       right::subjects,       right::names,       right::order,
    right::switch_factors, right::attributes, right::manage_tenants, right::set_partner, right::delete_tenant,
    right::operation_log,  right::inspect,    right::operate};

/// The words of a refusal: `switch factors`.
[[nodiscard]] std::string_view to_text(right value);

/// What a caller is at a tenant. An auditor reads what a provider reads, subjects by key, and changes nothing.
enum class role : std::uint8_t { provider, reseller, partner, customer, auditor };

[[nodiscard]] std::string_view to_text(role value);

}  // namespace licaudit::access

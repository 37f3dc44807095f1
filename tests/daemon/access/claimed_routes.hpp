#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace licaudit::test {

/// A request that claims a right: one that changes nothing even where it is granted, because its body makes no sense,
/// what it names does not exist, or it is a dry run.
struct claim {
  std::string_view route;                ///< as openapi.json names it: `get /v1/tenants/{t}`
  std::string_view target;               ///< `{t}` stands for the tenant
  std::string_view body;                 ///< likewise; empty: none
  std::vector<std::string_view> rights;  ///< all of them are needed
  std::string_view under_partner;        ///< a right that is needed as well where the tenant is a partner
};

/// Every route, and each key of a patch that has a right of its own.
[[nodiscard]] const std::vector<claim>& all_claims();

}  // namespace licaudit::test

#include "daemon/access/right.hpp"

namespace licaudit::access {

std::string_view to_text(right value) {
  switch (value) {
    case right::status:
      return "read the status";
    case right::read:
      return "read licences";
    case right::subjects:
      return "list subjects";
    case right::names:
      return "see the names of subjects";
    case right::order:
      return "order licences";
    case right::switch_factors:
      return "switch and apply factors";
    case right::attributes:
      return "change names, attributes and subjects";
    case right::manage_tenants:
      return "create, enable, disable and move tenants";
    case right::set_partner:
      return "put a tenant under a partner";
    case right::delete_tenant:
      return "delete tenants";
    case right::operation_log:
      return "read the operation log";
    case right::inspect:
      return "inspect sources, rules and the ledger";
    case right::operate:
      return "operate the daemon";
  }
  return "";
}

std::string_view to_text(role value) {
  switch (value) {
    case role::provider:
      return "provider";
    case role::reseller:
      return "reseller";
    case role::partner:
      return "partner";
    case role::customer:
      return "customer";
    case role::auditor:
      return "auditor";
  }
  return "";
}

}  // namespace licaudit::access

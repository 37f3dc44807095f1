#pragma once

#include "daemon/audit/office.hpp"
#include "daemon/audit/tenant_book.hpp"
#include "model/factor_set.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace licaudit::audit {

/// The lines of one cart against what is in force: what each would make of the tenant, and what is in its way.
class order_check {
 public:
  using changes = std::map<std::string, std::int64_t, std::less<>>;  ///< by licence

  order_check(const tenant_book& tenants, const tenant_slot& slot, const factor_set& rules, const changes& lines)
      : tenants_(tenants), slot_(slot), rules_(rules), lines_(lines) {}

  [[nodiscard]] std::vector<order_line> lines() const;

  /// What the lines rest on besides what is used: what is acquired now, the pools, the rules. In few words.
  [[nodiscard]] std::string basis(const std::string& revision) const;

 private:
  /// After the order.
  [[nodiscard]] std::int64_t then(std::string_view licence) const;
  [[nodiscard]] std::string objection(const order_line& line) const;
  [[nodiscard]] std::string of_tenant() const;
  [[nodiscard]] std::string of_quantity(const order_line& line) const;
  [[nodiscard]] std::string of_multiple(const licence& of, const order_line& line) const;
  /// What would be in the way if this much of the licence were to be acquired by the order.
  [[nodiscard]] std::string objection_to(const order_line& line, std::int64_t then) const;
  [[nodiscard]] std::string of_use(const licence& of, const order_line& line) const;
  [[nodiscard]] std::string of_needs(const licence& of, const order_line& line) const;

  const tenant_book& tenants_;
  const tenant_slot& slot_;
  const factor_set& rules_;
  const changes& lines_;
};

}  // namespace licaudit::audit

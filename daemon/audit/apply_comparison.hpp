#pragma once

#include "daemon/audit/desk.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::audit {

/// What tenants would count after an Apply, against what they count before it. Good as long as nothing changes.
class apply_comparison {
 public:
  /// `pending`: whose switches it makes effective; `then`: the rules that count after it.
  apply_comparison(const desk& all, const tenant_set& pending, factors::which_rules then);

  [[nodiscard]] tenant_move move_of(const tenant_slot& slot);

 private:
  /// A factor of the rules before or after, or of both; where its sums stand, none: not in these rules.
  struct compared_factor {
    interned_text factor;
    std::optional<std::size_t> before, after;
  };
  using factors_by_licence = std::map<interned_text, std::vector<compared_factor>>;
  static factors_by_licence compare(const factor_set& before, const factor_set& after);
  [[nodiscard]] licence_move move_of(const factors_by_licence::value_type& licence, bool disabled) const;

  const desk& all_;
  factors::which_rules then_;
  switch_positions before_, after_;
  factors_by_licence factors_;
  std::vector<factors::factor_sum> sums_before_, sums_after_;  ///< of the tenant that is compared
};

}  // namespace licaudit::audit

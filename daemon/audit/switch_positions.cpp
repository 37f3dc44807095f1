#include "daemon/audit/switch_positions.hpp"

namespace licaudit::audit {

const standing& switch_positions::of(const tenant_slot& slot) {
  const auto* decides = tenants_.nearest_with_switches(slot);
  if (const auto known = known_.find(decides); known != known_.end()) return known->second;
  return known_.emplace(decides, stand(decides)).first->second;
}

standing switch_positions::stand(const tenant_slot* decides) const {
  const auto is_on = [&](const licence& of, const factor& which) {
    return decides == nullptr || !which.switchable || tenants_.is_on(*decides, factor_key(of.id, which.id), applied_);
  };
  std::vector<bool> on;
  for (const auto& of : of_.set().licences)
    for (const auto& which : of.factors) on.push_back(is_on(of, which));
  return {factors::switch_board(of_, is_on), std::move(on)};
}

}  // namespace licaudit::audit

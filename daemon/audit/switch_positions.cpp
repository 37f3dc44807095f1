#include "daemon/audit/switch_positions.hpp"

namespace licaudit::audit {

factors::switch_position switch_positions::of(std::string_view tenant) {
  const auto* decides = tenants_.nearest_with_switches(tenant);
  if (decides == nullptr) return [](const licence&, const factor&) { return true; };
  auto& known = known_[decides];
  return [this, decides, &known](const licence& of, const factor& which) {
    return !which.switchable || is_on(*decides, known, of, which);
  };
}

bool switch_positions::is_on(const tenant_slot& decides, known_positions& known, const licence& of,
                             const factor& which) const {
  const auto [place, added] = known.try_emplace(&which, true);
  if (added) place->second = tenants_.is_on(decides.record.id, factor_key(of.id, which.id), applied_);
  return place->second;
}

}  // namespace licaudit::audit

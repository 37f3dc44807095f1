#include "daemon/audit/order_findings.hpp"

#include "daemon/audit/new_finding.hpp"
#include "daemon/audit/pool_tree.hpp"
#include "daemon/audit/view.hpp"

namespace licaudit::audit {

namespace {

finding of_overdrawn(const std::string& tenant, const pool_view& one) {
  const auto over = std::to_string(-one.stands.free());
  auto made = new_finding("pool-overdrawn", severity::warn, tenant,
                          "has " + std::to_string(one.stands.size) + " of " + one.licence + " to hand out, and " +
                              std::to_string(one.stands.handed_out) + " are handed out",
                          "order " + over + " more, or take " + over + " back from the tenants under it");
  made.licence = one.licence;
  made.count = -one.stands.free();
  return made;
}

}  // namespace

void add_order_findings(const tenant_slot& slot, const factor_set& rules, std::vector<finding>& all) {
  for (const auto& one : pools_of(slot, rules))
    if (one.stands.free() < 0) all.push_back(of_overdrawn(slot.id(), one));
  for (const auto& [licence, quantity] : slot.decided->ordered) {
    const auto said = slot.record->acquired.find(licence);
    if (said == slot.record->acquired.end() || said->second == quantity) continue;
    auto one = new_finding("acquired-differs", severity::warn, slot.id(),
                           "source " + slot.origin + " says " + std::to_string(said->second) + " of " + licence +
                               " are acquired, orders say " + std::to_string(quantity) + "; orders hold",
                           "correct `acquired` at the source, or order the difference");
    one.licence = licence;
    all.push_back(std::move(one));
  }
}

}  // namespace licaudit::audit

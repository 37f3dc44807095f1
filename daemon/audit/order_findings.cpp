#include "daemon/audit/order_findings.hpp"

#include "daemon/audit/new_finding.hpp"

namespace licaudit::audit {

void add_order_findings(const tenant_slot& slot, std::vector<finding>& all) {
  for (const auto& [licence, quantity] : slot.ordered) {
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

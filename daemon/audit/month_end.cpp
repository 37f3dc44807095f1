#include "daemon/audit/month_end.hpp"

#include "daemon/audit/new_finding.hpp"
#include "model/time_zone.hpp"

namespace licaudit::audit {

bool is_dip(std::int64_t peak, std::int64_t last) {
  return last < peak && peak - last > peak / 10;
}

std::vector<finding> month_end_dips(const std::vector<ledger::licensed_peak>& peaks, std::chrono::year_month month,
                                    const factor_set& rules,
                                    const std::function<bool(const std::string& tenant)>& is_asked) {
  std::vector<finding> made;
  for (const auto& one : peaks) {
    if (!one.last || !is_dip(one.licensed, *one.last) || !is_asked(one.tenant)) continue;
    const auto* of = rules.find(one.licence);
    if (of != nullptr && of->billing_by != "last") continue;
    auto dip = new_finding("month-end-dip", severity::info, one.tenant,
                           to_text(month) + " ended with " + std::to_string(*one.last) + " licensed, " +
                               std::to_string(one.licensed - *one.last) + " under the peak of " +
                               std::to_string(one.licensed) + " on " + to_rfc3339(one.at),
                           "licaudit history " + one.tenant + " --licence " + one.licence + " --by day");
    dip.licence = one.licence;
    dip.count = one.licensed - *one.last;
    made.push_back(std::move(dip));
  }
  return made;
}

}  // namespace licaudit::audit

#include "daemon/audit/child_sum.hpp"

#include <algorithm>

namespace licaudit::audit {

void child_sum::count(const tenant_tally& child, std::int64_t sign) {
  monitored_ += sign * child.monitored;
  for (const auto& licence : child.licences) {
    auto& sum = licences_[licence.licence];
    sum.children += sign;
    sum.licensed += sign * licence.licensed;
    if (licence.acquired) {
      sum.with_acquired += sign;
      sum.acquired += sign * *licence.acquired;
    }
    // A disabled child says nothing of the soundness of the sum.
    if (licence.state == tally_state::degraded) sum.degraded += sign;
    if (licence.state == tally_state::held) sum.held += sign;
    for (const auto& factor : licence.factors) {
      auto& counted = sum.factors[factor.factor];
      counted.children += sign;
      counted.calculated += sign * factor.calculated;
      if (factor.configured) {
        counted.with_configured += sign;
        counted.configured += sign * *factor.configured;
      }
      if (counted.children == 0) sum.factors.erase(factor.factor);
    }
    if (sum.children == 0) licences_.erase(licence.licence);
  }
}

namespace {

licence_tally& licence_in(tenant_tally& tally, const std::string& id) {
  const auto known = std::find_if(tally.licences.begin(), tally.licences.end(),
                                  [&id](const licence_tally& one) { return one.licence == id; });
  if (known != tally.licences.end()) return *known;
  auto& added = tally.licences.emplace_back();
  added.licence = id;
  added.state = tally.disabled ? tally_state::disabled : tally_state::ok;
  return added;
}

factor_tally& factor_in(licence_tally& licence, const std::string& id) {
  const auto known = std::find_if(licence.factors.begin(), licence.factors.end(),
                                  [&id](const factor_tally& one) { return one.factor == id; });
  return known != licence.factors.end() ? *known : licence.factors.emplace_back(factor_tally{id, true, 0, 0});
}

}  // namespace

void child_sum::add_to(tenant_tally& tally) const {
  tally.monitored += monitored_;
  for (const auto& [id, sum] : licences_) {
    auto& licence = licence_in(tally, id);
    if (sum.with_acquired > 0) licence.acquired = licence.acquired.value_or(0) + sum.acquired;
    licence.licensed += sum.licensed;
    if (sum.degraded > 0) licence.state = std::max(licence.state, tally_state::degraded);
    if (sum.held > 0) licence.state = std::max(licence.state, tally_state::held);
    for (const auto& [name, counted] : sum.factors) {
      auto& factor = factor_in(licence, name);
      factor.calculated += counted.calculated;
      if (counted.with_configured > 0) factor.configured = factor.configured.value_or(0) + counted.configured;
    }
  }
}

}  // namespace licaudit::audit

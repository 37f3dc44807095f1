#include "daemon/audit/child_sum.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

/// The one of that name, added where there is none. Children mostly list the same in the same order: it stands where
/// the last one was found or right behind it.
template <class Sum>
Sum& named(std::vector<Sum>& all, interned_text Sum::*name, const interned_text& wanted, std::size_t& guess) {
  for (std::size_t tries = 0; tries < all.size(); ++tries, ++guess) {
    if (guess >= all.size()) guess = 0;
    if (all[guess].*name == wanted) return all[guess++];
  }
  guess = all.size() + 1;
  all.emplace_back().*name = wanted;
  return all.back();
}

}  // namespace

void child_sum::count(const tenant_tally& child, std::int64_t sign) {
  monitored_ += sign * child.monitored;
  std::size_t guess = 0;
  for (const auto& licence : child.licences)
    count(licence, sign, named(licences_, &licence_sum::licence, licence.licence, guess));
}

void child_sum::count(const licence_tally& child, std::int64_t sign, licence_sum& into) {
  into.children += sign;
  into.licensed += sign * child.licensed;
  if (child.acquired) {
    into.with_acquired += sign;
    into.acquired += sign * *child.acquired;
  }
  // A disabled child says nothing of the soundness of the sum.
  if (child.state == tally_state::degraded) into.degraded += sign;
  if (child.state == tally_state::held) into.held += sign;
  std::size_t guess = 0;
  for (const auto& factor : child.factors) {
    auto& sum = named(into.factors, &factor_sum::factor, factor.factor, guess);
    sum.children += sign;
    sum.calculated += sign * factor.calculated;
    if (!factor.configured) continue;
    sum.with_configured += sign;
    sum.configured += sign * *factor.configured;
  }
}

namespace {

licence_tally& licence_in(tenant_tally& tally, const interned_text& id) {
  if (auto* known = tally.find(id)) return *known;
  auto& added = tally.licences.emplace_back();
  added.licence = id;
  added.state = tally.disabled ? tally_state::disabled : tally_state::ok;
  return added;
}

factor_tally& factor_in(licence_tally& licence, const interned_text& id) {
  const auto known = std::find_if(licence.factors.begin(), licence.factors.end(),
                                  [&id](const factor_tally& one) { return one.factor == id; });
  return known != licence.factors.end() ? *known : licence.factors.emplace_back(factor_tally{id, true, 0, 0});
}

}  // namespace

void child_sum::add_to(tenant_tally& tally) const {
  tally.monitored += monitored_;
  for (const auto& sum : licences_) {
    if (sum.children == 0) continue;
    auto& licence = licence_in(tally, sum.licence);
    if (sum.with_acquired > 0) licence.acquired = licence.acquired.value_or(0) + sum.acquired;
    licence.licensed += sum.licensed;
    if (sum.degraded > 0) licence.state = std::max(licence.state, tally_state::degraded);
    if (sum.held > 0) licence.state = std::max(licence.state, tally_state::held);
    for (const auto& counted : sum.factors) {
      if (counted.children == 0) continue;
      auto& factor = factor_in(licence, counted.factor);
      factor.calculated += counted.calculated;
      if (counted.with_configured > 0) factor.configured = factor.configured.value_or(0) + counted.configured;
    }
  }
}

}  // namespace licaudit::audit

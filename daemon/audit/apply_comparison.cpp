#include "daemon/audit/apply_comparison.hpp"

#include <algorithm>

namespace licaudit::audit {

apply_comparison::apply_comparison(const desk& all, const tenant_set& pending, factors::which_rules then)
    : all_(all),
      then_(then),
      before_(all.tenants, all.engine.current()),
      after_(all.tenants, all.engine.current(then), &pending),
      factors_(compare(all.engine.current().set(), all.engine.current(then).set())) {}

/// In each licence the factors in the order of the rules after, those that leave behind.
apply_comparison::factors_by_licence apply_comparison::compare(const factor_set& before, const factor_set& after) {
  factors_by_licence all;
  std::size_t place = 0;
  for (const auto& licence : after.licences)
    for (const auto& one : licence.factors) all[licence.id].push_back({one.id, std::nullopt, place++});
  place = 0;
  for (const auto& licence : before.licences)
    for (const auto& one : licence.factors) {
      auto& factors = all[licence.id];
      const auto known = std::find_if(factors.begin(), factors.end(),
                                      [&one](const compared_factor& row) { return row.factor == one.id; });
      if (known == factors.end())
        factors.push_back({one.id, place, std::nullopt});
      else
        known->before = place;
      ++place;
    }
  return all;
}

tenant_move apply_comparison::move_of(const tenant_slot& slot) {
  const auto index = all_.engine.index_of(slot.id()).value();
  const auto& before = before_.of(slot).board;
  const auto& after = after_.of(slot).board;
  all_.engine.count(index, before, sums_before_);
  all_.engine.count(index, after, sums_after_, then_);
  const bool disabled = all_.tenants.is_disabled(slot);
  tenant_move move;
  move.tenant = slot.id();
  for (const auto& licence : factors_)
    if (auto one = move_of(licence, disabled); !one.factors.empty()) move.licences.push_back(std::move(one));
  // Whoever changes hands leaves one number and comes to another.
  if (!disabled && !move.licences.empty()) move.moved = all_.engine.moved(index, before, after, then_);
  return move;
}

/// Without factors and a name where none of them moves.
licence_move apply_comparison::move_of(const factors_by_licence::value_type& licence, bool disabled) const {
  licence_move move;
  for (const auto& row : licence.second) {
    const auto from = row.before ? sums_before_[*row.before] : factors::factor_sum();
    const auto then = row.after ? sums_after_[*row.after] : factors::factor_sum();
    const auto from_n1 = disabled ? 0 : from.n1, to_n1 = disabled ? 0 : then.n1;
    move.licensed_from += from_n1;
    move.licensed_to += to_n1;
    if (from_n1 == to_n1 && from.n2 == then.n2) continue;
    move.factors.reserve(licence.second.size());
    move.factors.push_back({row.factor, from_n1, from.n2, to_n1, then.n2});
  }
  if (!move.factors.empty()) move.licence = licence.first;
  return move;
}

}  // namespace licaudit::audit

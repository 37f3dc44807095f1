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
std::vector<apply_comparison::compared_factor> apply_comparison::compare(const factor_set& before,
                                                                         const factor_set& after) {
  std::vector<compared_factor> all;
  std::size_t place = 0;
  for (const auto& licence : after.licences)
    for (const auto& one : licence.factors) all.push_back({licence.id, one.id, std::nullopt, place++});
  place = 0;
  for (const auto& licence : before.licences)
    for (const auto& one : licence.factors) {
      const auto known = std::find_if(all.begin(), all.end(), [&](const compared_factor& row) {
        return row.licence == licence.id && row.factor == one.id;
      });
      if (known == all.end())
        all.push_back({licence.id, one.id, place, std::nullopt});
      else
        known->before = place;
      ++place;
    }
  std::stable_sort(all.begin(), all.end(),
                   [](const compared_factor& a, const compared_factor& b) { return a.licence < b.licence; });
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
  for (auto row = factors_.cbegin(); row != factors_.cend();)
    if (auto one = move_of(row, disabled); !one.factors.empty()) move.licences.push_back(std::move(one));
  // Whoever changes hands leaves one number and comes to another.
  if (!disabled && !move.licences.empty()) move.moved = all_.engine.moved(index, before, after, then_);
  return move;
}

/// Of one licence, whose factors begin at `row`; that stands behind them then.
licence_move apply_comparison::move_of(std::vector<compared_factor>::const_iterator& row, bool disabled) const {
  licence_move move;
  move.licence = row->licence;
  for (; row != factors_.end() && row->licence == move.licence; ++row) {
    const auto from = row->before ? sums_before_[*row->before] : factors::factor_sum();
    const auto then = row->after ? sums_after_[*row->after] : factors::factor_sum();
    const auto from_n1 = disabled ? 0 : from.n1, to_n1 = disabled ? 0 : then.n1;
    move.licensed_from += from_n1;
    move.licensed_to += to_n1;
    if (from_n1 != to_n1 || from.n2 != then.n2) move.factors.push_back({row->factor, from_n1, from.n2, to_n1, then.n2});
  }
  return move;
}

}  // namespace licaudit::audit

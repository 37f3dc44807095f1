#include "daemon/audit/stock_findings.hpp"

#include "daemon/audit/new_finding.hpp"
#include "model/allowance.hpp"
#include "model/limit_state.hpp"
#include "model/stock_level.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

std::int64_t over_of(const licence_tally& tally) {
  return tally.acquired ? std::max<std::int64_t>(0, tally.licensed - *tally.acquired) : 0;
}

/// What the tenants right under one are over: their own findings tell it.
std::int64_t over_below(const tenant_slot& slot, std::string_view licence) {
  std::int64_t over = 0;
  if (slot.below == nullptr) return over;
  for (const auto* child : *slot.below)
    if (const auto* tally = child->tally.shown->find(licence)) over += over_of(*tally);
  return over;
}

/// What a parent shows is a sum; that it is over is its own affair only where it has acquired something itself.
bool is_told_below(const tenant_slot& slot, const licence_tally& sum) {
  if (!slot.acquired(sum.licence)) return true;
  return over_of(sum) <= over_below(slot, sum.licence);
}

class stock_of_tenant {
 public:
  stock_of_tenant(desk& all, const tenant_slot& slot, instant now, std::vector<finding>& made)
      : all_(all), slot_(slot), now_(now), made_(made) {}

  void add(const licence_tally& tally) {
    const auto* of = all_.engine.current().set().find(tally.licence);
    const licence_terms terms = of == nullptr ? licence_terms() : of->terms;
    if (terms.limit && !slot_.tally.shown->disabled) add_limit(tally, *terms.limit);
    // What it has are places for tenants, and nobody's units.
    if (terms.pool == pool_kind::tenants && slot_.has_children() && slot_.acquired(tally.licence)) return;
    switch (stock_level_of(tally.acquired, tally.licensed, terms)) {
      case stock_level::over:
        if (!slot_.tally.shown->aggregated || !is_told_below(slot_, tally)) add_over(tally, terms);
        return;
      case stock_level::low:
        if (!slot_.tally.shown->aggregated && !slot_.tally.shown->disabled) add_low(tally);
        return;
      case stock_level::ok:
        return;
    }
  }

 private:
  void add_over(const licence_tally& tally, const licence_terms& terms) {
    const auto over = std::to_string(over_of(tally));
    auto one = new_finding("over-use", severity::warn, slot_.id(),
                           tally.licence + ": " + over + " above acquired: " + std::to_string(tally.licensed) +
                               " licensed of " + std::to_string(*tally.acquired),
                           "order " + over + ", or free " + over);
    one.licence = tally.licence;
    one.count = over_of(tally);
    const auto alarm =
        over_use_alarm_of(*tally.acquired, tally.licensed, terms, all_.findings.since_of(one).value_or(now_), now_);
    one.level = alarm.level;
    if (alarm.louder) {
      one.text += "; within the grace until " + to_rfc3339(*alarm.louder);
      all_.findings_due.emplace(*alarm.louder, slot_.id());
    }
    made_.push_back(std::move(one));
  }

  /// Of a parent, where it has a limit of its own.
  void add_limit(const licence_tally& tally, const limit_terms& terms) {
    const auto setting = slot_.limit(tally.licence);
    const auto state = limit_state_of(tally.licensed, terms, setting);
    if (state == limit_state::ok) return;
    const bool spent = state == limit_state::exhausted;
    const auto unit = terms.unit.empty() ? std::string() : ' ' + terms.unit;
    auto one =
        new_finding(spent ? "limit-exhausted" : "near-limit", spent ? severity::page : severity::warn, slot_.id(),
                    tally.licence + ": " + std::to_string(tally.licensed) + " of " +
                        std::to_string(allowed_amount(terms, setting).value_or(0)) + unit + " are used" +
                        (terms.monthly ? " this month" : ""),
                    "allow more: licaudit limit " + slot_.id() + ' ' + tally.licence + " N" +
                        (terms.monthly ? ", or wait for the month to end" : ""));
    one.licence = tally.licence;
    one.count = tally.licensed;
    made_.push_back(std::move(one));
  }

  void add_low(const licence_tally& tally) {
    const auto left = *tally.acquired - tally.licensed;
    auto one = new_finding("low", severity::warn, slot_.id(),
                           tally.licence + ": " + std::to_string(left) + " of " + std::to_string(*tally.acquired) +
                               " left: " + std::to_string(tally.licensed) + " are licensed",
                           "order some before they are used up");
    one.licence = tally.licence;
    one.count = left;
    made_.push_back(std::move(one));
  }

  desk& all_;
  const tenant_slot& slot_;
  instant now_;
  std::vector<finding>& made_;
};

}  // namespace

void add_stock_findings(desk& all, const tenant_slot& slot, instant now, std::vector<finding>& made) {
  stock_of_tenant stock(all, slot, now, made);
  for (const auto& tally : slot.tally.shown->licences) stock.add(tally);
}

}  // namespace licaudit::audit

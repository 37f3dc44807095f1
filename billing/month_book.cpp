#include "billing/month_book.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace licaudit::billing {

namespace {

/// While it stood there, until the next move. Where it is first known, it stood before.
span held_by(const std::vector<place>& places, std::vector<place>::const_iterator one) {
  const auto next = std::next(one);
  return {one == places.begin() ? instant::min() : one->from, next == places.end() ? instant::max() : next->from};
}

}  // namespace

month_book::month_book(std::vector<tenant_month> tenants, bases how, std::vector<span> quiet)
    : how_(std::move(how)), quiet_(std::move(quiet)) {
  for (auto& one : tenants) {
    std::string id = one.observed.tenant;
    nodes_.try_emplace(std::move(id)).first->second.seen = std::move(one);
  }
  find_children();
  find_own_shares();
}

void month_book::find_children() {
  for (const auto& [id, of] : nodes_) {
    const auto& places = of.seen.observed.places;
    for (auto one = places.begin(); one != places.end(); ++one) {
      const auto above = nodes_.find(one->parent);
      if (above != nodes_.end()) above->second.children.push_back({&of, held_by(places, one)});
    }
  }
}

void month_book::find_own_shares() {
  for (auto& [id, of] : nodes_) {
    for (const auto& [licence, shown] : of.seen.observed.licences) {
      std::vector<part> parts;
      for (const auto& child : of.children) {
        const auto values = child.of->seen.observed.licences.find(licence);
        if (values != child.of->seen.observed.licences.end()) parts.push_back({&values->second, child.when});
      }
      of.own.emplace(licence, of.children.empty() ? shown : own_share(shown, parts));
    }
    find_pools(of);
    for (const auto& one : of.seen.accepted)
      if (const auto values = of.own.find(one.licence); values != of.own.end())
        accept(values->second, one.from, one.quantity);
  }
}

/// Who has a pool shows its own quantity and no sum, so that what it shows differs from what those under it have; where
/// all of it is handed out all the time, there is nothing to tell it by, and nothing that it makes a difference to.
void month_book::find_pools(node& of) const {
  if (of.children.empty()) return;
  for (auto& [licence, own] : of.own) {
    const auto how = basis_for(licence);
    if (!how.pooled || how.of != basis::quantity::acquired) continue;
    const bool differs = std::any_of(own.begin(), own.end(),
                                     [](const observation& one) { return one.shown && one.acquired.value_or(0) != 0; });
    if (!differs) continue;
    own = of.seen.observed.licences.at(licence);
    of.pools.insert(licence);
  }
}

basis month_book::basis_for(const std::string& licence) const {
  const auto known = how_.find(licence);
  return known == how_.end() ? basis{} : known->second;
}

charge month_book::own_charge(const node& of, const std::string& licence, const span& when) const {
  const auto values = of.own.find(licence);
  if (values == of.own.end()) return {};
  const auto how = basis_for(licence);
  // The parts of a month weigh together as much as the month.
  const auto whole = how.by == basis::moment::average
                         ? std::optional(observed_time(values->second, how, of.seen.month, quiet_))
                         : std::nullopt;
  return charge_of(values->second, how, common(when, of.seen.month), quiet_, whole);
}

void month_book::add_to(summed& total, const node& of, const std::string& licence, const span& when) const {
  const auto own = own_charge(of, licence, when);
  if (own.quantity) total.quantity = amount{total.quantity.value_or(amount{}).millionths + own.quantity->millionths};
  if (!own.quantity && own.observed_from) total.not_billable.push_back(of.seen.observed.tenant);
  if (stands_alone(of, licence)) return;
  for (const auto& child : of.children)
    if (const auto inside = common(child.when, when); !inside.empty()) add_to(total, *child.of, licence, inside);
}

void month_book::add_held(held_below& found, const node& of, const std::string& licence, const span& when) const {
  if (const auto values = of.own.find(licence); values != of.own.end())
    for (const auto& one : cut(values->second, when)) {
      if (one.value->state != tally_state::held) continue;
      found.any_accepted = found.any_accepted || one.value->accepted;
      if (!one.value->accepted) found.still.push_back(one.when);
    }
  for (const auto& child : of.children)
    if (const auto inside = common(child.when, when); !inside.empty()) add_held(found, *child.of, licence, inside);
}

/// What all of a sum had together, held only where something in it still is.
series month_book::shown_without_accepted(const node& of, const std::string& licence, const span& when) const {
  const auto& shown = of.seen.observed.licences.at(licence);
  held_below below;
  add_held(below, of, licence, when);
  return below.any_accepted ? released(shown, below.still) : shown;
}

bill_line month_book::line_of(const node& of, const std::string& licence, const place& under, const span& when) const {
  bill_line line;
  line.licence = licence;
  line.how = basis_for(licence);
  line.parent = under.parent;
  line.when = when;
  if (stands_alone(of, licence)) {
    line.charged = own_charge(of, licence, when);
    return line;
  }
  summed total;
  // The tenants under it end their months in their own time zones, so that only a move bounds the part.
  const span moved{when.from == of.seen.month.from ? instant::min() : under.from,
                   when.until == of.seen.month.until ? instant::max() : when.until};
  add_to(total, of, licence, moved);
  line.charged.quantity = total.quantity;
  line.not_billable = std::move(total.not_billable);
  const basis highest{line.how.of, basis::moment::peak};
  line.peak_of_sum = charge_of(shown_without_accepted(of, licence, when), highest, when, quiet_);
  const auto own = own_charge(of, licence, when);
  line.charged.held = own.held;
  line.charged.accepted = own.accepted;
  line.charged.observed_from = line.peak_of_sum->observed_from;
  line.charged.unobserved = line.peak_of_sum->unobserved;
  return line;
}

std::optional<tenant_bill> month_book::bill_of(std::string_view tenant) const {
  const auto known = nodes_.find(tenant);
  if (known == nodes_.end()) return std::nullopt;
  const auto& of = known->second;
  tenant_bill bill;
  bill.tenant = of.seen.observed.tenant;
  bill.name = of.seen.observed.name;
  bill.contract_number = of.seen.observed.contract_number;
  bill.time_zone = of.seen.observed.time_zone;
  bill.month = of.seen.month;
  bill.running = of.seen.running;
  bill.aggregated = !of.children.empty();
  const auto& places = of.seen.observed.places;
  for (const auto& there : places)
    if (&there == &places.front() || there.from < bill.month.until) bill.parent = there.parent;
  for (const auto& [licence, values] : of.seen.observed.licences)
    for (auto one = places.begin(); one != places.end(); ++one) {
      const auto when = common(held_by(places, one), bill.month);
      if (when.empty()) continue;
      auto line = line_of(of, licence, *one, when);
      if (line.charged.observed_from) bill.lines.push_back(std::move(line));
    }
  return bill;
}

}  // namespace licaudit::billing

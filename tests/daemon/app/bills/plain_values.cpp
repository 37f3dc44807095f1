// What can be said of one tenant and licence between one calculation and the next.
#include "model/time_zone.hpp"
#include "plain_bills.hpp"

#include <algorithm>

namespace licaudit::app {

using billing::basis;
using billing::span;

namespace {

constexpr std::chrono::hours farthest_zone{14};

const plain_tally* shown_in(const plain_moment& at, const std::string& tenant, const std::string& licence) {
  const auto of = at.tenants.find(tenant);
  if (of == at.tenants.end()) return nullptr;
  const auto shown = of->second.shown.find(licence);
  return shown == of->second.shown.end() ? nullptr : &shown->second;
}

bool is_disabled(const plain_moment& at, std::string tenant) {
  for (; !tenant.empty(); tenant = at.tenants.at(tenant).parent)
    if (!at.tenants.at(tenant).enabled) return true;
  return false;
}

}  // namespace

plain_bills::plain_bills(const plain_history& history, const plain_terms& terms, std::chrono::year_month month,
                         std::chrono::milliseconds longest_silence)
    : how_(terms.how), included_(terms.included), month_(month), longest_silence_(longest_silence) {
  const time_zone utc;
  const auto since = utc.start_of(month / 1) - farthest_zone;
  const auto until = utc.start_of((month + std::chrono::months(1)) / 1) + farthest_zone;
  auto first = history.moments.begin(), last = first;
  for (; last != history.moments.end() && last->from < until; ++last) {
    for (const auto& [id, tenant] : last->tenants) parents_.insert(tenant.parent);
    if (last->until <= since) first = std::next(last);
  }
  moments_ = {first, last};
  for (const auto& one : history.accepted)
    if (one.month == licaudit::to_text(month)) accepted_.push_back(one);
  for (const auto& one : history.corrected)
    if (one.month == licaudit::to_text(month)) corrected_.push_back(one);
  for (const auto& one : moments_) find_pools(one);
}

std::set<std::string> plain_bills::tenants() const {
  std::set<std::string> made;
  for (const auto& [id, one] : moments_.back().tenants) made.insert(id);
  return made;
}

span plain_bills::month_of(const std::string& tenant) const {
  const auto& all = moments_.back().tenants;
  std::string zone;
  for (auto id = tenant; !id.empty() && zone.empty(); id = all.at(id).parent) zone = all.at(id).zone;
  const auto clock = zone.empty() ? time_zone() : time_zone::find(zone).value();
  return {clock.start_of(month_ / 1), clock.start_of((month_ + std::chrono::months(1)) / 1)};
}

/// Who has a quantity of its own while what those under it have is not just that.
void plain_bills::find_pools(const plain_moment& at) {
  for (const auto& [id, tenant] : at.tenants)
    for (const auto& [licence, quantity] : tenant.bought) {
      if (!tenant.exists || !has_children(id) || !how_.at(licence).pooled) continue;
      std::int64_t below = 0;
      for (const auto& [name, child] : at.tenants)
        if (const auto* shown = shown_in(at, name, licence); shown != nullptr && child.parent == id)
          below += shown->acquired.value_or(0);
      if (below != quantity) pools_.insert({id, licence});
    }
}

std::optional<plain_bills::value> plain_bills::shown_value(const plain_moment& at, const std::string& tenant,
                                                           const std::string& licence) const {
  const auto* shown = shown_in(at, tenant, licence);
  if (shown == nullptr) return std::nullopt;
  value made{{at.from, at.until}, at.calculation, shown->licensed(), shown->state, false, false};
  made.quiet = at.until != instant::max() && at.until - at.from > longest_silence_;
  if (how_.at(licence).of == basis::quantity::calculated) return made;
  if (!shown->acquired) return std::nullopt;
  made.quantity = *shown->acquired;
  made.state = tally_state::ok;
  return made;
}

/// What it bought by the operation log; what is counted of it without those under it.
std::optional<plain_bills::value> plain_bills::own_value(const plain_moment& at, const std::string& tenant,
                                                         const std::string& licence) const {
  auto made = shown_value(at, tenant, licence);
  if (!made || (has_children(tenant) && hands_out(tenant, licence))) return made;
  const auto& of = at.tenants.at(tenant);
  if (how_.at(licence).of == basis::quantity::acquired) {
    const auto bought = of.bought.find(licence);
    // Where all that it has is handed out all the time, those under it are billed the very same.
    const bool all_handed_out = has_children(tenant) && how_.at(licence).pooled;
    made->quantity = bought == of.bought.end() || all_handed_out ? 0 : bought->second;
    return made;
  }
  if (!has_children(tenant)) return made;
  for (const auto& [id, child] : at.tenants)
    if (const auto* shown = shown_in(at, id, licence); shown != nullptr && child.parent == tenant)
      made->quantity -= shown->licensed();
  made->state = is_disabled(at, tenant) ? tally_state::disabled : tally_state::ok;
  return made;
}

/// From its instant on, as long as that quantity is held.
void plain_bills::accept_in(values& all, const std::string& tenant, const std::string& licence) const {
  for (const auto& ruling : accepted_) {
    if (ruling.tenant != tenant || ruling.licence != licence) continue;
    values cut;
    bool stands = true;
    for (auto one : all) {
      if (one.when.until <= ruling.from) {
        cut.push_back(one);
        continue;
      }
      if (one.when.from < ruling.from) {
        cut.push_back(one);
        cut.back().when.until = ruling.from;
        one.when.from = ruling.from;
      }
      stands = stands && one.state == tally_state::held && one.quantity == ruling.quantity;
      one.accepted = one.accepted || stands;
      cut.push_back(one);
    }
    all = std::move(cut);
  }
}

const plain_bills::values& plain_bills::own_values(const std::string& tenant, const std::string& licence) const {
  auto& made = own_[{tenant, licence}];
  if (!made.empty()) return made;
  for (const auto& at : moments_)
    if (const auto one = own_value(at, tenant, licence)) made.push_back(*one);
  if (how_.at(licence).of == basis::quantity::calculated) accept_in(made, tenant, licence);
  return made;
}

plain_bills::values plain_bills::within(const values& all, const span& when) {
  values made;
  for (auto one : all) {
    one.when = billing::common(one.when, when);
    if (!one.when.empty()) made.push_back(one);
  }
  return made;
}

}  // namespace licaudit::app

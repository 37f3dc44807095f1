#include "plain_bills.hpp"

#include <algorithm>

namespace licaudit::app {

using billing::basis;
using billing::span;

namespace {

__extension__ using wide = __int128;  // a quantity times the milliseconds of a month

std::string text_of(const std::optional<amount>& value) {
  return value ? licaudit::to_text(*value) : "none";
}
std::string text_of(const std::optional<instant>& at) {
  return at ? to_rfc3339(*at) : "none";
}
std::string text_of(const span& when) {
  return to_rfc3339(when.from) + ".." + to_rfc3339(when.until);
}

}  // namespace

std::string to_text(const plain_line& line) {
  std::string text = line.licence + " under " + line.parent + ' ' + text_of(line.when) + (line.is_sum ? " sum " : " ") +
                     text_of(line.quantity) + ", included " + text_of(line.included) + ", over " + text_of(line.over) +
                     ", together " + text_of(line.peak_of_sum) + ", since " + text_of(line.value_from) + " by " +
                     std::to_string(line.calculation) + ", observed from " + text_of(line.observed_from);
  for (const auto& one : line.unobserved) text += ", not " + text_of(one);
  for (const auto& one : line.held) text += ", held " + std::to_string(one.quantity) + ' ' + text_of(one.when);
  for (const auto& one : line.not_billable) text += ", without " + one;
  return text;
}

/// The one whose quantity is billed: the highest, or the last of the soundest. The end of the part: there is none.
plain_bills::values::const_iterator plain_bills::billed(const values& part, basis::moment by) {
  const auto rank = [](const value& of) {
    return of.state == tally_state::disabled ? 0 : of.state == tally_state::degraded ? 1 : 2;
  };
  auto best = part.end();
  for (auto one = part.begin(); one != part.end(); ++one) {
    if (!one->is_billable()) continue;
    const bool better = by == basis::moment::peak ? best == part.end() || one->quantity > best->quantity
                                                  : best == part.end() || rank(*one) >= rank(*best);
    if (better) best = one;
  }
  return best;
}

std::optional<amount> plain_bills::charged(const values& part, const values& month, basis::moment by) {
  const auto best = billed(part, by);
  if (best == part.end()) return std::nullopt;
  if (by != basis::moment::average) return whole_amount(best->quantity);
  std::int64_t whole = 0;
  wide sum = 0;
  for (const auto& one : month)
    if (one.is_billable() && !one.quiet) whole += (one.when.until - one.when.from).count();
  for (const auto& one : part)
    if (one.is_billable() && !one.quiet)
      sum += static_cast<wide>(one.quantity) * (one.when.until - one.when.from).count();
  if (whole == 0) return std::nullopt;
  return amount{static_cast<std::int64_t>((2 * sum * millionths_of_one + whole) / (wide{2} * whole))};
}

void plain_bills::add_observed(plain_line& line, const values& speaking) const {
  if (speaking.empty()) return;
  line.observed_from = speaking.front().when.from;
  for (const auto& at : moments_) {
    if (at.until == instant::max() || at.until - at.from <= longest_silence_) continue;
    const auto gap = billing::common({at.from, at.until}, {*line.observed_from, line.when.until});
    if (!gap.empty()) line.unobserved.push_back(gap);
  }
}

/// A limit is each tenant's own, and each part's.
void plain_bills::add_included(plain_line& line) const {
  const auto limit = included_.find(line.licence);
  if (limit == included_.end() || !line.quantity) return;
  line.included = whole_amount(limit->second);
  line.over =
      *line.quantity > *line.included ? amount{line.quantity->millionths - line.included->millionths} : amount{};
}

void plain_bills::add_alone(plain_line& line, const std::string& tenant) const {
  const auto how = how_.at(line.licence);
  const auto month = within(own_values(tenant, line.licence), month_of(tenant));
  const auto part = within(month, line.when);
  add_observed(line, part);
  line.quantity = charged(part, month, how.by);
  add_included(line);
  for (const auto& one : part) {
    if (one.is_billable()) continue;
    if (!line.held.empty() && line.held.back().when.until == one.when.from && line.held.back().quantity == one.quantity)
      line.held.back().when.until = one.when.until;
    else
      line.held.push_back({one.when, one.quantity});
  }
  if (!line.quantity || how.by == basis::moment::average) return;
  auto began = billed(part, how.by);
  while (began != part.begin() && began->continues(*std::prev(began))) --began;
  line.value_from = began->when.from;
  line.calculation = began->when.from == line.when.from ? 0 : began->calculation;
}

std::vector<std::string> plain_bills::path(const plain_moment& at, const std::string& tenant, const std::string& above,
                                           const std::string& licence) const {
  std::vector<std::string> made;
  for (auto id = tenant; !id.empty(); id = at.tenants.at(id).parent) {
    if (id != tenant && hands_out(id, licence)) return {};
    const auto& of = at.tenants.at(id);
    made.push_back(id + (id == above ? "" : '/' + std::to_string(of.moves)));
    if (id == above) return made;
  }
  return {};
}

std::vector<std::string> plain_bills::sums_of(const std::string& tenant, const std::string& licence) const {
  std::vector<std::string> made;
  for (auto id = tenant; !id.empty();) {
    const auto month = month_of(id);
    std::string parent;
    for (const auto& at : moments_)
      if (const auto of = at.tenants.find(id); of != at.tenants.end() && at.from < month.until)
        parent = of->second.parent;
    if (parent.empty() || hands_out(parent, licence)) break;
    made.push_back(parent);
    id = parent;
  }
  return made;
}

/// Every tenant under it, for each unbroken time that it stood there in one and the same way.
void plain_bills::add_sum(plain_line& line, const std::string& tenant, const span& open_part) const {
  const auto by = how_.at(line.licence).by;
  for (const auto& id : tenants()) {
    const auto month = within(own_values(id, line.licence), month_of(id));
    std::vector<std::string> before;
    std::vector<span> stays;
    for (const auto& at : moments_) {
      const auto known = at.tenants.find(id);
      const auto there = known == at.tenants.end() ? std::vector<std::string>() : path(at, id, tenant, line.licence);
      if (!there.empty() && there == before)
        stays.back().until = at.until;
      else if (!there.empty())
        stays.push_back({at.from, at.until});
      before = there;
    }
    for (const auto& stay : stays) {
      const auto part = within(month, billing::common(stay, open_part));
      const auto quantity = charged(part, month, by);
      if (quantity) line.quantity = amount{line.quantity.value_or(amount{}).millionths + quantity->millionths};
      if (!quantity && !part.empty()) line.not_billable.insert(id);
    }
  }
}

/// The most that all under it had at one time in which nothing of it waited for acceptance.
void plain_bills::add_peak_of_sum(plain_line& line, const std::string& tenant) const {
  values shown;
  std::map<std::string, values> below;
  for (const auto& id : tenants())
    if (id != tenant && !has_children(id)) below[id] = own_values(id, line.licence);
  std::vector<instant> edges;
  for (const auto& [id, all] : below)
    for (const auto& one : all) edges.push_back(one.when.from);
  for (const auto& at : moments_)
    if (const auto one = shown_value(at, tenant, line.licence)) {
      std::vector<instant> cuts{one->when.from};
      for (const auto edge : edges)
        if (one->when.from < edge && edge < one->when.until) cuts.push_back(edge);
      std::sort(cuts.begin(), cuts.end());
      for (const auto cut : cuts) {
        shown.push_back(*one);
        shown.back().when.from = cut;
        shown.back().state = tally_state::ok;
        for (const auto& [id, all] : below)
          for (const auto& held : all)
            if (held.when.from <= cut && cut < held.when.until && !held.is_billable() &&
                !path(at, id, tenant, line.licence).empty())
              shown.back().state = tally_state::held;
      }
    }
  const auto part = within(within(shown, month_of(tenant)), line.when);
  add_observed(line, part);
  line.peak_of_sum = charged(part, part, basis::moment::peak);
}

std::vector<plain_line> plain_bills::bill_of(const std::string& tenant) const {
  std::vector<plain_line> made;
  const auto month = month_of(tenant);
  for (const auto& [licence, how] : how_) {
    // A part for each unbroken time under one parent; where it is first known, it stood before.
    std::vector<plain_line> parts;
    int moves = -1;
    for (const auto& at : moments_) {
      const auto of = at.tenants.find(tenant);
      if (of == at.tenants.end()) continue;
      if (of->second.moves == moves) continue;
      moves = of->second.moves;
      if (!parts.empty()) parts.back().when.until = at.from;
      auto& part = parts.emplace_back();
      part.licence = licence;
      part.parent = of->second.parent;
      part.when = {parts.size() == 1 ? instant::min() : at.from, instant::max()};
    }
    for (auto& part : parts) {
      const auto open = part.when;
      part.when = billing::common(open, month);
      if (part.when.empty()) continue;
      part.is_sum = !stands_alone(tenant, licence);
      const span open_part{part.when.from == month.from ? instant::min() : open.from,
                           part.when.until == month.until ? instant::max() : open.until};
      if (part.is_sum) {
        add_peak_of_sum(part, tenant);
        add_sum(part, tenant, open_part);
      } else {
        add_alone(part, tenant);
      }
      if (part.observed_from) made.push_back(part);
    }
  }
  return made;
}

}  // namespace licaudit::app

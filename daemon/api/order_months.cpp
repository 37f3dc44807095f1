#include "daemon/api/order_months.hpp"

#include "billing/month_book.hpp"
#include "billing/series.hpp"

namespace licaudit::api {
namespace {

/// The whole month, also what is still to come of it: what holds now is taken to last.
billing::span month_of(const observed_tenant& of, std::chrono::year_month month) {
  const auto zone = zone_of(of);
  return {zone.start_of(month / 1), zone.start_of((month + std::chrono::months(1)) / 1)};
}

billing::bases bases_of(const ledger::observed_range& observed) {
  const auto text = parse_json(observed.rules);
  if (!text) return {};
  const auto rules = factor_set_from_json(*text);
  return rules ? billing::bases_of(*rules) : billing::bases();
}

void confirm(observed_tenant& of, const order_question& question) {
  for (const auto& [licence, acquired] : question.acquired) {
    auto& values = of.licences[licence];
    observation ordered;
    if (!values.empty()) ordered = values.back();
    if (!ordered.shown) ordered.licensed = 0;
    ordered.at = std::max(ordered.at, question.bill.now);
    ordered.acquired = acquired;
    ordered.shown = true;
    values.push_back(ordered);
  }
}

std::optional<billing::tenant_bill> bill_of(std::vector<observed_tenant> tenants, const ledger::observed_range& from,
                                            const bill_question& question) {
  std::vector<billing::tenant_month> months;
  for (auto& one : tenants) {
    auto& made = months.emplace_back();
    made.month = month_of(one, question.month);
    for (const auto& ruled : from.papers.accepted)
      if (ruled.tenant == one.tenant) made.accepted.push_back({ruled.licence, ruled.from, ruled.quantity});
    made.observed = std::move(one);
  }
  std::vector<billing::span> quiet;
  for (const auto& [since, until] : from.quiet) quiet.push_back({since, until});
  return billing::month_book(std::move(months), bases_of(from), std::move(quiet)).bill_of(question.tenant);
}

/// Where it moved in mid-month, the part that runs.
std::optional<amount> quantity_of(const std::optional<billing::tenant_bill>& bill, const std::string& licence) {
  std::optional<amount> found;
  if (bill)
    for (const auto& line : bill->lines)
      if (line.licence == licence) found = line.charged.quantity;
  return found;
}

}  // namespace

month_effects month_effects_of(const ledger::observed_range& observed, const order_question& question) {
  month_effects made;
  if (observed.tenants.empty()) return made;
  auto after = observed.tenants;
  confirm(after.front(), question);
  const auto now = bill_of(observed.tenants, observed, question.bill);
  const auto then = bill_of(std::move(after), observed, question.bill);
  for (const auto& [licence, acquired] : question.acquired)
    made[licence] = {quantity_of(now, licence), quantity_of(then, licence)};
  return made;
}

}  // namespace licaudit::api

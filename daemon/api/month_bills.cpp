#include "daemon/api/month_bills.hpp"

#include <algorithm>

namespace licaudit::api {
namespace {

/// No clock on earth is further from UTC; the Line Islands are as far ahead.
constexpr std::chrono::hours farthest_zone{14};

time_zone zone_named(const std::string& name) {
  const auto known = time_zone::find(name);
  return name.empty() || !known ? time_zone() : *known;
}

billing::tenant_month month_of(const observed_tenant& seen, const bill_question& question) {
  const auto zone = zone_named(seen.time_zone);
  billing::tenant_month made;
  made.observed = seen;
  made.month = {zone.start_of(question.month / 1), zone.start_of((question.month + std::chrono::months(1)) / 1)};
  made.running = question.now < made.month.until;
  if (made.running) made.month.until = std::max(made.month.from, question.now);
  return made;
}

}  // namespace

time_zone zone_of(const billing::tenant_bill& bill) {
  return zone_named(bill.time_zone);
}

ledger::range_question range_of(const bill_question& question) {
  const time_zone utc;
  ledger::range_question made;
  made.tenant = question.tenant;
  made.since = utc.start_of(question.month / 1) - farthest_zone;
  made.until = utc.start_of((question.month + std::chrono::months(1)) / 1) + farthest_zone;
  made.longest_silence = question.longest_silence;
  return made;
}

month_bills bills_of(const ledger::observed_range& observed, const bill_question& question) {
  month_bills made;
  made.month = question.month;
  made.sequence = observed.sequence;
  made.chain_head = observed.chain_head;
  made.causes = observed.causes;
  if (!observed.rules.empty())
    if (auto rules = factor_set_from_json(parse_json(observed.rules).value())) made.rules = std::move(*rules);
  billing::month_book::bases bases;
  for (const auto& one : made.rules.licences) bases[one.id] = billing::basis_of(one.billing_of, one.billing_by);
  std::vector<billing::tenant_month> tenants;
  for (const auto& one : observed.tenants) tenants.push_back(month_of(one, question));
  std::vector<billing::span> quiet;
  for (const auto& [from, until] : observed.quiet) quiet.push_back({from, until});
  const billing::month_book book(std::move(tenants), std::move(bases), std::move(quiet));
  for (const auto& one : observed.tenants) made.tenants.push_back(book.bill_of(one.tenant).value());
  return made;
}

}  // namespace licaudit::api

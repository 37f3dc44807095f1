#include "daemon/api/month_bills.hpp"

#include "daemon/api/bill_document.hpp"

#include <algorithm>

namespace licaudit::api {
namespace {

/// No clock on earth is further from UTC; the Line Islands are as far ahead.
constexpr std::chrono::hours farthest_zone{14};

time_zone zone_named(const std::string& name) {
  const auto known = time_zone::find(name);
  return name.empty() || !known ? time_zone() : *known;
}

billing::tenant_month month_of(const observed_tenant& seen, const ledger::observed_range& observed,
                               const bill_question& question) {
  const auto zone = zone_of(seen);
  billing::tenant_month made;
  made.observed = seen;
  made.month = {zone.start_of(question.month / 1), zone.start_of((question.month + std::chrono::months(1)) / 1)};
  const auto end = made.month.until;
  made.running = std::min(question.now, observed.known_until) < end;
  made.month.until = std::clamp(question.now, made.month.from, end);
  for (const auto& one : observed.papers.accepted)
    if (one.tenant == seen.tenant) made.accepted.push_back({one.licence, one.from, one.quantity});
  return made;
}

billing::month_book book_of(const ledger::observed_range& observed, const bill_question& question,
                            const factor_set& rules) {
  std::vector<billing::tenant_month> tenants;
  for (const auto& one : observed.tenants) tenants.push_back(month_of(one, observed, question));
  std::vector<billing::span> quiet;
  for (const auto& [from, until] : observed.quiet) quiet.push_back({from, until});
  return {std::move(tenants), billing::bases_of(rules), std::move(quiet)};
}

using closed_index = std::map<std::string_view, const closed_bill*>;

closed_index closed_in(const bill_papers& papers) {
  closed_index made;
  for (const auto& one : papers.closed) made.emplace(one.tenant, &one);
  return made;
}

/// All of it is closed, since a bill is closed with its subtree.
void take_closed(month_bills& made, const bill_papers& papers, const std::string& tenant) {
  const auto closed = closed_in(papers);
  const auto first = closed.find(tenant);
  if (first == closed.end()) return;
  made.witness = witness_from(first->second->witness);
  made.sheets.push_back({tenant, std::nullopt, *first->second});
  for (const auto& [id, one] : closed)
    if (id != tenant) made.sheets.push_back({one->tenant, std::nullopt, *one});
}

void note_first_months(month_bills& made, const ledger::observed_range& observed) {
  for (const auto& one : observed.tenants)
    if (const auto first = observed.first_calculated.find(one.tenant); first != observed.first_calculated.end()) {
      const auto day = zone_of(one).civil(first->second).day;
      made.first_month[one.tenant] = day.year() / day.month();
    }
}

}  // namespace

const bill_sheet* month_bills::find(std::string_view tenant) const {
  const auto found =
      std::find_if(sheets.begin(), sheets.end(), [tenant](const bill_sheet& one) { return one.tenant == tenant; });
  return found == sheets.end() ? nullptr : &*found;
}

time_zone zone_of(const billing::tenant_bill& bill) {
  return zone_named(bill.time_zone);
}

time_zone zone_of(const observed_tenant& seen) {
  return zone_named(seen.time_zone);
}

std::int64_t month_number(std::chrono::year_month month) {
  return std::int64_t{static_cast<int>(month.year())} * 100 + static_cast<unsigned>(month.month());
}

ledger::range_question range_of(const bill_question& question) {
  const time_zone utc;
  ledger::range_question made;
  made.tenant = question.tenant;
  made.since = utc.start_of(question.month / 1) - farthest_zone;
  made.until = utc.start_of((question.month + std::chrono::months(1)) / 1) + farthest_zone;
  made.longest_silence = question.longest_silence;
  made.month = month_number(question.month);
  made.closing = question.closing;
  made.now = question.now;
  return made;
}

month_bills bills_of(const ledger::observed_range& observed, const bill_question& question) {
  month_bills made;
  made.month = question.month;
  made.papers = observed.papers;
  made.papers.closed.clear();
  if (observed.tenants.empty()) {
    take_closed(made, observed.papers, question.tenant);
    return made;
  }
  made.witness.sequence = observed.sequence;
  made.witness.chain_head = observed.chain_head;
  made.causes = observed.causes;
  if (!observed.rules.empty())
    if (auto rules = factor_set_from_json(parse_json(observed.rules).value())) made.rules = std::move(*rules);
  note_first_months(made, observed);
  const auto book = book_of(observed, question, made.rules);
  const auto closed = closed_in(observed.papers);
  for (const auto& one : observed.tenants) {
    if (const auto kept = closed.find(one.tenant); kept != closed.end())
      made.sheets.push_back({one.tenant, std::nullopt, *kept->second});
    else
      made.sheets.push_back({one.tenant, book.bill_of(one.tenant).value(), std::nullopt});
    for (const auto& there : one.places) made.sheets.back().parents.push_back(there.parent);
  }
  return made;
}

}  // namespace licaudit::api

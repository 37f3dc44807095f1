#include "daemon/api/bill_page.hpp"

#include "daemon/api/bill_explanation.hpp"
#include "daemon/api/json_text.hpp"

#include <algorithm>

namespace licaudit::api {
namespace {

using billing::basis;

const char* word_of(basis::quantity of) {
  return of == basis::quantity::acquired ? "acquired" : "calculated";
}

const char* word_of(basis::moment by) {
  switch (by) {
    case basis::moment::peak:
      return "peak";
    case basis::moment::average:
      return "average";
    case basis::moment::last:
      break;
  }
  return "last";
}

void add_amount(json_text& out, std::string_view name, const std::optional<amount>& value) {
  out.key(name).raw(value ? to_text(*value) : "null");
}

void add_spans(json_text& out, std::string_view name, const std::vector<billing::span>& all) {
  out.key(name).begin_array();
  for (const auto& one : all) out.begin_object().member("from", one.from).member("until", one.until).end_object();
  out.end_array();
}

void add_held(json_text& out, const std::vector<billing::held_stretch>& all) {
  out.key("held").begin_array();
  for (const auto& one : all) {
    out.begin_object().member("from", one.when.from).member("until", one.when.until);
    out.member("quantity", one.quantity).end_object();
  }
  out.end_array();
}

/// Where the billed value was in force; a sum of many tenants' values has no such time.
void add_origin(json_text& out, const billing::bill_line& line) {
  const bool dated = line.charged.sequence != 0;
  out.key("at");
  dated ? out.add(line.charged.when.from) : out.add(nullptr);
  out.key("to");
  dated ? out.add(line.charged.when.until) : out.add(nullptr);
  out.key("calculation");
  dated ? out.add(line.charged.sequence) : out.add(nullptr);
}

void add_peak_of_sum(json_text& out, const billing::bill_line& line) {
  out.key("peak_of_sum");
  if (!line.peak_of_sum || !line.peak_of_sum->quantity) {
    out.add(nullptr);
    return;
  }
  out.begin_object();
  add_amount(out, "quantity", line.peak_of_sum->quantity);
  out.member("at", line.peak_of_sum->when.from).end_object();
}

void add_line(json_text& out, const month_bills& all, const billing::tenant_bill& bill, const billing::bill_line& line,
              const time_zone& zone) {
  out.begin_object().member("licence", line.licence).member("title", title_of(all, line.licence));
  out.member("of", word_of(line.how.of)).member("by", word_of(line.how.by));
  add_amount(out, "quantity", line.charged.quantity);
  add_origin(out, line);
  out.text_or_null("parent", line.parent).member("from", line.when.from).member("until", line.when.until);
  out.member("observed_from", line.charged.observed_from);
  add_spans(out, "unobserved", line.charged.unobserved);
  add_spans(out, "degraded", line.charged.degraded);
  add_held(out, line.charged.held);
  add_peak_of_sum(out, line);
  out.member("not_billable", line.not_billable);
  out.member("explanation", explain(line, bill.month, zone, cause_of(all, line))).end_object();
}

void add_bill(json_text& out, const month_bills& all, const billing::tenant_bill& bill) {
  out.begin_object().member("tenant", bill.tenant).member("name", bill.name);
  const auto zone = zone_of(bill);
  out.member("zone", zone.name()).member("state", state_of(bill));
  out.member("revision", 1).member("aggregated", bill.aggregated);
  out.member("since", bill.month.from).member("until", bill.month.until).key("licences").begin_array();
  for (const auto& line : bill.lines) add_line(out, all, bill, line, zone);
  out.end_array().end_object();
}

}  // namespace

const char* state_of(const billing::tenant_bill& bill) {
  return bill.running ? "open" : "ready";
}

std::string title_of(const month_bills& all, const std::string& licence) {
  const auto* known = all.rules.find(licence);
  return known == nullptr ? licence : known->title;
}

const calculation_cause* cause_of(const month_bills& all, const billing::bill_line& line) {
  const auto known = all.causes.find(line.charged.sequence);
  return known == all.causes.end() ? nullptr : &known->second;
}

std::string bill_page(const month_bills& all, const audit::view& seen, std::size_t first, std::size_t limit) {
  const auto last = std::min(all.tenants.size(), first + limit);
  json_text out;
  out.begin_object().member("month", to_text(all.month)).member("ledger", seen.ledger).member("epoch", seen.epoch);
  out.member("sequence", all.sequence).member("chain_head", all.chain_head).key("tenants").begin_array();
  for (auto i = first; i < last; ++i) add_bill(out, all, all.tenants[i]);
  out.end_array().text_or_null("next", last < all.tenants.size() ? all.tenants[last - 1].tenant : std::string());
  out.end_object();
  return out.take();
}

}  // namespace licaudit::api

#include "daemon/api/bill_document.hpp"

#include "daemon/api/bill_explanation.hpp"
#include "daemon/api/json_text.hpp"

#include <algorithm>
#include <cmath>

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

void add_stretch(json_text& out, const billing::held_stretch& one) {
  out.member("from", one.when.from).member("until", one.when.until).member("quantity", one.quantity);
}

void add_held(json_text& out, const std::vector<billing::held_stretch>& all) {
  out.key("held").begin_array();
  for (const auto& one : all) {
    out.begin_object();
    add_stretch(out, one);
    out.end_object();
  }
  out.end_array();
}

/// What was held and counts, with who accepted it: the last who accepted this value in or before the stretch.
void add_accepted(json_text& out, const month_bills& all, const std::string& tenant, const billing::bill_line& line) {
  out.key("accepted").begin_array();
  for (const auto& one : line.charged.accepted) {
    const bill_acceptance* by = nullptr;
    for (const auto& known : all.papers.accepted)
      if (known.tenant == tenant && known.licence == line.licence && known.quantity == one.quantity &&
          known.from < one.when.until)
        by = &known;
    out.begin_object();
    add_stretch(out, one);
    if (by != nullptr) out.member("at", by->by.at).member("by", by->by.caller).member("operation", by->by.sequence);
    out.end_object();
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

/// Of the calculation that made the billed value; null: there is none, or it is not known any more.
const calculation_cause* cause_of(const month_bills& all, const billing::bill_line& line) {
  const auto known = all.causes.find(line.charged.sequence);
  return known == all.causes.end() ? nullptr : &known->second;
}

/// How much of what is charged is included, where the licence has a limit that says so. A sum says nothing of it: what
/// is included is each tenant's own.
std::optional<amount> included_in(const billing::bill_line& line, const licence* known) {
  if (known == nullptr || !known->terms.limit || line.peak_of_sum || !line.charged.quantity) return std::nullopt;
  return whole_amount(known->terms.limit->included);
}

amount over_of(const billing::bill_line& line, amount included) {
  return {std::max<std::int64_t>(0, line.charged.quantity->millionths - included.millionths)};
}

std::vector<std::string> explanation_of(const month_bills& all, const billing::tenant_bill& bill,
                                        const billing::bill_line& line, const licence* known, const time_zone& zone) {
  auto said = explain(line, bill.month, zone, cause_of(all, line), bill.running);
  if (const auto included = included_in(line, known)) {
    const auto unit = known->terms.limit->unit.empty() ? std::string() : ' ' + known->terms.limit->unit;
    said.push_back("Included: " + to_text(*included) + unit + "; above that: " + to_text(over_of(line, *included)) +
                   ".");
  }
  return said;
}

void add_line(json_text& out, const month_bills& all, const billing::tenant_bill& bill, const billing::bill_line& line,
              const time_zone& zone) {
  const auto* known = all.rules.find(line.licence);
  out.begin_object().member("licence", line.licence).member("title", known == nullptr ? line.licence : known->title);
  out.member("of", word_of(line.how.of)).member("by", word_of(line.how.by));
  add_amount(out, "quantity", line.charged.quantity);
  const auto included = included_in(line, known);
  add_amount(out, "included", included);
  add_amount(out, "over", included ? std::optional(over_of(line, *included)) : std::nullopt);
  add_origin(out, line);
  out.text_or_null("parent", line.parent).member("from", line.when.from).member("until", line.when.until);
  out.member("observed_from", line.charged.observed_from);
  add_spans(out, "unobserved", line.charged.unobserved);
  add_spans(out, "degraded", line.charged.degraded);
  add_held(out, line.charged.held);
  add_accepted(out, all, bill.tenant, line);
  out.member("aggregated", line.peak_of_sum.has_value());
  add_peak_of_sum(out, line);
  out.member("not_billable", line.not_billable);
  out.member("explanation", explanation_of(all, bill, line, known, zone)).end_object();
}

bool concerns(const bill_correction& one, const std::string& tenant) {
  return one.tenant == tenant || std::find(one.above.begin(), one.above.end(), tenant) != one.above.end();
}

void add_corrections(json_text& out, const month_bills& all, const bill_sheet& sheet) {
  out.key("corrections").begin_array();
  for (const auto& one : all.papers.corrected) {
    if (!concerns(one, sheet.tenant)) continue;
    out.begin_object().member("tenant", one.tenant).member("licence", one.licence);
    add_amount(out, "was", one.was);
    out.member("quantity", one.quantity);
    add_amount(out, "difference", one.difference());
    out.member("reason", one.reason).member("at", one.by.at).member("by", one.by.caller);
    out.member("operation", one.by.sequence).end_object();
  }
  out.end_array();
}

void add_life(json_text& out, const month_bills& all, const bill_sheet& sheet, const json::object& form) {
  const auto corrections = std::count_if(all.papers.corrected.begin(), all.papers.corrected.end(),
                                         [&sheet](const bill_correction& one) { return concerns(one, sheet.tenant); });
  out.begin_object().member("state", state_of(sheet)).member("revision", 1 + corrections);
  out.key("closed");
  if (sheet.closed)
    out.begin_object()
        .member("at", sheet.closed->by.at)
        .member("by", sheet.closed->by.caller)
        .member("operation", sheet.closed->by.sequence)
        .end_object();
  else
    out.add(nullptr);
  add_corrections(out, all, sheet);
  out.key("charged").begin_array();
  for (const auto& one : charged_of(all, sheet, form)) {
    out.begin_object().member("licence", one.licence);
    add_amount(out, "quantity", one.quantity);
    out.end_object();
  }
  out.end_array().end_object();
}

}  // namespace

std::optional<amount> amount_of(const json::value& quantity) {
  if (quantity.is_int64()) return whole_amount(quantity.as_int64());
  if (quantity.is_uint64()) return whole_amount(static_cast<std::int64_t>(quantity.as_uint64()));
  if (quantity.is_double()) return amount{std::llround(quantity.as_double() * double{millionths_of_one})};
  return std::nullopt;
}

std::string bill_form(const month_bills& all, const bill_sheet& sheet) {
  if (sheet.closed) return sheet.closed->form;
  const auto& bill = *sheet.counted;
  const auto zone = zone_of(bill);
  json_text out;
  out.begin_object().member("tenant", bill.tenant).member("name", bill.name).text_or_null("parent", bill.parent);
  out.text_or_null("contract_number", bill.contract_number);
  out.member("zone", zone.name()).member("aggregated", bill.aggregated);
  out.member("since", bill.month.from).member("until", bill.month.until).key("licences").begin_array();
  for (const auto& line : bill.lines) add_line(out, all, bill, line, zone);
  out.end_array().end_object();
  return out.take();
}

std::string bill_document(const month_bills& all, const bill_sheet& sheet) {
  std::string form = bill_form(all, sheet);
  json_text life;
  add_life(life, all, sheet, parse_json(form).value().as_object());
  form.back() = ',';
  return form + life.take().substr(1);
}

std::vector<charged_licence> charged_of(const month_bills& all, const bill_sheet& sheet, const json::object& form) {
  std::vector<charged_licence> made;
  for (const auto& line : form.at("licences").as_array()) {
    const auto& licence = line.at("licence").as_string();
    if (made.empty() || made.back().licence != licence) made.push_back({std::string(licence), std::nullopt});
    if (const auto quantity = amount_of(line.at("quantity")))
      made.back().quantity = amount{made.back().quantity.value_or(amount{}).millionths + quantity->millionths};
  }
  for (const auto& one : all.papers.corrected) {
    if (!concerns(one, sheet.tenant)) continue;
    for (auto& charged : made) {
      if (charged.licence != one.licence) continue;
      charged.quantity = one.tenant == sheet.tenant
                             ? whole_amount(one.quantity)
                             : amount{charged.quantity.value_or(amount{}).millionths + one.difference().millionths};
    }
  }
  return made;
}

const char* state_of(const bill_sheet& sheet) {
  if (sheet.closed) return "closed";
  return sheet.counted->running ? "open" : "ready";
}

std::string witness_form(const bill_witness& witness, const std::vector<std::string>& with) {
  json_text out;
  out.begin_object().member("ledger", witness.ledger).member("epoch", witness.epoch);
  out.member("sequence", witness.sequence).member("chain_head", witness.chain_head).member("with", with).end_object();
  return out.take();
}

bill_witness witness_from(const std::string& form) {
  const auto parsed = parse_json(form);
  bill_witness made;
  if (!parsed) return made;
  json_reader in(*parsed, "witness");
  made.ledger = in.text("ledger");
  made.epoch = in.integer("epoch");
  made.sequence = in.integer("sequence");
  made.chain_head = in.text("chain_head");
  return made;
}

}  // namespace licaudit::api

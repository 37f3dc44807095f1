#include "plain_history.hpp"

#include "model/json.hpp"
#include "tests/daemon/ledger/raw_sqlite.hpp"

#include <utility>

namespace licaudit::app {

namespace {

using row = std::vector<std::string>;

void take_order(plain_tenant& of, const json::object& after) {
  for (const auto& [licence, quantity] : after) of.bought[std::string(licence)] = quantity.as_int64();
}

plain_tenant created(const json::object& record) {
  plain_tenant made;
  made.parent = record.at("parent").as_string();
  if (const auto* zone = record.if_contains("time_zone")) made.zone = zone->as_string();
  if (const auto* acquired = record.if_contains("acquired")) take_order(made, acquired->as_object());
  return made;
}

void take_change(plain_tenants& all, const std::string& id, const json::object& detail) {
  if (detail.at("before").is_null()) {
    all[id] = created(detail.at("after").as_object());
    return;
  }
  auto& of = all.at(id);
  if (detail.at("after").is_null()) {
    of.exists = false;
    return;
  }
  const auto& after = detail.at("after").as_object();
  if (const auto* enabled = after.if_contains("enabled")) of.enabled = enabled->as_bool();
  if (const auto* parent = after.if_contains("parent")) {
    of.parent = parent->as_string();
    ++of.moves;
  }
}

plain_acceptance accepted_by(const std::string& tenant, const json::object& detail) {
  return {std::string(detail.at("month").as_string()), tenant, std::string(detail.at("licence").as_string()),
          parse_rfc3339(detail.at("from").as_string()).value(), detail.at("quantity").as_int64()};
}

plain_correction corrected_by(const std::string& tenant, const json::object& detail) {
  return {std::string(detail.at("month").as_string()), tenant, std::string(detail.at("licence").as_string()),
          detail.at("after").as_int64()};
}

void take_operation(plain_history& into, plain_tenants& all, const row& one) {
  const auto& type = one[1];
  const auto& tenant = one[2];
  const auto parsed = parse_json(one[3]).value();
  const auto& detail = parsed.as_object();
  if (type == "order") take_order(all.at(tenant), detail.at("after").as_object());
  if (type == "tenant") take_change(all, tenant, detail);
  if (type == "bill-accept") into.accepted.push_back(accepted_by(tenant, detail));
  if (type == "bill-correct") into.corrected.push_back(corrected_by(tenant, detail));
}

void take_tally(plain_tenants& all, const row& one) {
  auto& of = all.at(one[1]);
  const auto& licence = one[2];
  const auto& factor = one[3];
  const auto flags = std::stoll(one[6]);
  if (factor.empty() && flags == 64) {
    of.shown.erase(licence);
    return;
  }
  auto& shown = of.shown[licence];
  if (!factor.empty()) {
    shown.counts[factor] = flags == 64 ? 0 : std::stoll(one[4]);
    return;
  }
  shown.acquired = one[5].empty() ? std::nullopt : std::optional<std::int64_t>(std::stoll(one[5]));
  shown.state = static_cast<tally_state>(flags);
}

}  // namespace

plain_history history_of(const std::filesystem::path& ledger, const std::string& root_zone) {
  ledger::raw_sqlite db(ledger);
  const auto operations = db.rows(
      "SELECT o.sequence, o.type, o.tenant, p.form ->> '$.detail' FROM operation o JOIN payload p USING (sequence)"
      " ORDER BY o.sequence");
  const auto calculations = db.rows("SELECT sequence, at FROM calculation ORDER BY sequence");
  // The rows of factors first: a licence that is shown no more takes its factors along.
  const auto tallies = db.rows(
      "SELECT r.sequence, t.id, i.licence, i.factor, r.n1, r.n2, r.flags FROM tally r JOIN tenant t ON t.number ="
      " r.tenant JOIN item i ON i.number = r.item WHERE i.licence <> '' ORDER BY r.sequence, i.factor DESC");
  plain_history made;
  plain_tenants all;
  all["host"].zone = root_zone;
  auto operation = operations.begin();
  auto tally = tallies.begin();
  for (const auto& one : calculations) {
    const auto sequence = std::stoll(one[0]);
    for (; operation != operations.end() && std::stoll((*operation)[0]) < sequence; ++operation)
      take_operation(made, all, *operation);
    for (; tally != tallies.end() && std::stoll((*tally)[0]) == sequence; ++tally) take_tally(all, *tally);
    const auto at = from_milliseconds(std::stoll(one[1]));
    if (!made.moments.empty()) made.moments.back().until = at;
    made.moments.push_back({at, instant::max(), sequence, all});
  }
  for (; operation != operations.end(); ++operation) take_operation(made, all, *operation);
  return made;
}

}  // namespace licaudit::app

// What a restart reads: the state in force, from dated rows.
#include "daemon/ledger/database.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/ledger/row_forms.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace licaudit::ledger {

std::vector<stored_tenant> ledger::tenants() {
  std::vector<stored_tenant> all;
  auto rows = database_->query(
      "SELECT t.id, v.origin, v.form IS NULL, (SELECT form FROM tenant_version WHERE tenant = t.number"
      "   AND form IS NOT NULL ORDER BY sequence DESC LIMIT 1)"
      " FROM tenant t CROSS JOIN tenant_version v ON v.tenant = t.number AND v.sequence ="
      " (SELECT max(sequence) FROM tenant_version WHERE tenant = t.number) ORDER BY t.number");
  while (rows.next()) {
    auto& one = all.emplace_back();
    one.id = rows.text(0);
    one.origin = rows.text(1);
    one.gone = rows.integer(2) != 0;
    if (!rows.is_null(3)) one.record = tenant_of(rows.text(3));
  }
  return all;
}

void ledger::each_subject(const std::function<void(subject_number, const subject&)>& take) {
  auto rows = database_->query(
      "SELECT s.number, t.id, s.kind, s.id, v.quantity, v.fields FROM subject s"
      " CROSS JOIN subject_version v ON v.subject = s.number AND v.sequence ="
      " (SELECT max(sequence) FROM subject_version WHERE subject = s.number)"
      " JOIN tenant t ON t.number = s.tenant WHERE v.fields IS NOT NULL ORDER BY s.number");
  while (rows.next())
    take(rows.integer(0),
         subject_of({std::string(rows.text(1)), static_cast<subject_kind>(rows.integer(2)), std::string(rows.text(3))},
                    rows.integer(4), rows.text(5)));
}

namespace {

std::optional<bool> flag_of(const rows& row, int column) {
  const auto value = row.optional_integer(column);
  return value ? std::optional(*value != 0) : std::nullopt;
}

}  // namespace

std::vector<stored_decision> ledger::decisions() {
  std::vector<stored_decision> all;
  auto rows = database_->query(
      "SELECT t.id, d.item, d.value FROM decision d JOIN tenant t ON t.number = d.tenant WHERE d.sequence ="
      " (SELECT max(sequence) FROM decision WHERE tenant = d.tenant AND item = d.item) AND d.value IS NOT NULL");
  while (rows.next()) all.push_back({std::string(rows.text(0)), std::string(rows.text(1)), flag_of(rows, 2)});
  return all;
}

std::vector<stored_decision> ledger::pending_switches() {
  std::vector<stored_decision> all;
  auto rows =
      database_->query("SELECT t.id, p.item, p.value FROM pending_switch p JOIN tenant t ON t.number = p.tenant");
  while (rows.next()) all.push_back({std::string(rows.text(0)), std::string(rows.text(1)), flag_of(rows, 2)});
  return all;
}

std::vector<stored_tally> ledger::tallies() {
  std::vector<stored_tally> all;
  // The first calculation of a month writes every number, so the last month says it all.
  auto rows = database_->query(
      "SELECT t.id, r.item, i.licence, i.factor, r.n1, r.n2, r.flags, r.since FROM tally r"
      " JOIN tenant t ON t.number = r.tenant JOIN item i ON i.number = r.item"
      " WHERE r.month = (SELECT month FROM calculation ORDER BY sequence DESC LIMIT 1)"
      " ORDER BY r.tenant, r.item, r.sequence");
  std::int64_t last_item = -1;
  while (rows.next()) {
    if (all.empty() || all.back().tenant != rows.text(0)) {
      all.push_back({std::string(rows.text(0)), {}});
      last_item = -1;
    }
    auto& of = all.back().rows;
    if (rows.integer(1) == last_item) of.pop_back();
    last_item = rows.integer(1);
    of.push_back(tally_row_of(rows, 2));
  }
  return all;
}

std::vector<sound_value> ledger::sound_values() {
  std::vector<sound_value> all;
  auto rows = database_->query(
      "SELECT t.id, i.licence, s.licensed, s.source, s.run FROM sound s"
      " JOIN tenant t ON t.number = s.tenant JOIN item i ON i.number = s.item");
  while (rows.next())
    all.push_back({std::string(rows.text(0)), std::string(rows.text(1)), rows.integer(2), std::string(rows.text(3)),
                   rows.integer(4)});
  return all;
}

std::vector<held_difference> ledger::held() {
  std::vector<held_difference> all;
  auto rows = database_->query(
      "SELECT s.name, t.id, h.run, h.reason, h.form FROM held h"
      " JOIN source s ON s.number = h.source JOIN tenant t ON t.number = h.tenant");
  while (rows.next())
    all.push_back({std::string(rows.text(0)), std::string(rows.text(1)), rows.integer(2), std::string(rows.text(3)),
                   std::string(rows.text(4))});
  return all;
}

std::vector<stored_source> ledger::sources() {
  std::vector<stored_source> all;
  auto rows = database_->query(
      "SELECT s.name, s.cursor, (SELECT ended FROM run WHERE source = s.number AND state <> 'failed' ORDER BY id DESC "
      "LIMIT 1),"
      " (SELECT max(id) FROM run WHERE source = s.number),"
      " (SELECT count(*) FROM run WHERE source = s.number AND id >"
      "   (SELECT coalesce(max(id), 0) FROM run WHERE source = s.number AND state <> 'failed')),"
      " (SELECT json_extract(form, '$.problem') FROM run WHERE source = s.number ORDER BY id DESC LIMIT 1)"
      " FROM source s");
  while (rows.next()) {
    stored_source one;
    one.name = rows.text(0);
    one.cursor = rows.text(1);
    if (const auto ended = rows.optional_integer(2)) one.last_good = from_milliseconds(*ended);
    one.last_run = rows.optional_integer(3).value_or(0);
    one.failed_since_good = rows.integer(4);
    one.last_failed = one.failed_since_good > 0;
    one.problem = rows.text(5);
    all.push_back(std::move(one));
  }
  for (auto& one : all) {
    auto fed = database_->query(
        "SELECT DISTINCT t.id FROM given g JOIN subject s ON s.number = g.subject JOIN tenant t ON t.number = s.tenant"
        " WHERE g.source = (SELECT number FROM source WHERE name = ?1) ORDER BY t.id",
        one.name);
    while (fed.next()) one.tenants.emplace_back(fed.text(0));
  }
  return all;
}

std::vector<std::string> ledger::source_names() {
  std::vector<std::string> names;
  auto rows = database_->query("SELECT name FROM source ORDER BY name");
  while (rows.next()) names.emplace_back(rows.text(0));
  return names;
}

std::map<std::string, std::int64_t, std::less<>> ledger::given_counts(const std::string& source) {
  std::map<std::string, std::int64_t, std::less<>> counts;
  auto rows = database_->query(
      "SELECT t.id, count(*) FROM given g JOIN subject s ON s.number = g.subject JOIN tenant t ON t.number = s.tenant"
      " WHERE g.source = (SELECT number FROM source WHERE name = ?1) GROUP BY t.id",
      source);
  while (rows.next()) counts.emplace(std::string(rows.text(0)), rows.integer(1));
  return counts;
}

std::vector<finding> ledger::findings() {
  std::vector<finding> all;
  auto rows = database_->query("SELECT form FROM finding");
  while (rows.next())
    if (auto parsed = parse_json(rows.text(0)))
      if (auto one = finding_from_json(*parsed)) all.push_back(std::move(*one));
  return all;
}

std::optional<stored_calculation> ledger::last_calculation() {
  auto rows = database_->query("SELECT sequence FROM calculation ORDER BY sequence DESC LIMIT 1");
  return rows.next() ? calculation(rows.integer(0)) : std::nullopt;
}

std::optional<stored_calculation> ledger::calculation(std::int64_t sequence) {
  auto rows = database_->query(
      "SELECT c.at, p.form FROM calculation c LEFT JOIN payload p USING (sequence) WHERE c.sequence = ?1", sequence);
  if (!rows.next()) return std::nullopt;
  return calculation_of(sequence, rows.integer(0), rows.text(1));
}

std::optional<std::pair<std::string, instant>> ledger::rules_text() {
  auto rows = database_->query(
      "SELECT r.form, e.at FROM rule_effect e JOIN rule_text r USING (name) ORDER BY e.sequence DESC LIMIT 1");
  if (!rows.next()) return std::nullopt;
  return std::pair(std::string(rows.text(0)), from_milliseconds(rows.integer(1)));
}

instant ledger::last_instant() {
  auto rows = database_->query("SELECT at FROM entry ORDER BY sequence DESC LIMIT 1");
  return from_milliseconds(rows.next() ? rows.integer(0) : 0);
}

given_inventory ledger::given(const std::string& source) {
  given_inventory all;
  std::unordered_map<std::int64_t, std::uint32_t> places;
  auto rows = database_->query(
      "SELECT g.line, g.subject, s.tenant, t.id FROM given g JOIN subject s ON s.number = g.subject"
      " JOIN tenant t ON t.number = s.tenant"
      " WHERE g.source = (SELECT number FROM source WHERE name = ?1) ORDER BY g.subject",
      source);
  while (rows.next()) {
    const auto [place, added] = places.emplace(rows.integer(2), static_cast<std::uint32_t>(all.tenants.size()));
    if (added) all.tenants.emplace_back(rows.text(3));
    given_subject one{};
    const auto line = rows.text(0);
    std::memcpy(one.line.data(), line.data(), std::min(line.size(), one.line.size()));
    one.number = rows.integer(1);
    one.tenant = place->second;
    all.subjects.push_back(one);
  }
  return all;
}

std::string ledger::cursor(const std::string& source) {
  auto rows = database_->query("SELECT cursor FROM source WHERE name = ?1", source);
  return rows.next() ? std::string(rows.text(0)) : std::string();
}

}  // namespace licaudit::ledger

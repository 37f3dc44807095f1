// What a restart reads: the state in force, from dated rows.
#include "daemon/ledger/calculation_form.hpp"
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
  std::unordered_map<std::int64_t, std::string> tenants;
  for (auto all = database_->query("SELECT number, id FROM tenant"); all.next();)
    tenants.emplace(all.integer(0), all.text(1));
  // Both in the order of their numbers, side by side: to look each version up by itself takes twice as long.
  auto subjects = database_->query("SELECT number, tenant, kind, id FROM subject ORDER BY number");
  auto versions = database_->query("SELECT subject, quantity, fields FROM subject_version ORDER BY place");
  bool more = versions.next();
  while (more && subjects.next()) {
    const auto number = subjects.integer(0);
    while (more && versions.integer(0) < number) more = versions.next();
    std::string fields;
    std::int64_t quantity = 0;
    for (; more && versions.integer(0) == number; more = versions.next()) {
      fields = versions.text(2);  // the last one holds; empty: it left
      quantity = versions.integer(1);
    }
    const auto tenant = tenants.find(subjects.integer(1));
    if (fields.empty() || tenant == tenants.end()) continue;
    take(number,
         subject_of({tenant->second, static_cast<subject_kind>(subjects.integer(2)), std::string(subjects.text(3))},
                    quantity, fields));
  }
}

std::string ledger::key_of(subject_number number) {
  auto rows = database_->query("SELECT lower(hex(key)) FROM subject WHERE number = ?1", number);
  return rows.next() ? std::string(rows.text(0)) : std::string();
}

std::vector<stored_heads> ledger::head_counts() {
  std::vector<stored_heads> all;
  auto rows =
      database_->query("SELECT t.id, h.users, h.numbers FROM head_count h JOIN tenant t ON t.number = h.tenant");
  while (rows.next()) all.push_back({std::string(rows.text(0)), rows.integer(1), rows.integer(2)});
  return all;
}

std::vector<stored_decision> ledger::decisions() {
  std::vector<stored_decision> all;
  auto rows = database_->query(
      "SELECT t.id, d.item, d.value FROM decision d JOIN tenant t ON t.number = d.tenant WHERE d.sequence ="
      " (SELECT max(sequence) FROM decision WHERE tenant = d.tenant AND item = d.item) AND d.value IS NOT NULL");
  while (rows.next()) all.push_back({std::string(rows.text(0)), std::string(rows.text(1)), rows.optional_integer(2)});
  return all;
}

std::vector<stored_decision> ledger::pending_switches() {
  std::vector<stored_decision> all;
  auto rows =
      database_->query("SELECT t.id, p.item, p.value FROM pending_switch p JOIN tenant t ON t.number = p.tenant");
  while (rows.next()) all.push_back({std::string(rows.text(0)), std::string(rows.text(1)), rows.optional_integer(2)});
  return all;
}

std::vector<stored_cart> ledger::carts() {
  std::vector<stored_cart> all;
  auto rows = database_->query(
      "SELECT t.id, c.caller, c.version, c.basis, c.lines FROM cart c JOIN tenant t ON t.number = c.tenant");
  while (rows.next()) {
    auto& one = all.emplace_back();
    one.tenant = rows.text(0);
    one.caller = rows.text(1);
    one.version = rows.integer(2);
    one.basis = rows.text(3);
    if (const auto lines = parse_json(rows.text(4)); lines && lines->is_object())
      for (const auto& [licence, change] : lines->get_object())
        if (change.is_int64()) one.lines.emplace(std::string(licence), change.get_int64());
  }
  return all;
}

std::vector<stored_move> ledger::planned_moves() {
  std::vector<stored_move> all;
  auto rows = database_->query(
      "SELECT t.id, m.parent, m.effective, m.sequence, m.caller, m.refused"
      " FROM planned_move m JOIN tenant t ON t.number = m.tenant ORDER BY m.tenant");
  while (rows.next())
    all.push_back({std::string(rows.text(0)), std::string(rows.text(1)), from_milliseconds(rows.integer(2)),
                   rows.integer(3), std::string(rows.text(4)), std::string(rows.text(5))});
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
        "SELECT t.id FROM given_count g JOIN tenant t ON t.number = g.tenant"
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
      "SELECT t.id, g.subjects FROM given_count g JOIN tenant t ON t.number = g.tenant"
      " WHERE g.source = (SELECT number FROM source WHERE name = ?1)",
      source);
  while (rows.next()) counts.emplace(std::string(rows.text(0)), rows.integer(1));
  return counts;
}

std::vector<finding> ledger::findings() {
  std::vector<finding> all;
  auto rows = database_->query(
      "SELECT f.form, a.until, a.caller, a.reason FROM finding f LEFT JOIN acknowledgement a ON a.finding = f.id");
  while (rows.next()) {
    const auto parsed = parse_json(rows.text(0));
    auto one = parsed ? finding_from_json(*parsed) : failure{errc::corrupt, "a finding in the ledger"};
    if (!one) continue;
    if (const auto until = rows.optional_integer(1))
      one->acknowledged = {from_milliseconds(*until), std::string(rows.text(2)), std::string(rows.text(3))};
    all.push_back(std::move(*one));
  }
  return all;
}

std::optional<stored_calculation> ledger::last_calculation() {
  auto rows = database_->query("SELECT sequence FROM calculation ORDER BY sequence DESC LIMIT 1");
  return rows.next() ? calculation(rows.integer(0)) : std::nullopt;
}

std::optional<stored_calculation> ledger::calculation(std::int64_t sequence) {
  auto rows = database_->query("SELECT at, cause FROM calculation WHERE sequence = ?1", sequence);
  if (!rows.next()) return std::nullopt;
  stored_calculation found;
  found.sequence = sequence;
  found.at = from_milliseconds(rows.integer(0));
  found.cause = cause_of(rows.text(1));
  auto moved = database_->query(
      "SELECT t.id, m.users_added, m.users_removed, m.users_changed, m.numbers_added, m.numbers_removed,"
      " m.numbers_changed FROM movement m JOIN tenant t ON t.number = m.tenant WHERE m.sequence = ?1",
      sequence);
  while (moved.next()) found.moved.emplace(moved.text(0), movement_of(moved, moved.text(0), 1));
  return found;
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
  all.key = identity_;
  all.folder = file_.parent_path();
  all.read_later = [this, source] { return given_subjects(source); };
  return all;
}

std::vector<given_subject> ledger::given_subjects(const std::string& source) {
  // `given` lies in the order of the subjects, whoever gives them: of a source that gives few of them, those of its
  // tenants are looked up.
  constexpr const char* through_all = "SELECT line, subject FROM given WHERE source = ?1 ORDER BY subject";
  constexpr const char* by_tenant =
      "SELECT g.line, g.subject FROM given_count c CROSS JOIN subject s ON s.tenant = c.tenant"
      " CROSS JOIN given g ON g.subject = s.number AND g.source = c.source WHERE c.source = ?1 ORDER BY g.subject";
  std::vector<given_subject> all;
  auto count = database_->query(
      "SELECT c.source, sum(subjects), (SELECT sum(subjects) FROM given_count) FROM given_count c"
      " WHERE c.source = (SELECT number FROM source WHERE name = ?1) GROUP BY c.source",
      source);
  if (!count.next()) return all;
  all.reserve(static_cast<std::size_t>(count.integer(1)));
  auto rows = database_->query(count.integer(1) * 4 < count.integer(2) ? by_tenant : through_all, count.integer(0));
  while (rows.next()) {
    given_subject one{};
    const auto line = rows.text(0);
    std::memcpy(one.line.data(), line.data(), std::min(line.size(), one.line.size()));
    one.number = rows.integer(1);
    all.push_back(one);
  }
  return all;
}

std::string ledger::cursor(const std::string& source) {
  auto rows = database_->query("SELECT cursor FROM source WHERE name = ?1", source);
  return rows.next() ? std::string(rows.text(0)) : std::string();
}

}  // namespace licaudit::ledger

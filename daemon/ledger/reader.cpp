#include "daemon/ledger/reader.hpp"

#include "daemon/ledger/database.hpp"
#include "daemon/ledger/peaks.hpp"
#include "daemon/ledger/reading.hpp"
#include "daemon/ledger/retention.hpp"
#include "daemon/ledger/row_forms.hpp"
#include "daemon/ledger/version_place.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace licaudit::ledger {

result<std::unique_ptr<reader>> reader::open(const std::filesystem::path& file,
                                             std::shared_ptr<const reading_gate> gate) {
  auto opened = database::open(file, database::mode::read_only);
  if (!opened) return opened.error();
  (*opened)->bound_reading(std::move(gate));
  return std::unique_ptr<reader>(new reader(std::move(*opened)));
}

reader::reader(std::unique_ptr<database> open) : database_(std::move(open)) {}

reader::~reader() = default;

namespace {

/// A switch of a tenant or of one above it, as of a calculation.
void add_switches(database& db, const std::string& tenant, std::int64_t sequence,
                  std::map<std::string, bool, std::less<>>& nearest) {
  auto rows = db.query(
      "SELECT substr(d.item, 8), d.value FROM decision d JOIN tenant t ON t.number = d.tenant"
      " WHERE t.id = ?1 AND d.item LIKE 'switch:%' AND d.sequence ="
      " (SELECT max(sequence) FROM decision WHERE tenant = d.tenant AND item = d.item AND sequence <= ?2)",
      tenant, sequence);
  while (rows.next())
    if (const auto value = rows.optional_integer(1)) nearest.emplace(std::string(rows.text(0)), *value != 0);
}

bool is_enabled(database& db, const std::string& tenant, std::int64_t sequence) {
  auto rows = db.query(
      "SELECT d.value FROM decision d JOIN tenant t ON t.number = d.tenant WHERE t.id = ?1 AND d.item = 'enabled'"
      " AND d.sequence <= ?2 ORDER BY d.sequence DESC LIMIT 1",
      tenant, sequence);
  return !rows.next() || rows.optional_integer(0).value_or(1) != 0;
}

/// The last record given by then, and whether its origin had given it up since.
struct tenant_version {
  std::optional<tenant> record;
  bool gone = false;
};

tenant_version version_at(database& db, const std::string& tenant, std::int64_t sequence) {
  tenant_version found;
  auto rows = db.query(
      "SELECT form FROM tenant_version WHERE tenant = (SELECT number FROM tenant WHERE id = ?1) AND sequence <= ?2"
      " ORDER BY sequence DESC",
      tenant, sequence);
  while (!found.record && rows.next()) {
    found.gone = found.gone || rows.is_null(0);
    if (!rows.is_null(0)) found.record = tenant_of(rows.text(0));
  }
  return found;
}

}  // namespace

std::string rules_text_at(database& db, std::int64_t sequence) {
  auto rows = db.query(
      "SELECT r.form FROM rule_effect e JOIN rule_text r USING (name) WHERE e.sequence <= ?1"
      " ORDER BY e.sequence DESC LIMIT 1",
      sequence);
  return rows.next() ? std::string(rows.text(0)) : std::string();
}

namespace {

operation operation_of(const rows& row) {
  operation one;
  one.sequence = row.integer(0);
  one.at = from_milliseconds(row.integer(1));
  one.type = row.text(2);
  one.caller = row.text(3);
  one.tenant = row.text(4);
  const auto form = parse_json(row.text(5));
  if (!form || !form->is_object()) return one;
  if (const auto* text = form->as_object().if_contains("text"); text != nullptr && text->is_string())
    one.text = text->as_string();
  if (const auto* detail = form->as_object().if_contains("detail"); detail != nullptr && detail->is_object())
    one.detail = detail->as_object();
  return one;
}

}  // namespace

result<dated_tenant> reader::tenant_at(const std::string& tenant, instant at) const {
  return reading(*database_, [&]() -> result<dated_tenant> {
    const auto in_force = calculation_at(*database_, at);
    if (!in_force)
      return failure{errc::unknown, "nothing was calculated by " + to_rfc3339(at) + "; ask for a later instant"};
    dated_tenant found;
    found.sequence = in_force->sequence;
    found.at = in_force->at;
    std::set<std::string> seen;
    for (std::string id = tenant; !id.empty() && seen.insert(id).second;) {
      auto version = version_at(*database_, id, found.sequence);
      if (!version.record && id == tenant)
        return failure{errc::unknown, "tenant " + tenant + " did not exist by " + to_rfc3339(at)};
      add_switches(*database_, id, found.sequence, found.switches);
      found.disabled = found.disabled || version.gone || !is_enabled(*database_, id, found.sequence);
      const std::string parent = version.record ? version.record->parent : std::string();
      if (id == tenant) found.record = std::move(*version.record);
      id = parent;
    }
    found.rules = rules_text_at(*database_, found.sequence);
    return found;
  });
}

namespace {

/// A failure if they are kept no more.
std::optional<failure> subjects_kept_no_more(database& db, std::int64_t sequence) {
  const auto gone = subjects_removed(db);
  if (sequence >= gone.sequence) return std::nullopt;
  return failure{errc::unknown, "who held what before " + to_rfc3339(gone.before).substr(0, 10) +
                                    " is no longer kept (retention.subjects); ask for a later instant"};
}

/// From key, kind, id, quantity and fields of a row; without fields it left.
dated_subject dated_subject_of(const rows& row, const std::string& tenant) {
  subject_name name{tenant, static_cast<subject_kind>(row.integer(1)), std::string(row.text(2))};
  dated_subject made{std::string(row.text(0)), {}};
  if (row.is_null(4))
    made.value.name = std::move(name);
  else
    made.value = subject_of(std::move(name), row.integer(3), row.text(4));
  return made;
}

}  // namespace

result<std::vector<dated_subject>> reader::subjects_at(const std::string& tenant, std::int64_t sequence) const {
  return reading(*database_, [&]() -> result<std::vector<dated_subject>> {
    if (auto gone = subjects_kept_no_more(*database_, sequence)) return std::move(*gone);
    std::vector<dated_subject> all;
    auto rows = database_->query(
        "SELECT lower(hex(s.key)), s.kind, s.id, v.quantity, v.fields FROM subject s"
        " CROSS JOIN subject_version v ON v.place ="
        " (SELECT max(place) FROM subject_version WHERE place BETWEEN s.number << 32 AND s.number << 32 | ?2)"
        " WHERE s.tenant = (SELECT number FROM tenant WHERE id = ?1) AND v.fields IS NOT NULL"
        " ORDER BY s.kind, s.id",
        tenant, std::min(sequence, last_sequence));
    while (rows.next()) all.push_back(dated_subject_of(rows, tenant));
    return all;
  });
}

result<std::vector<subject_change>> reader::subject_changes(const std::string& tenant, std::int64_t behind,
                                                            std::int64_t up_to) const {
  return reading(*database_, [&]() -> result<std::vector<subject_change>> {
    if (auto gone = subjects_kept_no_more(*database_, behind)) return std::move(*gone);
    std::vector<subject_change> all;
    auto rows = database_->query(
        "SELECT lower(hex(s.key)), s.kind, s.id, v.quantity, v.fields, v.sequence FROM subject s"
        " CROSS JOIN subject_version v ON v.place > s.number << 32 | ?2 AND v.place <= s.number << 32 | ?3"
        " WHERE s.tenant = (SELECT number FROM tenant WHERE id = ?1) ORDER BY v.sequence, s.kind, s.id",
        tenant, std::min(behind, last_sequence), std::min(up_to, last_sequence));
    while (rows.next()) all.push_back({rows.integer(5), dated_subject_of(rows, tenant), rows.is_null(4)});
    return all;
  });
}

result<std::vector<licensed_peak>> reader::peaks(instant since, instant until) const {
  return licensed_peaks(*database_, since, until);
}

result<std::vector<operation>> reader::operations(const operation_query& query) const {
  return reading(*database_, [&]() -> result<std::vector<operation>> {
    const std::string tenants = canonical_json(text_array(query.tenants));
    std::vector<operation> all;
    auto rows = database_->query(
        "SELECT o.sequence, o.at, o.type, o.caller, o.tenant, p.form FROM operation o LEFT JOIN payload p USING "
        "(sequence)"
        " WHERE o.at >= ?1 AND o.at < ?2 AND o.sequence > ?3 AND (?4 = '' OR o.type = ?4) AND (?5 = '' OR o.caller = "
        "?5)"
        " AND (?6 = '[]' OR o.tenant IN (SELECT value FROM json_each(?6))) ORDER BY o.sequence LIMIT ?7",
        to_milliseconds(query.since), to_milliseconds(query.until), query.after, query.type, query.caller, tenants,
        static_cast<std::int64_t>(query.limit));
    for (std::size_t bytes = 0; bytes <= most_operation_bytes && rows.next();) {
      bytes += rows.text(5).size();
      all.push_back(operation_of(rows));
    }
    return all;
  });
}

result<std::vector<source_run>> reader::runs(const std::string& source, std::int64_t before, std::size_t limit) const {
  return reading(*database_, [&]() -> result<std::vector<source_run>> {
    std::vector<source_run> all;
    auto rows = database_->query(
        "SELECT id, form FROM run WHERE source = (SELECT number FROM source WHERE name = ?1)"
        " AND id < ?2 ORDER BY id DESC LIMIT ?3",
        source, before == 0 ? std::numeric_limits<std::int64_t>::max() : before, static_cast<std::int64_t>(limit));
    while (rows.next()) {
      const auto form = parse_json(rows.text(1));
      if (!form) throw storage_error("a run: " + form.error().detail, false);
      auto run = source_run_from_json(*form);
      if (!run) throw storage_error("a run: " + run.error().detail, false);
      run->id = rows.integer(0);
      all.push_back(std::move(*run));
    }
    return all;
  });
}

result<rules_in_force> reader::rules_at(instant at) const {
  return reading(*database_, [&]() -> result<rules_in_force> {
    auto rows = database_->query(
        "SELECT e.sequence, e.at, e.name, r.form FROM rule_effect e JOIN rule_text r USING (name)"
        " WHERE e.at <= ?1 ORDER BY e.sequence DESC LIMIT 1",
        to_milliseconds(at));
    if (!rows.next())
      return failure{errc::unknown, "no rules were in force by " + to_rfc3339(at) + "; ask for a later instant"};
    return rules_in_force{rows.integer(0), from_milliseconds(rows.integer(1)), std::string(rows.text(2)),
                          std::string(rows.text(3))};
  });
}

}  // namespace licaudit::ledger

// Walks the ledger as an auditor would who trusts nothing but the head of the chain.
#include "daemon/ledger/bill_rows.hpp"
#include "daemon/ledger/calculation_form.hpp"
#include "daemon/ledger/chain.hpp"
#include "daemon/ledger/count_check.hpp"
#include "daemon/ledger/reader.hpp"
#include "daemon/ledger/reading.hpp"
#include "daemon/ledger/retention.hpp"
#include "daemon/ledger/row_forms.hpp"
#include "daemon/ledger/tally_replay.hpp"

#include <algorithm>
#include <map>

namespace licaudit::ledger {

namespace {

constexpr std::size_t most_problems = 100;

/// Empty if the member is absent or no text.
std::string_view text_of(const json::object& form, std::string_view member) {
  const auto* value = form.if_contains(member);
  return value != nullptr && value->is_string() ? std::string_view(value->as_string()) : std::string_view();
}

// Entries with what stands under their hash, and the rows that repeat it in columns.
constexpr const char* whole_chain =
    "SELECT e.sequence, e.kind, e.at, e.payload, e.previous, e.hash, p.form,"
    " o.sequence, o.at, o.type, o.caller, o.tenant, c.sequence, c.at, c.month, c.scope, c.cause FROM entry e"
    " LEFT JOIN payload p USING (sequence) LEFT JOIN operation o USING (sequence) LEFT JOIN calculation c USING "
    "(sequence)"
    " ORDER BY e.sequence";
enum column {
  sequence,
  kind,
  at,
  payload,
  previous,
  hash,
  form,
  o_sequence,
  o_at,
  o_type,
  o_caller,
  o_tenant,
  c_sequence,
  c_at,
  c_month,
  c_scope,
  c_cause
};

class inspection {
 public:
  explicit inspection(database& db) : db_(db), gone_(retained_in(db)) {}

  verification run(bool full) {
    walk_chain();
    find_strangers();
    replay_tallies();
    compare_movements();
    compare_bills();
    if (full) {
      compare_versions();
      compare_rules();
      compare_counts();
    }
    return std::move(found_);
  }

 private:
  void complain(std::int64_t entry, const std::string& what) { complain("entry " + std::to_string(entry), what); }
  void complain(const std::string& of, const std::string& what) {
    if (found_.problems.size() < most_problems) found_.problems.push_back(of + ": " + what);
  }

  /// Each entry against what it says itself and against the one before as it is stored, so that one damage is one
  /// problem and not one for every entry after it.
  void walk_chain() {
    chain_head head;
    auto entries = db_.query(whole_chain);
    while (entries.next()) {
      ++found_.entries;
      const std::int64_t number = entries.integer(column::sequence);
      if (number != head.sequence + 1) complain(number, "the entry before it is missing");
      if (entries.text(column::previous) != bytes_of(head.hash))
        complain(number, "does not build on the entry before it");
      head = {number, digest_in(entries, column::hash)};
      const auto made = entry_hash(number, entries.text(column::kind), entries.integer(column::at),
                                   digest_in(entries, column::payload), digest_in(entries, column::previous));
      if (made != head.hash) complain(number, "its hash is not that of its content");
      take(entries, number);
    }
    found_.head = to_hex(head.hash);
  }

  digest digest_in(const rows& row, int position) {
    digest value{};
    const auto stored = row.text(position);
    if (stored.size() != value.size()) complain(row.integer(column::sequence), "a digest of it has not 32 bytes");
    std::copy_n(stored.begin(), std::min(stored.size(), value.size()), reinterpret_cast<char*>(value.data()));
    return value;
  }

  void take(const rows& row, std::int64_t number) {
    const bool may_be_gone = number <= gone_.calculations.sequence;
    if (may_be_gone && row.is_null(column::form)) return;
    if (row.is_null(column::form)) return complain(number, "its payload is missing");
    if (row.text(column::payload) != bytes_of(sha256(row.text(column::form))))
      complain(number, "its payload is not the one that was entered");
    const auto parsed = parse_json(row.text(column::form));
    if (!parsed || !parsed->is_object()) return complain(number, "its payload is no JSON");
    const auto& object = parsed->as_object();
    note_bills(number, object);
    if (may_be_gone) return;
    if (row.text(column::kind) == "operation") compare_operation(row, number, object);
    if (row.text(column::kind) == "calculation") compare_calculation(row, number, object);
    if (const auto* subjects = object.if_contains("subjects")) versions_[number] = canonical_json(*subjects);
  }

  void compare_operation(const rows& row, std::int64_t number, const json::object& object) {
    if (row.is_null(column::o_sequence)) return complain(number, "the operation's row is missing");
    if (row.integer(column::o_at) != row.integer(column::at) || row.text(column::o_type) != text_of(object, "type") ||
        row.text(column::o_caller) != text_of(object, "caller") ||
        row.text(column::o_tenant) != text_of(object, "tenant"))
      complain(number, "the operation's row differs from what was entered");
  }

  void compare_calculation(const rows& row, std::int64_t number, const json::object& object) {
    roots_[number] = text_of(object, "root");
    if (row.is_null(column::c_sequence)) return complain(number, "the calculation's row is missing");
    const auto* entered = object.if_contains("scope");
    const auto* cause = object.if_contains("cause");
    const std::string scope = entered == nullptr || entered->is_null() ? std::string() : canonical_json(*entered);
    if (row.integer(column::c_at) != row.integer(column::at) ||
        row.integer(column::c_month) != month_of(from_milliseconds(row.integer(column::at))) ||
        row.is_null(column::c_scope) != scope.empty() || row.text(column::c_scope) != scope || cause == nullptr ||
        row.text(column::c_cause) != canonical_json(*cause))
      complain(number, "the calculation's row differs from what was entered");
    if (const auto* moved = object.if_contains("moved")) movements_[number] = canonical_json(*moved);
  }

  void note_bills(std::int64_t number, const json::object& object) {
    const auto* detail = object.if_contains("detail");
    const auto* form = detail == nullptr ? nullptr : detail->if_object();
    if (const auto digest = form == nullptr ? std::string_view() : text_of(*form, "bill_rows"); !digest.empty())
      bills_[number] = digest;
  }

  /// What was decided about bills, ruling by ruling, against the digest that was entered.
  void compare_bills() {
    for (const auto month : months_with_papers(db_)) {
      std::map<std::int64_t, bill_papers> made;
      auto all = read_papers(db_, month);
      for (auto& one : all.closed) made[one.by.sequence].closed.push_back(std::move(one));
      for (auto& one : all.accepted) made[one.by.sequence].accepted.push_back(std::move(one));
      for (auto& one : all.corrected) made[one.by.sequence].corrected.push_back(std::move(one));
      for (const auto& [number, papers] : made) {
        const auto entered = bills_.find(number);
        if (entered == bills_.end() || entered->second != digest_of(month, papers))
          complain(number, "what it decided about bills is not what was entered");
        if (entered != bills_.end()) bills_.erase(entered);
      }
    }
    for (const auto& [number, digest] : bills_) complain(number, "what it decided about bills is missing");
  }

  /// What came, went and changed, tenant by tenant, against the digest that was entered.
  void compare_movements() {
    std::map<std::int64_t, movements_digest> made;
    auto rows = db_.query(
        "SELECT m.sequence, t.id, m.users_added, m.users_removed, m.users_changed, m.numbers_added,"
        " m.numbers_removed, m.numbers_changed FROM movement m LEFT JOIN tenant t ON t.number = m.tenant"
        " WHERE m.sequence > ?1 ORDER BY m.sequence, t.id",
        gone_.calculations.sequence);
    while (rows.next()) made[rows.integer(0)].add(movement_of(rows, rows.text(1), 2));
    compare_digests(made, movements_, gone_.calculations.sequence, "movements of subjects");
  }

  /// `entered`: count and digest by entry; an entry without any says so, or nothing.
  template <class Digest>
  void compare_digests(std::map<std::int64_t, Digest>& made, const std::map<std::int64_t, std::string>& entered,
                       std::int64_t gone, const std::string& what) {
    const std::string none = canonical_json(Digest().form());
    for (auto& [number, digest] : made) {
      if (number <= gone) continue;
      const auto said = entered.find(number);
      if (said == entered.end() || said->second != canonical_json(digest.form()))
        complain(number, "its " + what + " are not those that were entered");
    }
    for (const auto& [number, said] : entered)
      if (number > gone && made.find(number) == made.end() && said != none)
        complain(number, "its " + what + " are missing");
  }

  /// Rows that claim to belong to an entry that there is not.
  void find_strangers() {
    for (const auto& [what, sql] :
         {std::pair("a payload", "SELECT sequence FROM payload EXCEPT SELECT sequence FROM entry"),
          std::pair("an operation",
                    "SELECT sequence FROM operation EXCEPT SELECT sequence FROM entry WHERE kind = 'operation'"),
          std::pair("a calculation",
                    "SELECT sequence FROM calculation EXCEPT SELECT sequence FROM entry WHERE kind = 'calculation'"),
          // A calculation that retention took may have left tallies that go with the next slices.
          std::pair("tallies",
                    "SELECT DISTINCT sequence FROM tally EXCEPT SELECT sequence FROM entry WHERE kind = "
                    "'calculation'")}) {
      auto strangers = db_.query(sql);
      while (strangers.next()) complain(strangers.integer(0), std::string("has ") + what + " that was never entered");
    }
  }

  /// Each calculation's tallies, moved on row by row, must give the root that was entered.
  void replay_tallies() {
    tally_replay replay;
    const auto gone = gone_.calculations.sequence;
    if (gone > 0) replay.begin_after_retention();
    auto calculations =
        db_.query("SELECT sequence, month FROM calculation WHERE sequence > ?1 ORDER BY sequence", gone);
    auto tallies = db_.query(
        "SELECT r.sequence, t.id, r.item, r.month, i.licence, i.factor, r.n1, r.n2, r.flags, r.since FROM tally r"
        " LEFT JOIN tenant t ON t.number = r.tenant LEFT JOIN item i ON i.number = r.item WHERE r.sequence > ?1"
        " ORDER BY r.sequence",
        gone);
    bool more = tallies.next();
    while (calculations.next()) {
      ++found_.calculations;
      const std::int64_t number = calculations.integer(0);
      replay.begin_calculation(number, calculations.integer(1));
      for (; more && tallies.integer(0) <= number; more = tallies.next()) {
        if (tallies.integer(0) < number) continue;  // a stranger
        ++found_.tallies;
        if (const auto wrong = taken(replay, tallies)) complain(number, *wrong);
      }
      if (const auto missing = replay.missing()) complain(number, *missing);
      if (const auto entered = roots_.find(number); entered != roots_.end() && entered->second != to_hex(replay.root()))
        complain(number, "its tallies do not give the root that was entered");
    }
  }

  static std::optional<std::string> taken(tally_replay& replay, const rows& row) {
    if (row.is_null(1) || row.is_null(4)) return "a tally is of a tenant or item that there is not";
    return replay.take(std::string(row.text(1)), row.integer(2), row.integer(3), tally_row_of(row, 4));
  }

  void compare_versions() {
    std::map<std::int64_t, versions_digest> made;
    auto rows = db_.query(
        "SELECT v.sequence, lower(hex(s.key)), s.salt, t.id, s.kind, s.id, v.quantity, v.fields FROM subject_version v"
        " LEFT JOIN subject s ON s.number = v.subject LEFT JOIN tenant t ON t.number = s.tenant ORDER BY v.place");
    while (rows.next()) {
      if (!rows.is_null(7) && rows.text(7).empty()) complain(rows.integer(0), "a version of a subject has no form");
      const auto version =
          version_digest(rows.text(2), rows.text(3), rows.integer(4), rows.text(5), rows.integer(6), rows.text(7));
      made[rows.integer(0)].add(rows.text(1), version);
    }
    // Of these the versions that are no longer in force are gone, and with them what the digest was made of.
    const auto gone = std::max(gone_.subjects.sequence, gone_.calculations.sequence);
    compare_digests(made, versions_, gone, "versions of subjects");
  }

  /// A revision is named by the hash of its text.
  void compare_rules() {
    auto rules = db_.query("SELECT e.sequence, e.name, r.form FROM rule_effect e LEFT JOIN rule_text r USING (name)");
    while (rules.next())
      if (rules.text(1) != to_hex(sha256(rules.text(2))))
        complain(rules.integer(0), "the rules that it put in force are not those of their name");
  }

  void compare_counts() {
    for (const auto& one : wrong_counts(db_))
      complain("tenant " + one.tenant,
               one.what + " is not that of its subjects" + (one.source.empty() ? "" : ": source ") + one.source);
  }

  database& db_;
  retained gone_;
  verification found_;
  std::map<std::int64_t, std::string> roots_;                 ///< as entered, by sequence
  std::map<std::int64_t, std::string> bills_;                 ///< digests of rulings, as entered
  std::map<std::int64_t, std::string> versions_, movements_;  ///< of subjects, as entered: count and digest
};

}  // namespace

result<verification> reader::verify(bool full) const {
  return reading(
      *database_, [&]() -> result<verification> { return inspection(*database_).run(full); },
      reading_kind::whole_ledger);
}

}  // namespace licaudit::ledger

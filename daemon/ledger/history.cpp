// The dated tallies of one tenant, from rows that hold changes.
#include "daemon/ledger/calculation_form.hpp"
#include "daemon/ledger/reader.hpp"
#include "daemon/ledger/reading.hpp"
#include "daemon/ledger/row_forms.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace licaudit::ledger {

namespace {

std::optional<calculation_mark> mark_of(rows found) {
  if (!found.next()) return std::nullopt;
  return calculation_mark{found.integer(0), from_milliseconds(found.integer(1)), found.integer(2)};
}

}  // namespace

std::optional<calculation_mark> calculation_at(database& db, instant at) {
  return mark_of(
      db.query("SELECT sequence, at, month FROM calculation WHERE at <= ?1 ORDER BY at DESC, sequence DESC"
               " LIMIT 1",
               to_milliseconds(at)));
}

namespace {

/// The numbers of a tenant by item, as rows move them on.
class running_tally {
 public:
  void take(std::int64_t item, tally_row row) { rows_[item] = std::move(row); }

  /// False before the first calculation of the tenant and after it was removed.
  [[nodiscard]] bool is_shown() const {
    return std::any_of(rows_.begin(), rows_.end(),
                       [](const auto& one) { return (one.second.flags & flag_absent) == 0; });
  }

  [[nodiscard]] tenant_tally value(const std::string& tenant) const {
    std::vector<tally_row> rows;
    rows.reserve(rows_.size());
    for (const auto& [item, row] : rows_) rows.push_back(row);
    return tally_of(tenant, rows);
  }

 private:
  std::map<std::int64_t, tally_row> rows_;
};

// One month at a time: with a range of months SQLite would read the rows of all tenants.
constexpr const char* rows_of_month =
    "SELECT r.sequence, r.item, i.licence, i.factor, r.n1, r.n2, r.flags, r.since FROM tally r"
    " CROSS JOIN item i ON i.number = r.item WHERE r.month = ?1"
    " AND r.tenant = (SELECT number FROM tenant WHERE id = ?2) AND r.sequence > ?3 AND r.sequence <= ?4"
    " ORDER BY r.item, r.sequence";

constexpr const char* calculations_of_range =
    "SELECT c.sequence, c.at, c.month, c.scope IS NULL OR EXISTS (SELECT 1 FROM json_each(c.scope) WHERE value = ?4)"
    " FROM calculation c WHERE c.at >= ?1 AND c.at < ?2 AND c.sequence > ?3 ORDER BY c.at, c.sequence";

constexpr const char* cause_and_movement =
    "SELECT c.cause, m.tenant, m.users_added, m.users_removed, m.users_changed, m.numbers_added, m.numbers_removed,"
    " m.numbers_changed FROM calculation c LEFT JOIN movement m ON m.sequence = c.sequence"
    " AND m.tenant = (SELECT number FROM tenant WHERE id = ?2) WHERE c.sequence = ?1";

class history_walk {
 public:
  history_walk(database& db, const history_query& query)
      : db_(db),
        query_(query),
        limit_(std::max<std::size_t>(query.limit, 1)),
        facts_(db.statement(cause_and_movement)) {}

  history_page run() {
    begin();
    // From the calculation that the page before ended with, not from the beginning of the range again.
    auto calculations = db_.query(calculations_of_range, to_milliseconds(std::max(query_.since, start_.at)),
                                  to_milliseconds(query_.until), start_.sequence, query_.tenant);
    while (!page_.next && calculations.next()) step(calculations);
    return std::move(page_);
  }

 private:
  /// What was in force before the first calculation of the page.
  void begin() {
    auto mark = calculation_at(db_, query_.since - std::chrono::milliseconds(1));
    auto last =
        mark_of(db_.query("SELECT sequence, at, month FROM calculation WHERE sequence <= ?1"
                          " ORDER BY sequence DESC LIMIT 1",
                          query_.after));
    if (last && (!mark || last->sequence > mark->sequence)) mark = last;
    if (!mark) return;
    start_ = *mark;
    auto rows = db_.query(rows_of_month, mark->month, query_.tenant, std::int64_t{0}, mark->sequence);
    while (rows.next()) now_.take(rows.integer(1), tally_row_of(rows, 2));
    if (now_.is_shown() && query_.after == 0) page_.before = entry(last_of_tenant());
  }

  /// The calculation at or before the start whose scope held the tenant.
  calculation_mark last_of_tenant() {
    const auto found = mark_of(
        db_.query("SELECT sequence, at, month FROM calculation WHERE sequence <= ?1 AND (scope IS NULL OR EXISTS"
                  " (SELECT 1 FROM json_each(scope) WHERE value = ?2)) ORDER BY sequence DESC LIMIT 1",
                  start_.sequence, query_.tenant));
    return found.value_or(start_);
  }

  void read_changes(std::int64_t month) {
    if (month == changes_month_) return;
    changes_month_ = month;
    changes_.clear();
    auto rows =
        db_.query(rows_of_month, month, query_.tenant, start_.sequence, std::numeric_limits<std::int64_t>::max());
    while (rows.next()) changes_[rows.integer(0)].emplace_back(rows.integer(1), tally_row_of(rows, 2));
  }

  /// Whether a shown number, switch, state or acquired quantity differs from the one before.
  bool take_changes(std::int64_t sequence) {
    bool changed = false;
    if (const auto moved = changes_.find(sequence); moved != changes_.end())
      for (auto& [item, value] : moved->second) {
        changed = changed || value.since == sequence || (value.flags & flag_absent) != 0;
        now_.take(item, std::move(value));
      }
    return changed;
  }

  void step(const rows& row) {
    const calculation_mark mark{row.integer(0), from_milliseconds(row.integer(1)), row.integer(2)};
    read_changes(mark.month);
    const bool was_shown = now_.is_shown();
    const bool changed = take_changes(mark.sequence);
    // A removal is outside the scope of its calculation, as the tenant is no more; it is shown as the end all the same.
    if ((!was_shown && !now_.is_shown()) || (row.integer(3) == 0 && !changed)) return;
    // The first calculation of a range is shown also where nothing changed: a reader needs a value to start from.
    const bool first = page_.entries.empty() && query_.after == 0 && !page_.before;
    if (query_.only_changes && !changed && !first) return;
    if (page_.entries.size() == limit_) {
      page_.next = page_.entries.back().sequence;
      return;
    }
    page_.entries.push_back(entry(mark));
    page_.entries.back().changed = changed;
  }

  history_entry entry(const calculation_mark& mark) {
    history_entry made;
    made.sequence = mark.sequence;
    made.at = mark.at;
    if (db_.again(facts_, mark.sequence, query_.tenant)) {
      // One after the other is made for the same cause, mostly.
      if (facts_.text(0) != cause_text_) {
        cause_text_ = facts_.text(0);
        cause_ = cause_of(cause_text_);
      }
      made.cause = cause_;
      if (!facts_.is_null(1)) made.moved = movement_of(facts_, query_.tenant, 2);
    }
    facts_.rewind();
    made.tally = now_.value(query_.tenant);
    return made;
  }

  database& db_;
  const history_query& query_;
  std::size_t limit_;
  calculation_mark start_{0, {}, 0};
  running_tally now_;
  rows facts_;  ///< cause_and_movement
  std::string cause_text_;
  calculation_cause cause_;
  std::int64_t changes_month_ = 0;
  std::map<std::int64_t, std::vector<std::pair<std::int64_t, tally_row>>> changes_;
  history_page page_;
};

}  // namespace

result<history_page> reader::history(const history_query& query) const {
  return reading(*database_, [&]() -> result<history_page> { return history_walk(*database_, query).run(); });
}

}  // namespace licaudit::ledger

#include "daemon/ledger/retention.hpp"

#include "daemon/ledger/database.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/ledger/row_forms.hpp"
#include "daemon/ledger/transaction.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace licaudit::ledger {

namespace {

instant month_begin(instant now, std::int64_t months_ago) {
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now));
  const auto month = std::chrono::year_month(today.year(), today.month()) - std::chrono::months(months_ago);
  return std::chrono::sys_days(month / std::chrono::day(1));
}

horizon horizon_of(const json::object& detail, std::string_view name) {
  horizon found;
  const auto* part = detail.if_contains(name);
  const auto* form = part == nullptr ? nullptr : part->if_object();
  if (form == nullptr) return found;
  if (const auto* sequence = form->if_contains("sequence"); sequence != nullptr && sequence->is_int64())
    found.sequence = sequence->as_int64();
  if (const auto* before = form->if_contains("before"); before != nullptr && before->is_string())
    if (const auto at = parse_rfc3339(before->as_string())) found.before = *at;
  return found;
}

json::object form_of(const horizon& from) {
  return {{"before", to_rfc3339(from.before)}, {"sequence", from.sequence}};
}

// Something is entered every hour. An entry that is a week old says that this much time has passed, and that it was not
// the clock alone: after a leap forward the last one is that from before, until a week of work has followed the leap.
constexpr std::chrono::days proving_time{7};

/// How late it is at least; none: too early to tell.
std::optional<instant> proven_time(database& db, instant now) {
  auto proof = db.query("SELECT at FROM entry WHERE at <= ?1 ORDER BY sequence DESC LIMIT 1",
                        to_milliseconds(now - proving_time));
  if (!proof.next()) return std::nullopt;
  return std::min(now, from_milliseconds(proof.integer(0)) + proving_time);
}

std::string day_of(instant at) {
  return to_rfc3339(at).substr(0, 10);
}

// Each removes up to ?2 rows; tallies before their calculations, so that none is ever without. ?1 is a month for the
// first, an instant for the runs, else a sequence. Of runs the newest, the newest good one and those that something
// waits of stay.
struct removal {
  const char* sql;
  enum class bound { month, calculation, subject_time } by;
};
constexpr std::array removals{
    removal{"DELETE FROM tally WHERE (month, tenant, item, sequence) IN"
            " (SELECT month, tenant, item, sequence FROM tally WHERE month < ?1 LIMIT ?2)",
            removal::bound::month},
    removal{"DELETE FROM movement WHERE (sequence, tenant) IN"
            " (SELECT sequence, tenant FROM movement WHERE sequence <= ?1 ORDER BY sequence LIMIT ?2)",
            removal::bound::calculation},
    removal{"DELETE FROM calculation WHERE sequence IN"
            " (SELECT sequence FROM calculation WHERE sequence <= ?1 ORDER BY sequence LIMIT ?2)",
            removal::bound::calculation},
    removal{"DELETE FROM operation WHERE sequence IN"
            " (SELECT sequence FROM operation WHERE sequence <= ?1 ORDER BY sequence LIMIT ?2)",
            removal::bound::calculation},
    removal{"DELETE FROM payload WHERE sequence IN"
            " (SELECT sequence FROM payload WHERE sequence <= ?1"
            // What was decided about bills can be proved for ever.
            "  AND sequence NOT IN (SELECT sequence FROM bill_closed UNION SELECT sequence FROM bill_acceptance"
            "   UNION SELECT sequence FROM bill_correction) ORDER BY sequence LIMIT ?2)",
            removal::bound::calculation},
    removal{"DELETE FROM run WHERE id IN (SELECT id FROM run WHERE ended < ?1 AND id NOT IN"
            " (SELECT max(id) FROM run GROUP BY source"
            "  UNION SELECT max(id) FROM run WHERE state <> 'failed' GROUP BY source"
            "  UNION SELECT run FROM held UNION SELECT run FROM sound) LIMIT ?2)",
            removal::bound::subject_time}};

std::int64_t bound_of(removal::bound by, const retained& gone) {
  if (by == removal::bound::month) return month_of(gone.calculations.before);
  return by == removal::bound::calculation ? gone.calculations.sequence : to_milliseconds(gone.subjects.before);
}

// Of the versions up to ?3 a subject keeps the last, which says how it was from then on; none if it had left by then.
constexpr const char* superseded_versions =
    "DELETE FROM subject_version WHERE place >= (?1 + 1) << 32 AND place < (?2 + 1) << 32 AND sequence <= ?3"
    " AND (fields IS NULL OR place < (SELECT max(place) FROM subject_version v"
    "  WHERE v.place BETWEEN subject_version.subject << 32 AND subject_version.subject << 32 | ?3))";
// Who has left altogether leaves with name and fields. The last number stays: it must not be given again.
constexpr const char* forgotten_subjects =
    "DELETE FROM subject WHERE number > ?1 AND number <= ?2 AND number < (SELECT max(number) FROM subject)"
    " AND NOT EXISTS (SELECT 1 FROM subject_version WHERE place BETWEEN number << 32 AND number << 32 | 0xffffffff)"
    " AND NOT EXISTS (SELECT 1 FROM given WHERE subject = number)";

}  // namespace

retained retained_in(database& db) {
  auto rows = db.query(
      "SELECT p.form FROM operation o CROSS JOIN payload p ON p.sequence = o.sequence WHERE o.type = 'retention'"
      " ORDER BY o.sequence DESC LIMIT 1");
  if (!rows.next()) return {};
  const auto form = parse_json(rows.text(0));
  const auto* object = form ? form->if_object() : nullptr;
  const auto* detail = object == nullptr ? nullptr : object->if_contains("detail");
  if (detail == nullptr || !detail->is_object()) return {};
  return {horizon_of(detail->as_object(), "subjects"), horizon_of(detail->as_object(), "calculations")};
}

horizon subjects_removed(database& db) {
  auto rows = db.query("SELECT value FROM identity WHERE key = 'subjects_removed'");
  if (!rows.next()) return {};
  const auto form = parse_json(rows.text(0));
  return form && form->is_object() ? horizon_of(form->as_object(), "subjects") : horizon();
}

/// In the transaction of the first row that goes.
void retention::note_removal(const horizon& subjects) {
  if (subjects_removed(*book_.database_).sequence == subjects.sequence) return;
  book_.database_->run("INSERT OR REPLACE INTO identity VALUES ('subjects_removed', ?1)",
                       canonical_json(json::object{{"subjects", form_of(subjects)}}));
}

std::int64_t retention::sequence_before(instant at) {
  auto rows = book_.database_->query("SELECT max(sequence) FROM entry WHERE at < ?1", to_milliseconds(at));
  return rows.next() ? rows.integer(0) : 0;
}

std::optional<operation> retention::due(const retention_limits& limits, instant now) {
  const auto time = proven_time(*book_.database_, now);
  if (!time) return std::nullopt;
  const retained before = retained_in(*book_.database_);
  retained wanted;
  wanted.subjects.before = month_begin(*time, limits.subject_months);
  wanted.calculations.before = month_begin(*time, limits.calculation_months);
  // The month of the last calculation says how things stand: it stays, however long ago that was.
  if (const auto last = book_.last_calculation())
    wanted.calculations.before = std::min(wanted.calculations.before, month_begin(last->at, 0));
  for (auto* one : {&wanted.subjects, &wanted.calculations}) one->sequence = sequence_before(one->before);
  // Limits that were raised bring nothing back.
  if (wanted.subjects.sequence <= before.subjects.sequence) wanted.subjects = before.subjects;
  if (wanted.calculations.sequence <= before.calculations.sequence) wanted.calculations = before.calculations;
  if (wanted.subjects.sequence == before.subjects.sequence &&
      wanted.calculations.sequence == before.calculations.sequence)
    return std::nullopt;
  operation what;
  what.type = "retention";
  what.caller = "licauditd";
  what.text = "retention: who held what is kept from " + day_of(wanted.subjects.before) + " on, tallies from " +
              day_of(wanted.calculations.before) + " on";
  what.detail["subjects"] = form_of(wanted.subjects);
  what.detail["calculations"] = form_of(wanted.calculations);
  return what;
}

bool retention::remove_some(std::int64_t rows) {
  const retained gone = retained_in(*book_.database_);
  const std::int64_t horizons = gone.subjects.sequence + gone.calculations.sequence;
  if (horizons == 0 || horizons == done_) return false;
  transaction slice(book_);
  note_removal(gone.subjects);
  if (!remove_rows(gone, rows)) {
    done_ = horizons;
    next_subject_ = 0;
  }
  slice.commit();
  book_.checkpoint(false);
  return true;
}

/// One slice; false: it was the last.
bool retention::remove_rows(const retained& gone, std::int64_t rows) {
  auto& db = *book_.database_;
  for (const auto& one : removals) {
    db.run(one.sql, bound_of(one.by, gone), rows);
    if (db.changes() > 0) return true;
  }
  auto last = db.query("SELECT max(number) FROM subject");
  if (gone.subjects.sequence == 0 || !last.next() || next_subject_ >= last.integer(0)) return false;
  remove_versions(gone.subjects.sequence, rows);
  return true;
}

void retention::remove_versions(std::int64_t upto, std::int64_t rows) {
  auto& db = *book_.database_;
  const std::int64_t to = next_subject_ + rows;
  db.run(superseded_versions, next_subject_, to, upto);
  db.run(forgotten_subjects, next_subject_, to);
  next_subject_ = to;
}

}  // namespace licaudit::ledger

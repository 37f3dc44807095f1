#include "daemon/ledger/migration_step.hpp"

#include "daemon/ledger/failpoint.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace licaudit::ledger {

namespace {

constexpr std::int64_t slice_size = 20'000;
constexpr std::string_view mark = "-- slices of ";

/// `subject.number` of a line `-- slices of subject.number`.
std::optional<std::pair<std::string, std::string>> sliced_by(std::string_view before) {
  const auto at = before.rfind(mark);
  if (at == before.npos) return std::nullopt;
  const auto line = before.substr(at + mark.size(), before.find('\n', at) - at - mark.size());
  const auto dot = line.find('.');
  if (dot == line.npos) throw storage_error("a migration: expected `-- slices of TABLE.COLUMN`", false);
  return std::pair(std::string(line.substr(0, dot)), std::string(line.substr(dot + 1)));
}

}  // namespace

migration_step::migration_step(database& open, std::int64_t to, std::function<void(const std::string&)> tell,
                               pace speaks)
    : open_(open), to_(to), tell_(std::move(tell)), pace_(speaks) {
  if (tell_) open_.while_working([this] { say_alive(); });
}

migration_step::~migration_step() {
  open_.while_working({});
}

void migration_step::run(std::string_view script) {
  say("begun");
  open_.script("BEGIN IMMEDIATE;");
  try {
    run_statements(script);
    say("writing it down");
    pass_failpoint("before-migration-commit");
    open_.script("PRAGMA user_version = " + std::to_string(to_) + "; COMMIT;");
    pass_failpoint("after-migration-commit");
  } catch (...) {
    // The WAL goes with it: the file is the one of before.
    if (open_.in_transaction()) open_.script("ROLLBACK");
    throw;
  }
  if (tell_) tell_("the ledger is of version " + std::to_string(to_) + " now");
}

/// The parts between slices as they stand, and the slices by ranges.
void migration_step::run_statements(std::string_view script) {
  while (true) {
    const auto at = script.find(mark);
    if (at == script.npos) return open_.script(std::string(script));
    open_.script(std::string(script.substr(0, at)));
    const auto by = sliced_by(script.substr(at));
    const auto end = script.find(";\n", at);
    run_slices(std::string(script.substr(at, end == script.npos ? end : end + 1 - at)), by->first, by->second);
    if (end == script.npos) return;
    script.remove_prefix(end + 1);
  }
}

void migration_step::run_slices(const std::string& statement, const std::string& table, const std::string& column) {
  std::int64_t first = 0, last = -1;
  {
    auto ends = open_.query("SELECT min(" + column + "), max(" + column + ") FROM " + table);
    if (ends.next() && !ends.is_null(0)) {
      first = ends.integer(0);
      last = ends.integer(1);
    }
  }
  for (std::int64_t from = first - 1; from < last; from += slice_size) {
    open_.run(statement, from, std::min(last, from + slice_size));
    const auto done = std::min(last, from + slice_size) - first + 1;
    say(table + ": " + std::to_string(done * 100 / (last - first + 1)) + " %");
  }
}

/// In the middle of a statement nobody knows how far it is, but it can be told from one that hangs.
void migration_step::say_alive() {
  const auto time = std::chrono::steady_clock::now() - begun_;
  say("at work for " + std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count()) + " s");
}

void migration_step::say(const std::string& how_far) {
  if (tell_ && pace_.is_due()) tell_("update of the ledger to version " + std::to_string(to_) + ": " + how_far);
}

}  // namespace licaudit::ledger

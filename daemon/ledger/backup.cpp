#include "daemon/ledger/backup.hpp"

#include "daemon/ledger/database.hpp"
#include "daemon/ledger/failpoint.hpp"
#include "daemon/ledger/page_copy.hpp"
#include "daemon/ledger/reading_gate.hpp"

#include <sys/stat.h>

#include <optional>

namespace licaudit::ledger {

namespace {

// 1 MiB: a step takes about a millisecond, and nobody waits for it.
constexpr int pages_per_step = 256;
// What is committed while a copy is made is seldom more than one run; a host that writes more than that without a
// pause has no quiet second for anything.
constexpr int most_attempts = 5;

/// One attempt. False: the writer needed room, begin anew.
result<bool> copy_once(const std::filesystem::path& ledger, const whole_file& into,
                       const std::shared_ptr<const reading_gate>& gate, const copy_listener& listen) {
  auto from = database::open(ledger, database::mode::read_only);
  if (!from) return from.error();
  std::filesystem::resize_file(into.temporary(), 0);  // of an attempt before
  auto to = database::open(into.temporary(), database::mode::copy);
  if (!to) return to.error();
  (*from)->bound_reading(gate);
  (*from)->begin_reading(reading_kind::whole_ledger);
  // The transaction begins with its first read.
  if (!(*from)->query("SELECT 1 FROM sqlite_master").next())
    return failure{errc::corrupt, ledger.string() + ": is empty, it is no ledger"};
  bool whole = false;
  {
    page_copy pages(**from, **to);
    while (!whole) {
      if ((*from)->must_end_reading()) break;
      whole = !pages.step(pages_per_step);
      if (listen && !listen({pages.done(), pages.total()}))
        return failure{errc::timed_out, "the copy was given up: who asked for it has left, or licauditd stops"};
    }
  }
  (*from)->end_reading();
  return whole;
}

void write_note(database& into, const backup_note& note) {
  into.script(
      "BEGIN; CREATE TABLE backup (made_at INTEGER NOT NULL, made_by TEXT NOT NULL) STRICT;"
      "CREATE TABLE backup_settings (path TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;");
  into.run("INSERT INTO backup VALUES (?1, ?2)", to_milliseconds(note.made_at), note.made_by);
  for (const auto& file : note.settings)
    into.run("INSERT OR REPLACE INTO backup_settings VALUES (?1, ?2)", file.path, file.text);
  pass_failpoint("before-backup-commit");
  into.script("COMMIT");
  pass_failpoint("after-backup-commit");
}

backup_facts facts_of(database& copy, const std::filesystem::path& file) {
  backup_facts facts;
  {
    auto last = copy.query("SELECT sequence, lower(hex(hash)) FROM entry ORDER BY sequence DESC LIMIT 1");
    if (last.next()) {
      facts.sequence = last.integer(0);
      facts.head = last.text(1);
    }
  }
  facts.bytes = static_cast<std::int64_t>(std::filesystem::file_size(file));
  return facts;
}

}  // namespace

result<backup_facts> write_backup(const std::filesystem::path& ledger, const whole_file& into, const backup_note& note,
                                  std::shared_ptr<const reading_gate> gate, const copy_listener& listen) {
  try {
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
      auto whole = copy_once(ledger, into, gate, listen);
      if (!whole) return whole.error();
      if (!*whole) continue;
      // Opened anew as a database in one file: the pages are those of one that writes ahead.
      auto copy = database::open(into.temporary(), database::mode::copy);
      if (!copy) return copy.error();
      write_note(**copy, note);
      ::chmod(into.temporary().c_str(), S_IRUSR | S_IWUSR);
      return facts_of(**copy, into.temporary());
    }
    return failure{errc::unreachable, "more was written than a copy can keep up with, " +
                                          std::to_string(most_attempts) +
                                          " times; try again when the sources are quiet"};
  } catch (const storage_error& error) {
    return failure{error.is_full() ? errc::unreachable : errc::corrupt,
                   into.temporary().parent_path().string() + ": " + error.what() +
                       (error.is_full() ? "; free space, or choose another folder" : "")};
  }
}

std::uintmax_t bytes_of_ledger(const std::filesystem::path& ledger) {
  std::uintmax_t sum = 0;
  for (const char* with : {"", "-wal"}) {
    std::error_code none;
    const auto bytes = std::filesystem::file_size(ledger.string() + with, none);
    if (!none) sum += bytes;
  }
  return sum;
}

backup_note read_backup_note(database& of) {
  backup_note note;
  if (!of.query("SELECT 1 FROM sqlite_master WHERE name = 'backup'").next()) return note;
  {
    auto rows = of.query("SELECT made_at, made_by FROM backup");
    if (rows.next()) {
      note.made_at = from_milliseconds(rows.integer(0));
      note.made_by = rows.text(1);
    }
  }
  auto files = of.query("SELECT path, text FROM backup_settings ORDER BY path");
  while (files.next()) note.settings.push_back({std::string(files.text(0)), std::string(files.text(1))});
  return note;
}

void drop_backup_note(database& of) {
  of.script("DROP TABLE IF EXISTS backup; DROP TABLE IF EXISTS backup_settings;");
}

}  // namespace licaudit::ledger

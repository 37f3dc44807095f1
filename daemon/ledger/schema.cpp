#include "daemon/ledger/schema.hpp"

#include "daemon/ledger/backup.hpp"
#include "daemon/ledger/database.hpp"
#include "daemon/ledger/migration_step.hpp"

#include <chrono>

namespace licaudit::ledger {

namespace {

std::int64_t user_version(database& open) {
  auto rows = open.query("PRAGMA user_version");
  return rows.next() ? rows.integer(0) : 0;
}

bool has_tables(database& open) {
  return open.query("SELECT 1 FROM sqlite_master").next();
}

/// `licaudit.db.version-1`, and with a number where that is taken: an attempt before left it.
std::filesystem::path backup_name(const std::filesystem::path& file, std::int64_t version) {
  const std::string name = file.string() + ".version-" + std::to_string(version);
  std::filesystem::path free = name;
  for (int again = 2; std::filesystem::exists(std::filesystem::symlink_status(free)); ++again)
    free = name + "." + std::to_string(again);
  return free;
}

result<void> back_up(const std::filesystem::path& file, std::int64_t version,
                     const std::function<void(const std::string&)>& tell) {
  auto into = whole_file::prepare(std::filesystem::absolute(backup_name(file, version)), bytes_of_ledger(file));
  if (!into) return failure{into.error().code, "no backup before the update: " + into.error().detail};
  const std::string name = backup_name(file, version).string();
  pace sometimes;
  const auto written = write_backup(
      file, *into, {std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()), "update", {}}, {},
      [&](const copy_progress& at) {
        if (tell && sometimes.is_due())
          tell("backup before the update: " + std::to_string(at.pages) + " of " + std::to_string(at.of) + " pages");
        return true;
      });
  if (!written) return failure{written.error().code, "no backup before the update: " + written.error().detail};
  if (auto kept = into->keep(); !kept) return kept.error();
  if (tell)
    tell("the ledger as it was, of version " + std::to_string(version) + ", is kept at " + name +
         "; remove it when the new version has proven itself");
  return {};
}

}  // namespace

result<std::int64_t> version_of(database& open, std::int64_t newest) {
  const std::int64_t version = user_version(open);
  if (version < 0 || (version == 0 && has_tables(open)))
    return failure{errc::corrupt, "it is the database of another program: move it away to begin anew"};
  if (version > newest)
    return failure{errc::refused, "the ledger is of version " + std::to_string(version) +
                                      ", this licauditd knows versions up to " + std::to_string(newest) +
                                      ": start the newer program, or restore a backup of before its update"};
  return version;
}

result<void> migrate(database& open, const std::filesystem::path& file, const schema_update& how) {
  const auto& steps = how.to == nullptr ? migrations() : *how.to;
  const auto newest = static_cast<std::int64_t>(steps.size());
  auto version = version_of(open, newest);
  if (!version) return version.error();
  if (*version == newest) return {};
  if (*version > 0 && how.with_backup)
    if (auto kept = back_up(file, *version, how.tell); !kept) return kept;
  for (; *version < newest; ++*version) {
    const auto tell = *version > 0 ? how.tell : nullptr;  // a new file is made in no time
    migration_step step(open, *version + 1, tell);
    step.run(steps[static_cast<std::size_t>(*version)]);
  }
  return {};
}

}  // namespace licaudit::ledger

#include "daemon/ledger/restoring.hpp"

#include "daemon/ledger/database.hpp"
#include "daemon/ledger/failpoint.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/ledger/reader.hpp"
#include "daemon/ledger/state_lock.hpp"
#include "daemon/ledger/transaction.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

namespace licaudit::ledger {

void transaction::begin_epoch(std::int64_t epoch) {
  open().run("UPDATE identity SET value = ?1 WHERE key = 'epoch'", std::to_string(epoch));
  book_->epoch_ = epoch;
}

void transaction::forget_lines(const std::string& source) {
  set_cursor(source, {});
  // No line has a random hash: each is read again, and none is taken for another.
  open().run("UPDATE given SET line = randomblob(16) WHERE source = (SELECT number FROM source WHERE name = ?1)",
             source);
}

namespace {

namespace fs = std::filesystem;

/// Swept like any temporary file, should this process end in the middle.
constexpr const char* workshop_name = ".licaudit-restore.partial";

std::string path_text(const instant& at) {
  std::string text = to_rfc3339(at);
  std::erase_if(text, [](char one) { return one == ':' || one == '-' || one == '.'; });
  return text;
}

class restoration {
 public:
  explicit restoration(const restore_request& what)
      : what_(what), file_(what.state / "licaudit.db"), workshop_(what.state / workshop_name) {}
  ~restoration() {
    std::error_code ignored;
    fs::remove_all(workshop_, ignored);
  }
  restoration(const restoration&) = delete;
  restoration& operator=(const restoration&) = delete;

  result<restored> run() {
    auto lock = state_lock::take(what_.state);
    if (!lock) return lock.error();
    sweep_temporary_files(what_.state);
    if (auto fetched = fetch(); !fetched) return fetched.error();
    if (auto sound = check(); !sound) return sound.error();
    if (auto begun = begin_epoch(); !begun) return begun.error();
    if (auto placed = set_aside(); !placed) return placed.error();
    if (auto placed = place(); !placed) return placed.error();
    return std::move(made_);
  }

 private:
  void tell(const std::string& line) const {
    if (what_.tell) what_.tell(line);
  }
  [[nodiscard]] failure bad(errc code, const std::string& why) const {
    return {code, what_.backup.string() + ": " + why + "; nothing was changed"};
  }
  [[nodiscard]] fs::path copy() const { return workshop_ / "licaudit.db"; }

  /// Works on a copy: the backup stays as it is, whatever comes.
  result<void> fetch() {
    std::error_code wrong;
    const auto bytes = fs::file_size(what_.backup, wrong);
    if (wrong) return failure{errc::refused, what_.backup.string() + ": " + wrong.message() + "; name a backup"};
    const auto wal = fs::file_size(what_.backup.string() + "-wal", wrong);
    if (!wrong && wal > 0)
      return bad(errc::refused,
                 "has a file " + what_.backup.filename().string() +
                     "-wal beside it: it is a ledger at work and not a backup; make one with: licaudit backup FILE");
    const auto room = fs::space(what_.state, wrong);
    // Twice: the rows that are made anew stand in the WAL before they stand in the file.
    if (!wrong && room.available < 2 * bytes)
      return failure{errc::unreachable, what_.state.string() + ": has not room for " +
                                            std::to_string((2 * bytes >> 20U) + 1) +
                                            " MiB; free space, then try again"};
    tell("copying " + what_.backup.string());
    fs::create_directory(workshop_, wrong);
    if (!wrong) fs::permissions(workshop_, fs::perms::owner_all, wrong);
    if (!wrong) fs::copy_file(what_.backup, copy(), wrong);
    if (!wrong) fs::permissions(copy(), fs::perms::owner_read | fs::perms::owner_write, wrong);
    if (wrong) return failure{errc::refused, what_.state.string() + ": " + wrong.message()};
    return {};
  }

  result<void> check() {
    try {
      auto open = database::open(copy(), database::mode::copy);
      if (!open) return bad(errc::corrupt, "is no database, or damaged; take another one");
      auto known = version_of(
          **open, static_cast<std::int64_t>(what_.update.to ? what_.update.to->size() : migrations().size()));
      if (!known) return bad(known.error().code, known.error().detail);
      if (*known == 0) return bad(errc::refused, "is no ledger");
      tell("checking its pages");
      {
        auto verdict = (*open)->query("PRAGMA quick_check(1)");
        if (!verdict.next() || verdict.text(0) != "ok") return bad(errc::corrupt, "is damaged; take an older one");
      }
      const auto note = read_backup_note(**open);
      drop_backup_note(**open);
      made_at_ = note.made_at;
      made_by_ = note.made_by;
    } catch (const storage_error&) {
      return bad(errc::corrupt, "is damaged; take an older one");
    }
    return {};
  }

  /// By the ledger's own means, in the workshop: opening it there brings it to the newest version too.
  result<void> begin_epoch() {
    auto update = what_.update;
    update.with_backup = false;  // the backup itself is that
    if (!update.tell) update.tell = what_.tell;
    auto book = ledger::open(workshop_, update);
    if (!book) return bad(book.error().code, book.error().detail);
    tell("verifying its chain and counts");
    if (auto proven = verify(); !proven) return proven;
    try {
      enter(**book);
    } catch (const storage_error& error) {
      return failure{error.is_full() ? errc::unreachable : errc::corrupt,
                     what_.state.string() + ": " + error.what() + "; nothing was changed"};
    }
    return {};
  }

  result<void> verify() const {
    auto proof = reader::open(copy());
    if (!proof) return proof.error();
    const auto found = (*proof)->verify(true);
    if (!found) return bad(found.error().code, found.error().detail);
    if (!found->clean())
      return bad(errc::corrupt, "does not verify: " + found->problems.front() + " (" +
                                    std::to_string(found->problems.size()) + " problems); take an older one");
    return {};
  }

  void enter(ledger& book) {
    const instant last = book.last_instant();
    made_.known_until = std::max(last, made_at_);
    made_.until = std::max(what_.now, last + std::chrono::milliseconds(1));
    made_.ledger = book.identity();
    made_.epoch = next_epoch(book);
    for (const auto& name : book.source_names())
      if (name != "local") made_.sources.push_back(name);
    transaction tx(book);
    made_.operation = tx.add_operation(operation_of(book));
    tx.begin_epoch(made_.epoch);
    for (const auto& name : made_.sources) {
      tx.forget_lines(name);
      tx.add_run(interruption(name));
    }
    tx.commit();
  }

  /// Higher than any that this ledger had, here or where another copy of the same backup was restored.
  [[nodiscard]] std::int64_t next_epoch(const ledger& book) const {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(made_.until.time_since_epoch()).count();
    return std::max<std::int64_t>(book.epoch() + 1, seconds);
  }

  [[nodiscard]] operation operation_of(const ledger& book) const {
    operation done;
    done.at = made_.until;
    done.type = "restore";
    done.caller = what_.caller;
    done.text = "restored from a backup; nothing is known from " + to_rfc3339(made_.known_until) + " to " +
                to_rfc3339(made_.until);
    done.detail["gap"] = {{"from", to_rfc3339(made_.known_until)}, {"to", to_rfc3339(made_.until)}};
    done.detail["epoch"] = {{"from", book.epoch()}, {"to", made_.epoch}};
    done.detail["backup"] = {
        {"made_at", made_at_ == instant{} ? json::value(nullptr) : json::value(to_rfc3339(made_at_))},
        {"made_by", made_by_},
        {"sequence", book.head().sequence},
        {"head", to_hex(book.head().hash)}};
    return done;
  }

  /// A failed run: tenants stay degraded and the source is run again at once, until it has given everything anew.
  [[nodiscard]] source_run interruption(const std::string& source) const {
    source_run run;
    run.source = source;
    run.started = run.ended = made_.until;
    run.state = run_state::failed;
    run.problem = "the ledger was restored from a backup; it has to run in full once";
    return run;
  }

  /// The ledger of before gets another name as well; what stands in its WAL goes into it first, as that WAL must not
  /// meet the file that takes its place.
  result<void> set_aside() {
    if (!fs::exists(file_)) return {};
    if (auto old = database::open(file_, database::mode::read_write)) (*old)->checkpoint(true);
    made_.replaced = file_.string() + ".replaced-" + path_text(what_.now);
    std::error_code wrong;
    pass_failpoint("before-restore-sets-aside");
    for (const char* with : {"-wal", "-shm"})
      if (fs::exists(file_.string() + with)) fs::rename(file_.string() + with, made_.replaced.string() + with, wrong);
    if (!wrong) fs::create_hard_link(file_, made_.replaced, wrong);
    pass_failpoint("after-restore-sets-aside");
    if (wrong) return failure{errc::refused, made_.replaced.string() + ": " + wrong.message()};
    return {};
  }

  result<void> place() {
    struct stat owner {};
    // Root restores; the daemon is another user, to whom the folder belongs.
    if (::geteuid() == 0 && ::stat(what_.state.c_str(), &owner) == 0)
      for (const auto& file : {copy(), what_.state / "licaudit.lock"})
        if (::lchown(file.c_str(), owner.st_uid, owner.st_gid) != 0)
          return failure{errc::refused, file.string() + ": cannot be given to the owner of " + what_.state.string()};
    if (auto synced = sync_folder(workshop_); !synced) return synced;
    std::error_code wrong;
    pass_failpoint("before-restore-rename");
    fs::rename(copy(), file_, wrong);
    pass_failpoint("after-restore-rename");
    if (wrong) return failure{errc::refused, file_.string() + ": " + wrong.message()};
    return sync_folder(what_.state);
  }

  const restore_request& what_;
  fs::path file_, workshop_;
  instant made_at_{};
  std::string made_by_;
  restored made_;
};

}  // namespace

result<backup_note> look_into(const fs::path& backup) {
  const failure none{errc::refused, backup.string() + ": is no backup of licaudit"};
  try {
    auto open = database::open(backup, database::mode::foreign);
    if (!open) return none;
    auto note = read_backup_note(**open);
    if (note.made_at == instant{}) return none;
    return note;
  } catch (const storage_error&) {
    return none;
  }
}

result<restored> restore(const restore_request& what) {
  return restoration(what).run();
}

}  // namespace licaudit::ledger

#pragma once

#include "daemon/ledger/whole_file.hpp"
#include "model/instant.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace licaudit::ledger {

class database;
class reading_gate;

/// A file of the settings as a backup keeps it: without secrets.
struct kept_file {
  std::string path;  ///< relative to the folder of the main file where it lies below it
  std::string text;
};

/// What a backup says of itself.
struct backup_note {
  instant made_at{};
  std::string made_by;  ///< host and program version
  std::vector<kept_file> settings;
};

struct copy_progress {
  std::int64_t pages = 0, of = 0;
};
/// Told between steps; false ends the copy with errc::timed_out.
using copy_listener = std::function<bool(const copy_progress&)>;

struct backup_facts {
  std::int64_t bytes = 0;
  std::int64_t sequence = 0;  ///< of the last entry in it
  std::string head;           ///< its hash, hex
};

/// A ledger as it was at one instant, whole and in one file, made beside the writer without stopping it: the pages of
/// one read transaction, written a few at a time. When the writer needs room in its WAL the copy begins anew, a few
/// times. The file is at `temporary()` of `into`; whoever asked keeps it, or not. errc::unreachable where there is no
/// room, errc::timed_out if the listener ended it.
[[nodiscard]] result<backup_facts> write_backup(const std::filesystem::path& ledger, const whole_file& into,
                                                const backup_note& note, std::shared_ptr<const reading_gate> gate,
                                                const copy_listener& listen);

/// What a copy of this ledger needs on its disk, its WAL included.
[[nodiscard]] std::uintmax_t bytes_of_ledger(const std::filesystem::path& ledger);

/// What a backup says of itself; made_at is the epoch for a file that was copied by other means.
[[nodiscard]] backup_note read_backup_note(database& of);
/// Makes a ledger of a backup again.
void drop_backup_note(database& of);

}  // namespace licaudit::ledger

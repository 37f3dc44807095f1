#pragma once

#include "daemon/ledger/chain.hpp"
#include "daemon/ledger/delivery.hpp"
#include "daemon/ledger/reading_gate.hpp"
#include "daemon/ledger/schema.hpp"
#include "daemon/ledger/state_lock.hpp"
#include "daemon/ledger/stored.hpp"
#include "model/factor_set.hpp"
#include "model/subject.hpp"
#include "model/text_hash.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace licaudit::ledger {

class database;
class transaction;
class retention;

/// The one writing connection to the SQLite file, and whose it is: a lock file beside it keeps a second daemon out. One
/// thread. Throws storage_error when the store cannot do what it must; what was not committed then leaves no trace.
class ledger {
 public:
  /// Opens or makes `directory/licaudit.db` and brings it to the newest version, after a backup beside it.
  /// errc::conflict: another daemon has it; errc::refused: it is of a newer version; errc::unreachable, errc::corrupt.
  [[nodiscard]] static result<std::unique_ptr<ledger>> open(const std::filesystem::path& directory,
                                                            const schema_update& update = {});
  ~ledger();

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] const std::string& identity() const { return identity_; }
  [[nodiscard]] std::int64_t epoch() const { return epoch_; }
  [[nodiscard]] const chain_head& head() const { return head_; }

  // What a restart needs. Tenants come with parents in any order.
  [[nodiscard]] std::vector<stored_tenant> tenants();
  void each_subject(const std::function<void(subject_number, const subject&)>& take);
  /// What history and chain call a subject, in hex; empty: there is none of this number.
  [[nodiscard]] std::string key_of(subject_number number);
  [[nodiscard]] std::vector<stored_heads> head_counts();
  [[nodiscard]] std::vector<stored_decision> decisions();
  [[nodiscard]] std::vector<stored_decision> pending_switches();
  [[nodiscard]] std::vector<stored_cart> carts();
  [[nodiscard]] std::vector<stored_move> planned_moves();
  [[nodiscard]] std::vector<stored_tally> tallies();
  [[nodiscard]] std::vector<sound_value> sound_values();
  [[nodiscard]] std::vector<held_difference> held();
  [[nodiscard]] std::vector<stored_source> sources();
  [[nodiscard]] std::vector<std::string> source_names();
  /// How many subjects a source gives, by tenant.
  [[nodiscard]] std::map<std::string, std::int64_t, std::less<>> given_counts(const std::string& source);
  [[nodiscard]] std::vector<finding> findings();
  [[nodiscard]] std::optional<stored_calculation> last_calculation();
  [[nodiscard]] std::optional<stored_calculation> calculation(std::int64_t sequence);
  /// Text and beginning of the revision in force; none before the first.
  [[nodiscard]] std::optional<std::pair<std::string, instant>> rules_text();

  /// Of the newest ruling on bills of a month (yyyymm); 0: there is none.
  [[nodiscard]] std::int64_t last_bill_ruling(std::int64_t month);

  /// Of the newest entry; the epoch before the first.
  [[nodiscard]] instant last_instant();

  /// To be read while this ledger is there.
  [[nodiscard]] given_inventory given(const std::string& source);
  [[nodiscard]] std::string cursor(const std::string& source);

  /// Begins the one write transaction there can be.
  [[nodiscard]] transaction begin();

  /// Moves on while SQLite works, whatever it works on: a watchdog on another thread can tell slow from stuck.
  [[nodiscard]] const std::atomic<std::uint64_t>& pulse() const { return pulse_; }

  /// Moves what the WAL holds into the file; when idle or when it has grown over 32 MiB, to its beginning. Over 40 MiB
  /// it asks the readers that are in the way to end, and waits a moment for them.
  void checkpoint(bool idle);
  /// Before a transaction: a checkpoint, if the WAL has grown over 32 MiB since the last one.
  void bound_wal();
  /// After one: what is read again next has nothing to do with what so large a one has touched.
  void release_memory();
  [[nodiscard]] std::uintmax_t wal_bytes() const;

  /// What readers of this file are to heed.
  [[nodiscard]] const std::shared_ptr<reading_gate>& gate() const { return gate_; }

 private:
  friend class transaction;
  friend class retention;
  ledger(std::filesystem::path file, state_lock lock, std::unique_ptr<database> open);
  void load_identity();
  [[nodiscard]] std::vector<given_subject> given_subjects(const std::string& source);

  std::filesystem::path file_;
  state_lock lock_;  ///< goes after the database
  std::shared_ptr<reading_gate> gate_ = std::make_shared<reading_gate>();
  std::unique_ptr<database> database_;
  std::string identity_;
  std::int64_t epoch_ = 0;
  chain_head head_;
  std::unordered_map<std::string, std::int64_t, text_hash, std::equal_to<>> tenant_numbers_;  ///< committed ones
  std::atomic<std::uint64_t> pulse_{0};
};

}  // namespace licaudit::ledger

#include "daemon/ledger/ledger.hpp"

#include "daemon/ledger/database.hpp"
#include "daemon/ledger/schema.hpp"
#include "daemon/ledger/transaction.hpp"
#include "daemon/ledger/whole_file.hpp"

#include <openssl/rand.h>

#include <cstring>
#include <system_error>

namespace licaudit::ledger {

namespace {

// Far enough from 64 MiB that one more commit of the ordinary kind, 20 MiB for an Apply to ten thousand, still fits.
constexpr std::uintmax_t wal_limit_bytes = 32u << 20, wal_urgent_bytes = 40u << 20;
// A reader that was asked to end does so within some thousand steps of SQLite's machine. A second one is asked for the
// question that came when the first had ended and not everything was in the file yet.
constexpr std::chrono::milliseconds urgent_patience{50};
constexpr int urgent_rounds = 4;

}  // namespace

result<std::unique_ptr<ledger>> ledger::open(const std::filesystem::path& directory, const schema_update& update) {
  const auto file = directory / "licaudit.db";
  auto lock = state_lock::take(directory);
  if (!lock) return lock.error();
  sweep_temporary_files(directory);
  auto opened = database::open(file, database::mode::read_write);
  if (!opened) return opened.error();
  std::unique_ptr<ledger> book(new ledger(file, std::move(*lock), std::move(*opened)));
  try {
    if (auto migrated = migrate(*book->database_, file, update); !migrated)
      return failure{migrated.error().code, file.string() + ": " + migrated.error().detail};
    book->database_->beat(book->pulse_);
    book->load_identity();
  } catch (const storage_error& error) {
    return failure{error.is_full() ? errc::unreachable : errc::corrupt, file.string() + ": " + error.what()};
  }
  return book;
}

ledger::ledger(std::filesystem::path file, state_lock lock, std::unique_ptr<database> open)
    : file_(std::move(file)), lock_(std::move(lock)), database_(std::move(open)) {}

ledger::~ledger() = default;

void ledger::load_identity() {
  std::string bytes(16, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) != 1)
    throw storage_error("no random bytes to be had", false);
  digest padded{};
  std::memcpy(padded.data(), bytes.data(), bytes.size());
  database_->run("INSERT OR IGNORE INTO identity VALUES ('ledger', ?1)", to_hex(padded).substr(0, 32));
  database_->run("INSERT OR IGNORE INTO identity VALUES ('epoch', '1')");
  auto rows = database_->query(
      "SELECT (SELECT value FROM identity WHERE key = 'ledger'),"
      " (SELECT CAST(value AS INTEGER) FROM identity WHERE key = 'epoch')");
  if (rows.next()) {
    identity_ = rows.text(0);
    epoch_ = rows.integer(1);
  }
  auto last = database_->query("SELECT sequence, hash FROM entry ORDER BY sequence DESC LIMIT 1");
  if (!last.next()) return;
  head_.sequence = last.integer(0);
  const auto hash = last.text(1);
  if (hash.size() != head_.hash.size()) throw storage_error("the last entry of the chain has no whole hash", false);
  std::memcpy(head_.hash.data(), hash.data(), hash.size());
}

transaction ledger::begin() {
  return transaction(*this);
}

std::uintmax_t ledger::wal_bytes() const {
  std::error_code none;
  const auto bytes = std::filesystem::file_size(file_.string() + "-wal", none);
  return none ? 0 : bytes;
}

void ledger::bound_wal() {
  if (wal_bytes() > wal_limit_bytes) checkpoint(false);
}

void ledger::release_memory() {
  if (wal_bytes() > wal_limit_bytes) database_->release_memory();
}

void ledger::checkpoint(bool idle) {
  database_->checkpoint(idle || wal_bytes() > wal_limit_bytes);
  for (int round = 0; round < urgent_rounds && wal_bytes() > wal_urgent_bytes; ++round) {
    gate_->clear();
    database_->checkpoint(true, urgent_patience);
  }
}

}  // namespace licaudit::ledger

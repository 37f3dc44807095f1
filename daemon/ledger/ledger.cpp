#include "daemon/ledger/ledger.hpp"

#include "daemon/ledger/database.hpp"
#include "daemon/ledger/schema.hpp"
#include "daemon/ledger/transaction.hpp"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace licaudit::ledger {

namespace {

constexpr std::uintmax_t wal_limit_bytes = 32u << 20;

result<int> lock_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return failure{errc::unreachable, file.string() + ": cannot be made: " + std::strerror(errno)};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  ::close(descriptor);
  return failure{errc::conflict, file.string() +
                                     ": another licauditd works on this state; stop it first, or set `state` to "
                                     "another folder"};
}

}  // namespace

result<std::unique_ptr<ledger>> ledger::open(const std::filesystem::path& directory) {
  std::error_code ignored;
  std::filesystem::create_directories(directory, ignored);
  const auto file = directory / "licaudit.db";
  auto lock = lock_file(directory / "licaudit.lock");
  if (!lock) return lock.error();
  auto opened = database::open(file, database::mode::read_write);
  if (!opened) {
    ::close(*lock);
    return opened.error();
  }
  std::unique_ptr<ledger> book(new ledger(file, *lock, std::move(*opened)));
  try {
    if (auto migrated = migrate(*book->database_); !migrated)
      return failure{migrated.error().code, file.string() + ": " + migrated.error().detail};
    book->load_identity();
  } catch (const storage_error& error) {
    return failure{error.is_full() ? errc::unreachable : errc::corrupt, file.string() + ": " + error.what()};
  }
  return book;
}

ledger::ledger(std::filesystem::path file, int lock, std::unique_ptr<database> open)
    : file_(std::move(file)), lock_(lock), database_(std::move(open)) {
  database_->beat(pulse_);
}

ledger::~ledger() {
  database_.reset();
  ::close(lock_);
}

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

void ledger::checkpoint(bool idle) {
  std::error_code none;
  const auto wal = std::filesystem::file_size(file_.string() + "-wal", none);
  database_->checkpoint(idle || (!none && wal > wal_limit_bytes));
}

}  // namespace licaudit::ledger

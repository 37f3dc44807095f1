#pragma once

#include "daemon/ledger/backup.hpp"

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace licaudit::api {

/// A finished copy without a name, to be read from its beginning to its end. It goes with the object.
class backup_bytes {
 public:
  virtual ~backup_bytes() = default;
  [[nodiscard]] virtual const ledger::backup_facts& facts() const = 0;
  /// The next bytes, at most so many; empty: the end.
  virtual boost::asio::awaitable<result<std::string>> read(std::size_t most) = 0;
};

/// Makes copies of the ledger while it works; one at a time, errc::conflict while another is under way.
class backup_line {
 public:
  virtual ~backup_line() = default;

  template <class T>
  using answer = boost::asio::awaitable<result<T>>;

  /// A new file at an absolute path, written with the rights of the daemon.
  virtual answer<ledger::backup_facts> write(std::filesystem::path target) = 0;
  /// A copy to hand over.
  virtual answer<std::shared_ptr<backup_bytes>> make() = 0;
};

}  // namespace licaudit::api

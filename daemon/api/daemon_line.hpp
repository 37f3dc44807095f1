#pragma once

#include "daemon/audit/office.hpp"
#include "model/instant.hpp"

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace licaudit::api {

/// What only the daemon as a whole knows. The app room implements it.
struct daemon_facts {
  std::string version;
  std::string host;
  instant started{};
  std::int64_t database_bytes = 0, wal_bytes = 0;
  bool last_reload_worked = true;
  std::size_t connections = 0;
  std::chrono::milliseconds calculate_every{};
  std::string deletion_secret_sha256;  ///< hex; empty: tenants cannot be deleted
};

/// What became of a reload: errors, each with file, line and column, and nothing changed; or what was done.
struct reload_outcome {
  std::vector<std::string> errors;
  audit::done done;
};

class daemon_line {
 public:
  virtual ~daemon_line() = default;
  [[nodiscard]] virtual instant now() const = 0;
  [[nodiscard]] virtual daemon_facts facts() const = 0;
  virtual boost::asio::awaitable<result<reload_outcome>> reload(std::string caller) = 0;
};

}  // namespace licaudit::api

#pragma once

#include "daemon/ledger/database.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace licaudit::ledger {

/// Is it time to speak again? At once the first time, then every second, or as often as is said.
class pace {
 public:
  explicit pace(std::chrono::milliseconds every = std::chrono::seconds(1)) : every_(every) {}
  [[nodiscard]] bool is_due() {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return false;
    next_ = now + every_;
    return true;
  }

 private:
  std::chrono::milliseconds every_;
  std::chrono::steady_clock::time_point next_{};
};

/// One script that brings the file to a version, in one transaction; see migrate(). Throws storage_error, and then has
/// changed nothing.
class migration_step {
 public:
  migration_step(database& open, std::int64_t to, std::function<void(const std::string&)> tell, pace speaks = pace());
  ~migration_step();
  migration_step(const migration_step&) = delete;
  migration_step& operator=(const migration_step&) = delete;

  void run(std::string_view script);

 private:
  void run_statements(std::string_view script);
  void run_slices(const std::string& statement, const std::string& table, const std::string& column);
  void say(const std::string& how_far);
  void say_alive();

  database& open_;
  std::int64_t to_;
  std::function<void(const std::string&)> tell_;
  class pace pace_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace licaudit::ledger

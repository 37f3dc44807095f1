#pragma once

#include "model/instant.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace licaudit::api {

/// Refused calls are logged, but a program that asks a thousand times a second for what it may not have must not fill
/// the ledger: of each caller the first ten in a minute are logged, the rest is counted and told with the next one.
class refusal_throttle {
 public:
  static constexpr std::int64_t most_a_minute = 10;
  static constexpr std::size_t most_callers = 1024;

  /// How many were swallowed before this one; none: swallow this one too.
  [[nodiscard]] std::optional<std::int64_t> admit(const std::string& caller, instant now);

 private:
  struct minute {
    instant since{};
    std::int64_t logged = 0;
    std::int64_t swallowed = 0;
  };
  std::map<std::string, minute> callers_;
};

}  // namespace licaudit::api

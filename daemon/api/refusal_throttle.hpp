#pragma once

#include "model/instant.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace licaudit::api {

/// Refused calls are logged, but a program that asks a thousand times a second for what it may not have must not fill
/// the ledger: of each user the first ten in a minute are logged, the rest is counted and told with the next one.
class refusal_throttle {
 public:
  static constexpr std::int64_t most_a_minute = 10;
  static constexpr std::size_t most_users = 1024;

  /// How many were swallowed before this one; none: swallow this one too.
  [[nodiscard]] std::optional<std::int64_t> admit(std::uint32_t uid, instant now);

 private:
  struct minute {
    instant since{};
    std::int64_t logged = 0;
    std::int64_t swallowed = 0;
  };
  std::map<std::uint32_t, minute> users_;
};

}  // namespace licaudit::api

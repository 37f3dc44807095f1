#pragma once

#include "daemon/access/policy.hpp"

#include <map>
#include <memory>

namespace licaudit::access {

/// What callers are, looked up once for each until the settings change or a mapping of his expires: a dashboard that
/// asks a thousand times a second is not searched for in the settings a thousand times. Tokens are not kept: finding
/// one again would take as long as it has bytes in common with another. One thread.
class acquaintances {
 public:
  static constexpr std::size_t most = 1024;

  [[nodiscard]] standing standing_of(const caller& who, const std::shared_ptr<const policy>& by, instant now);

 private:
  struct acquaintance {
    standing what;
    instant since;  ///< a clock that fell back asks anew
    std::optional<instant> until;
  };
  std::shared_ptr<const policy> by_;
  std::map<caller, acquaintance> met_;
};

}  // namespace licaudit::access

#pragma once

#include "model/instant.hpp"
#include "model/json.hpp"

#include <cstdint>
#include <string>

namespace licaudit {

/// One decision of a person or program, refused ones included (domain.md 1, 7).
struct operation {
  std::int64_t sequence = 0;  ///< given by the ledger
  instant at{};
  std::string type;  ///< `factor`, `apply`, `rules`, `tenant`, `subject`, `accept`, `reload`, `refresh`, `refused`, ...
  std::string caller;   ///< `north`, `uid 1042`, `licauditd`
  std::string tenant;   ///< empty: none, or several
  std::string text;     ///< one line for a person: `lifecycle-management off`
  json::object detail;  ///< the request, before and after
};

}  // namespace licaudit

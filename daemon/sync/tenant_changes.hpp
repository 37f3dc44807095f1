#pragma once

#include "daemon/ledger/delivery.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace licaudit::sync {

/// The tenant records of one run, each tenant once. (Thousands, so simple containers do.)
class tenant_changes {
 public:
  /// Snapshot: keeps the first. The line of an earlier record of the same tenant that says something else, if there is.
  [[nodiscard]] std::optional<std::int64_t> put_once(tenant value, std::int64_t line);

  /// Delta: the last line of a tenant holds.
  void put(tenant value, std::int64_t line);
  void remove(std::string id);

  [[nodiscard]] std::vector<tenant> take_put();
  [[nodiscard]] std::vector<std::string> take_removed();

 private:
  struct stated {
    tenant value;
    std::int64_t line;
  };
  std::map<std::string, stated, std::less<>> put_;
  std::set<std::string, std::less<>> removed_;
};

}  // namespace licaudit::sync

#pragma once

#include "daemon/audit/office.hpp"
#include "model/calculation.hpp"
#include "model/instant.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::app {

/// What the page of a tenant showed of a licence, by the rows of the calculations.
struct plain_tally {
  std::optional<std::int64_t> acquired;
  std::map<std::string, std::int64_t> counts;  ///< n1 by factor
  tally_state state = tally_state::ok;

  [[nodiscard]] std::int64_t licensed() const {
    std::int64_t sum = 0;
    for (const auto& [factor, count] : counts) sum += count;
    return sum;
  }
};

/// What the operations had made of a tenant, and what the calculation showed of it.
struct plain_tenant {
  bool exists = true;
  std::string parent, zone;
  bool enabled = true;
  int moves = 0;  ///< how often it got another parent
  std::map<std::string, std::int64_t> bought;
  std::map<std::string, plain_tally> shown;  ///< by licence
};
using plain_tenants = std::map<std::string, plain_tenant>;

/// From one calculation to the next.
struct plain_moment {
  instant from{}, until{};
  std::int64_t calculation = 0;
  plain_tenants tenants;
};

struct plain_acceptance {
  std::string month, tenant, licence;
  instant from{};
  std::int64_t quantity = 0;
};

struct plain_correction {
  std::string month, tenant, licence;
  std::int64_t quantity = 0;
};

/// A ledger read in the simplest way: its operations and its calculations from the first to the last, and all that is
/// true after each.
struct plain_history {
  std::vector<plain_moment> moments;
  std::vector<plain_acceptance> accepted;
  std::vector<plain_correction> corrected;  ///< in the order in which they were made
};
[[nodiscard]] plain_history history_of(const std::filesystem::path& ledger, const std::string& root_zone);

}  // namespace licaudit::app

#pragma once

#include "tests/daemon/audit/scene.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::audit {

/// What is sold in these tests: voice; outbound, which requires it; ivr, which voice succeeds; agents out of a pool of
/// units, lines as well and in multiples of 5, ai out of a pool of tenants; speech with 5,000 minutes included,
/// triggers with 1,000 out of a pool.
[[nodiscard]] std::shared_ptr<const factors::rules> shop_rules();

/// host, under it the reseller north with alpha and beta, and contoso.
class shop : public scene {
 public:
  explicit shop(const std::string& acquired_by_host = "{}");

  /// Stages and confirms; what blocked it, or why it failed; empty if it is done.
  std::string order(const std::string& tenant, const std::string& licence, std::int64_t change,
                    const std::string& caller = "ann");
  /// Why it cannot be; empty if it is set.
  std::string limit(const std::string& tenant, const std::string& licence, std::optional<std::int64_t> limit);

  [[nodiscard]] const licence_tally* tally(const std::string& tenant, const std::string& licence);
  [[nodiscard]] std::optional<std::int64_t> acquired(const std::string& tenant, const std::string& licence);
  [[nodiscard]] std::optional<pool> pool_of(const std::string& tenant, const std::string& licence);
  /// The operations of this type, oldest first.
  [[nodiscard]] std::vector<operation> operations(const std::string& type);
};

}  // namespace licaudit::audit

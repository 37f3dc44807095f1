#pragma once

#include "daemon/sync/source_plan.hpp"
#include "daemon/sync/tenant_rule.hpp"
#include "model/digest.hpp"
#include "model/result.hpp"

#include <optional>
#include <string>

namespace licaudit::sync {

/// How the settings read what a source prints. Two rules with the same fingerprint make the same of the same line.
struct reading_rules {
  std::string source;
  std::string tenant{};  ///< of records that name none
  std::optional<tenant_rule> by_field{};
  digest fingerprint{};
};

/// errc::malformed if the regex of the plan is of no use.
[[nodiscard]] result<reading_rules> rules_of(const source_plan& plan);

[[nodiscard]] digest fingerprint_of(const source_plan& plan);

/// A cursor is of use only to the same plugin under the same rules: what the ledger keeps carries their fingerprint in
/// front of the source's own text.
[[nodiscard]] std::string kept_cursor(const digest& fingerprint, std::string_view cursor);

/// The source's own text; empty if the rules are different now.
[[nodiscard]] std::string own_cursor(const digest& fingerprint, std::string_view kept);

}  // namespace licaudit::sync

#pragma once

#include "factors/compiled.hpp"
#include "factors/tenant_rules.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace licaudit::factors {

/// The factors that may judge otherwise, where two rule sets differ in nothing but criteria that are the same for all
/// tenants: the usual edit. Nothing is known if they differ in more.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> edited_factors(const compiled& before, const compiled& after);

/// Whether a tenant is judged by the shared lists of all of these factors, so that it need not be judged by the others
/// again.
[[nodiscard]] bool outlasts(const compiled& after, const tenant_texts& whose, const std::vector<std::uint32_t>& edited);

/// A problem of the rules before in the words of those after, whose factors are the same.
[[nodiscard]] rule_problem moved_to(const compiled& after, const compiled& before, rule_problem of);

}  // namespace licaudit::factors

#pragma once

#include "daemon/audit/view.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::api {

/// What of a licence may still be used at a tenant, whoever asks for how much.
struct licence_bound {
  std::optional<std::int64_t> available{};  ///< so much more; none: nothing bounds it
  std::string reason{};                     ///< why not more; empty where nothing bounds it
  std::optional<instant> until{};           ///< when the limit that refuses more starts again; none: not by itself
  instant holds_until = instant::max();     ///< from then on it is another by the clock alone
};

/// It stands in the rules, or on the tenant's page because it has acquired some.
[[nodiscard]] bool knows_licence(const audit::view& all, const audit::tenant_view& of, std::string_view licence);

/// Bounded by what the tenant has acquired, by its limit, and by every pool above it that it draws on; whatever bounds
/// it closest, refuses it. From the view alone, and nothing is reserved: two who ask at once are both told yes.
[[nodiscard]] licence_bound licence_bound_of(const audit::view& all, const audit::tenant_view& of,
                                             std::string_view licence, instant now);

/// The answer of the route, to a quantity that is allowed or to one that is not: with how old and how sound it is.
[[nodiscard]] std::string check_answer(const audit::view& all, const audit::tenant_view& of, std::string_view licence,
                                       const licence_bound& bound, bool allowed);

}  // namespace licaudit::api

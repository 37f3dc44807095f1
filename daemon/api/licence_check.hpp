#pragma once

#include "daemon/audit/view.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::api {

/// Whether so much more of a licence may be used at a tenant now.
struct licence_check {
  bool allowed = true;
  std::optional<std::int64_t> available{};  ///< how much more; none: nothing bounds it
  std::string reason{};                     ///< why not; empty if it may
  std::optional<instant> until{};           ///< when a limit that refuses it starts
                                            ///< again; none: not by itself
};

/// Bounded by what the tenant has acquired, by its limit, and by every pool
/// above it that it draws on; whatever bounds it closest, refuses it. From the
/// view alone, and nothing is reserved: two who ask at once are both told yes.
[[nodiscard]] licence_check check_licence(const audit::view& all, const audit::tenant_view& of,
                                          std::string_view licence, std::int64_t quantity, instant now);

/// The answer of the route: with how old and how sound it is.
[[nodiscard]] std::string check_answer(const audit::view& all, const audit::tenant_view& of, std::string_view licence,
                                       const licence_check& made);

}  // namespace licaudit::api

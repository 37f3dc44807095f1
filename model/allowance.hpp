#pragma once

#include "model/licence_terms.hpp"

#include <cstdint>
#include <optional>

namespace licaudit {

/// How much of a limited service a tenant may use (domain.md 5): what it set is allowed above what is included. None:
/// without limit.
[[nodiscard]] constexpr std::optional<std::int64_t> allowed_amount(const limit_terms& terms,
                                                                   std::optional<std::int64_t> own_limit) {
  return own_limit ? std::optional(terms.included + *own_limit) : std::nullopt;
}

}  // namespace licaudit

#pragma once

#include "cli/outcome.hpp"

#include <cstdint>
#include <string>

namespace licaudit::cli {

/// A quantity as a person types it: digits alone. exit_status 2 for everything else: a sign, a fraction, a currency, or
/// more than a quantity can be. `what` names the argument for the message.
[[nodiscard]] outcome<std::int64_t> parse_quantity(const std::string& text, const std::string& what);

}  // namespace licaudit::cli

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace licaudit::settings {

/// The numeric id, asked of the system's account database (NSS); it may ask the network, so at load only, never on the
/// loop.
[[nodiscard]] std::optional<std::uint32_t> find_user(const std::string& name);
[[nodiscard]] std::optional<std::uint32_t> find_group(const std::string& name);

}  // namespace licaudit::settings

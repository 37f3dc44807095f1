#pragma once

#include "model/result.hpp"

#include <filesystem>
#include <string>

namespace licaudit::settings {

/// The text of a small regular file in UTF-8, without line ends at its end. errc::unreachable says why it cannot be
/// read.
[[nodiscard]] result<std::string> read_secret(const std::filesystem::path& file);

/// The systemd credential of this name (`LoadCredential=`).
[[nodiscard]] result<std::string> read_credential(const std::string& name);

}  // namespace licaudit::settings

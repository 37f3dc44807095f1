#pragma once

#include "model/result.hpp"

#include <filesystem>
#include <optional>

namespace licaudit::api {

/// The descriptor of a listening UNIX socket at `path` that systemd handed over (sd_listen_fds(3)); none if it handed
/// over nothing. errc::refused if it handed over something else. Clears LISTEN_*, so that children do not see them;
/// once.
[[nodiscard]] result<std::optional<int>> inherited_socket(const std::filesystem::path& path);

}  // namespace licaudit::api

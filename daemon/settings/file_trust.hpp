#pragma once

#include "model/result.hpp"

#include <sys/stat.h>

#include <filesystem>

namespace licaudit::settings {

/// May code from here run inside the daemon? The file must be a regular one; it and its folder must belong to root or
/// to the user we run as, and nobody else may write to either (a folder with the sticky bit does not help: the name
/// could be taken first). errc::refused says which of it fails, and what to do. Symbolic links are followed.
[[nodiscard]] result<struct stat> trusted_file(const std::filesystem::path& file);

}  // namespace licaudit::settings

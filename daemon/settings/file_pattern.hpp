#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::settings {

/// Does the text hold `*`, `?` or `[`?
[[nodiscard]] bool is_glob(std::string_view text);

/// `written` as a pattern that starts at `directory`, in which nothing of the directory's own name is a wildcard.
[[nodiscard]] std::string absolute_pattern(const std::filesystem::path& directory, std::string_view written);

/// The files that match, in the order of their bytes, the same on every machine. A pattern may match nothing.
[[nodiscard]] std::vector<std::filesystem::path> matching_files(const std::string& pattern);

}  // namespace licaudit::settings

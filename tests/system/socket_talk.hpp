#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace licaudit::test {

/// Sends bytes to a UNIX socket and reads until the other side closes; at most 30 s.
[[nodiscard]] std::string talk(const std::filesystem::path& socket, std::string_view bytes);
/// The same as another user, from a child process. Needs root.
[[nodiscard]] std::string talk_as(uid_t user, const std::filesystem::path& socket, std::string_view bytes);

/// A request without a body that closes the connection.
[[nodiscard]] std::string get(std::string_view target);

}  // namespace licaudit::test

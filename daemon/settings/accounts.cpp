#include "daemon/settings/accounts.hpp"

#include <grp.h>
#include <pwd.h>

#include <cerrno>
#include <vector>

namespace licaudit::settings {

namespace {

constexpr std::size_t first_buffer_bytes = 4096;
constexpr std::size_t last_buffer_bytes = 1U << 20U;  ///< a group of 50,000 members

/// Calls `ask(buffer, size)` with growing buffers until it no longer says ERANGE.
template <class Ask>
void ask_with_room(const Ask& ask) {
  for (std::size_t size = first_buffer_bytes; size <= last_buffer_bytes; size *= 4) {
    std::vector<char> buffer(size);
    if (ask(buffer.data(), buffer.size()) != ERANGE) return;
  }
}

}  // namespace

std::optional<std::uint32_t> find_user(const std::string& name) {
  std::optional<std::uint32_t> id;
  ask_with_room([&](char* buffer, std::size_t size) {
    passwd entry{};
    passwd* found = nullptr;
    const int error = getpwnam_r(name.c_str(), &entry, buffer, size, &found);
    if (found != nullptr) id = found->pw_uid;
    return error;
  });
  return id;
}

std::optional<std::uint32_t> find_group(const std::string& name) {
  std::optional<std::uint32_t> id;
  ask_with_room([&](char* buffer, std::size_t size) {
    group entry{};
    group* found = nullptr;
    const int error = getgrnam_r(name.c_str(), &entry, buffer, size, &found);
    if (found != nullptr) id = found->gr_gid;
    return error;
  });
  return id;
}

}  // namespace licaudit::settings

#pragma once

#include "model/result.hpp"

#include <cstdint>
#include <vector>

namespace licaudit::access {

/// Who stands at the other end of a UNIX socket, as the kernel says.
struct caller {
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::vector<std::uint32_t> groups;  ///< supplementary ones
  bool operator==(const caller&) const = default;

  [[nodiscard]] bool is_in_group(std::uint32_t group) const;
};

/// Reads SO_PEERCRED and SO_PEERGROUPS of a connected UNIX socket: no name service is asked, so nothing can block.
/// errc::unreachable if the kernel does not tell.
[[nodiscard]] result<caller> caller_of_socket(int descriptor);

}  // namespace licaudit::access

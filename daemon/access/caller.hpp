#pragma once

#include "model/digest.hpp"
#include "model/result.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace licaudit::access {

/// No user has this id: who came without one must never be taken for root.
inline constexpr std::uint32_t no_id = 0xFFFFFFFF;

/// Through which door somebody comes: the UNIX socket knows its peers and looks at no token, the listener of `http`
/// knows tokens and nobody else.
enum class door : std::uint8_t { socket, listener };

/// Who is asking: a peer of the UNIX socket, as the kernel says, or whoever shows a token at the listener.
struct caller {
  std::uint32_t uid = no_id;
  std::uint32_t gid = no_id;
  std::vector<std::uint32_t> groups{};  ///< supplementary ones
  access::door door = access::door::socket;
  std::optional<digest> token{};  ///< SHA-256 of the token; none: none was shown, or not as one is
  auto operator<=>(const caller&) const = default;

  [[nodiscard]] bool is_in_group(std::uint32_t group) const;
};

/// At the listener: the token of a header `Authorization: Bearer TOKEN` (RFC 6750); nobody, if it is anything else.
[[nodiscard]] caller caller_of_authorization(std::string_view header);

/// Takes as long whatever the two have in common, so that no one learns a digest byte by byte.
[[nodiscard]] bool are_same(const digest& one, const digest& other);

/// Reads SO_PEERCRED and SO_PEERGROUPS of a connected UNIX socket: no name service is asked, so nothing can block.
/// errc::unreachable if the kernel does not tell.
[[nodiscard]] result<caller> caller_of_socket(int descriptor);

}  // namespace licaudit::access

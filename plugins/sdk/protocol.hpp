#pragma once

#include <cstddef>
#include <cstdint>

namespace licaudit::sdk {

/// The number in `begin` and in the request.
inline constexpr std::int64_t protocol_version = 1;

/// A longer line ends the run. Generous for a subject with all its groups, small enough to be held for every source at
/// once.
inline constexpr std::size_t max_line_bytes = std::size_t{1024} * 1024;

}  // namespace licaudit::sdk

#pragma once

#include "daemon/api/call.hpp"
#include "daemon/api/route.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace licaudit::api {

inline constexpr std::size_t default_page = 100;
inline constexpr std::size_t largest_page = 1000;

/// A page ends early beyond this, whatever its limit: a record can be as large as a request, and a thousand of them
/// would be an answer that nobody can hold.
inline constexpr std::size_t most_page_bytes = std::size_t{1} << 20;

/// `limit` and `after` of the query.
struct page_request {
  std::size_t limit = default_page;
  std::string after;  ///< the `next` of the page before; empty: from the beginning
};

[[nodiscard]] result<page_request> page_of(const call& asked);

/// An `after` that is a number; 0 if there is none.
[[nodiscard]] result<std::int64_t> number_after(const page_request& page);

inline constexpr query_parameter limit_parameter{"limit", "At most so many, 1 to 1000; 100 if absent"};
inline constexpr query_parameter after_parameter{"after", "The `next` of the page before"};

}  // namespace licaudit::api

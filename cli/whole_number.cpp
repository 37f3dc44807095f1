#include "cli/whole_number.hpp"

#include "model/quantity.hpp"

#include <charconv>

namespace licaudit::cli {

outcome<std::int64_t> parse_quantity(const std::string& text, const std::string& what) {
  std::int64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec == std::errc() && read.ptr == end && text.front() != '-' && is_quantity(value)) return value;
  return complaint{exit_status::usage, what + ": expected " + a_quantity + ", found '" + text + "'"};
}

}  // namespace licaudit::cli

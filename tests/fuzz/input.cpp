#include "tests/fuzz/input.hpp"

namespace licaudit::fuzz {

std::vector<std::string> parts_of(std::string_view input, std::string_view separator, std::size_t count) {
  std::vector<std::string> parts;
  while (parts.size() + 1 < count) {
    const auto end = input.find(separator);
    parts.emplace_back(input.substr(0, end));
    input.remove_prefix(end == std::string_view::npos ? input.size() : end + separator.size());
  }
  parts.emplace_back(input);
  return parts;
}

}  // namespace licaudit::fuzz

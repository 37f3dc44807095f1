#include "tests/cli/golden.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace licaudit::cli {

std::string golden_text(const std::string& name) {
  const std::string path = LICAUDIT_SOURCE_DIRECTORY "/tests/data/cli/" + name;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + " is missing");
  return {std::istreambuf_iterator<char>(file), {}};
}

json::object golden_json(const std::string& name) {
  return parse_json(golden_text(name)).value().as_object();
}

rendering::view plain_view() {
  rendering::view as;
  as.now = parse_rfc3339("2026-11-22T03:07:12Z").value();
  return as;
}

rendering::view narrow_view(std::size_t width) {
  auto as = plain_view();
  as.width = width;
  return as;
}

}  // namespace licaudit::cli

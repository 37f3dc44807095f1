#pragma once

#include "bench/workload.hpp"

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::bench {

/// What the programs here are started with: how large the workload is to be, options with a value, and the rest.
struct options {
  workload_size size = workload_size::full();
  std::map<std::string, std::string, std::less<>> named;
  std::vector<std::string> others;

  [[nodiscard]] std::string of(std::string_view name) const;  ///< empty if absent
};

/// `--quick`, `--tiny`, `--users N`, `--changes N`, and those of `known` with a value each. Nothing if an option is
/// unknown, a value is missing, or a number is none.
[[nodiscard]] std::optional<options> read_options(int count, char** arguments,
                                                  std::initializer_list<std::string_view> known);

}  // namespace licaudit::bench

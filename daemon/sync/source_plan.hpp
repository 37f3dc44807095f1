#pragma once

#include "model/json.hpp"
#include "model/tenant.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::sync {

/// Group 1 of the regex, searched in a field of the record (or in `id`), is the tenant; what does not match is left
/// out.
struct tenant_by_field {
  std::string field;
  std::string regex;
  bool operator==(const tenant_by_field&) const = default;
};

/// One source as the daemon runs it: a process, or, if `tenants` is set, a function of this program.
struct source_plan {
  std::string name;
  std::string plugin;                ///< as the settings name it, for people
  std::filesystem::path executable;  ///< of the process
  std::filesystem::path directory;   ///< where it runs, so that relative paths in its config start there; empty: `/`
  std::string tenant;                ///< of records that name none
  std::optional<tenant_by_field> by_field{};  ///< or this; with neither, each record must name its tenant
  std::chrono::milliseconds every{std::chrono::minutes(15)};
  std::chrono::milliseconds timeout{std::chrono::minutes(5)};

  /// The `config` of the request, made at the start of each run, on the loop: it may read small files, such as secrets.
  std::function<result<json::object>()> config{};

  /// Instead of a process: all tenants, read anew at each run, on the worker. Such a source runs before all others.
  std::function<result<std::vector<licaudit::tenant>>()> tenants{};
};

}  // namespace licaudit::sync

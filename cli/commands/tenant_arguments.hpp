#pragma once

#include "cli/outcome.hpp"
#include "model/json.hpp"

#include <CLI/App.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::cli::commands {

/// What the command line says of a tenant. Texts that were not given are empty.
struct tenant_arguments {
  std::string id, name, parent, type, service, time_zone, ms_tenant_id, customer_guid;
  std::optional<std::int64_t> monitored;
  std::vector<std::string> sites, acquired, settings, attributes;
  std::map<std::string, std::string> known_attributes;  ///< of options of their own
};

/// All keys of a record; those that can be changed later.
void add_record_options(CLI::App* command, tenant_arguments& given);
void add_changeable_options(CLI::App* command, tenant_arguments& given);

/// The body of POST /v1/tenants, and of PATCH; exit_status 2 where an assignment is none, or nothing is to be changed.
[[nodiscard]] outcome<json::object> tenant_record_of(const tenant_arguments& given);
[[nodiscard]] outcome<json::object> tenant_patch_of(const tenant_arguments& given);

}  // namespace licaudit::cli::commands

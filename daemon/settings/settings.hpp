#pragma once

#include "factors/rules.hpp"
#include "model/factor_set.hpp"
#include "model/instant.hpp"
#include "model/json.hpp"
#include "model/tenant.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::settings {

/// Group 1 of the regex, searched in a field of the record (or in `id`), is the tenant; what does not match is left
/// out.
struct tenant_by_field {
  std::string field;
  std::string regex;
};

/// One entry of `sources`. `config` is handed to the source as it stands, after `${tenant.FIELD}` was filled in and
/// `{file: ..}` and `{credential: ..}` were read, both at the start of each run.
struct source_settings {
  std::string name;
  std::string plugin;
  std::string tenant;  ///< of records that name none; empty: they must name it
  std::optional<tenant_by_field> by_field;
  std::optional<std::string> for_each_service;  ///< one instance per tenant of this service, `NAME.TENANT`
  std::chrono::seconds every{};
  std::chrono::seconds timeout{};
  json::object config;
  std::filesystem::path directory;  ///< relative paths in `config` start here: the folder of the file it stands in
};

enum class role : std::uint8_t { provider, reseller, partner, customer, auditor };

/// One entry of `access`: who, and what he is where. Names of users and groups became numeric ids when the file was
/// read.
struct access_rule {
  std::optional<std::uint32_t> uid, gid;
  std::string token_sha256;  ///< hex; for the TCP listener
  std::string name;          ///< as written, for messages and the operation log
  settings::role role = role::customer;
  std::string tenant;  ///< empty: the root
  bool update = false;
  bool subjects = false;
  std::optional<instant> expires;
};

/// Where the TCP listener is; port 0: the system chooses.
struct listen_address {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  bool operator==(const listen_address&) const = default;
};

/// A share of more than `percent` that is also more than `least`, in hundredths of a percent for exactness.
struct guards {
  std::int64_t shrink_percent = 20;
  std::int64_t swing_percent = 20;
  std::int64_t least = 10;
};

/// Everything that licauditd.yaml and the files beside it say. Immutable once loaded; a reload makes a new one.
struct settings {
  std::filesystem::path file;
  std::vector<std::filesystem::path> files;  ///< every file that was read, this one first
  std::filesystem::path state;
  std::filesystem::path socket_path;
  std::uint32_t socket_mode = 0660;
  std::optional<std::uint32_t> socket_gid;    ///< none: the group does not exist here, or none is wanted
  std::optional<listen_address> http_listen;  ///< none: no TCP listener
  std::chrono::seconds sync_every{};
  std::chrono::seconds calculate_every{};
  guards guard;
  std::int64_t retention_subjects_months = 25;
  std::int64_t retention_calculations_months = 120;
  bool rules_automatic = false;
  std::filesystem::path plugins;  ///< the folder with `sources`, `factors`, `sinks`
  std::string deletion_secret_sha256;
  std::vector<access_rule> access;
  std::vector<source_settings> sources;         ///< in order of precedence
  std::vector<std::string> tenant_patterns;     ///< absolute; the files of `tenants`
  std::vector<tenant> tenants;                  ///< tenants.d
  std::shared_ptr<const factors::rules> rules;  ///< factors.d, compiled
  factors::value_test_kinds kinds;  ///< the factor plugins that factors.d and tenants.d name; for other rule revisions
                                    ///< see load_kinds (plugin_library.hpp)
};

/// Something wrong in a file. All are collected.
struct problem {
  std::filesystem::path file;
  int line = 0;          ///< from 1; 0: the file as a whole
  int column = 0;        ///< from 1
  std::string path;      ///< `sources[1].timeout`
  std::string expected;  ///< with `found`, or the whole sentence alone
  std::string found;
};

/// `file:line:column: key.path: expected ..., found ...`
[[nodiscard]] std::string to_text(const problem& value);

struct loaded {
  std::shared_ptr<const settings> value;  ///< null if there are problems
  std::vector<problem> problems;
};

/// Reads the file, everything it names, and loads the factor plugins that the factors name. Relative paths start at the
/// file they stand in; `binary_directory` is where the default of `plugins`, `../lib/licaudit`, starts.
[[nodiscard]] loaded load(const std::filesystem::path& file, const std::filesystem::path& binary_directory);

/// The files of `tenants.d` alone, as a refresh reads them again.
[[nodiscard]] loaded load_tenants(const settings& current);

}  // namespace licaudit::settings

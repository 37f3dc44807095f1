#pragma once

#include "cli/session.hpp"

#include <CLI/App.hpp>

#include <functional>
#include <string>
#include <vector>

namespace licaudit::cli::commands {

/// What the arguments chose; runs once all of them are read.
using action = std::function<outcome<exit_status>(session&)>;

// Each adds the commands of one file. The chosen one leaves its action in `chosen`, which outlives the parser.
void add_status_commands(CLI::App& app, action& chosen);
void add_tenant_commands(CLI::App& app, action& chosen);
void add_finding_commands(CLI::App& app, action& chosen);
void add_count_commands(CLI::App& app, action& chosen);
void add_usage_commands(CLI::App& app, action& chosen);
void add_factor_commands(CLI::App& app, action& chosen);
void add_order_commands(CLI::App& app, action& chosen);
void add_apply_command(CLI::App& app, action& chosen);
void add_refresh_command(CLI::App& app, action& chosen);
void add_source_commands(CLI::App& app, action& chosen);
void add_subject_commands(CLI::App& app, action& chosen);
void add_ledger_commands(CLI::App& app, action& chosen);
void add_backup_commands(CLI::App& app, action& chosen);
void add_bill_commands(CLI::App& app, action& chosen);

/// An argument that must not be empty: an empty one would make another route of the path.
CLI::Option* add_name(CLI::App* command, const std::string& option, std::string& value, const std::string& description);

/// `name=value`; exit_status 2 if there is no `=` or no name. `what` names the argument for the message.
struct assignment {
  std::string name, value;
};
[[nodiscard]] outcome<assignment> parse_assignment(const std::string& text, std::string_view what);

/// The most elements the API gives at once.
inline constexpr std::string_view page_size = "1000";

}  // namespace licaudit::cli::commands

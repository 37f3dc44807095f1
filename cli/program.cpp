#include "cli/program.hpp"

#include "cli/commands/command.hpp"
#include "cli/rendering/printable.hpp"
#include "cli/terminal.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <unistd.h>
#include <cstdlib>
#include <iostream>

namespace licaudit::cli {

namespace {

constexpr auto version_line = "licaudit " LICAUDIT_VERSION;

/// What CLI11 fills in, before it is understood.
struct global_arguments {
  std::string socket, timeout, colour = "auto";
  bool json = false, jsonl = false, csv = false, no_header = false, utc = false;
};

void add_global_options(CLI::App& app, global_arguments& given) {
  app.add_option("--socket", given.socket, "The daemon's socket")
      ->envname("LICAUDIT_SOCKET")
      ->type_name("PATH")
      ->default_str(std::string(default_socket));
  app.add_option("--timeout", given.timeout,
                 "Give up when no byte has moved for so long; absent: 5s, for long work more")
      ->type_name("TIME");
  auto* json = app.add_flag("--json", given.json, "The daemon's own answer");
  auto* jsonl = app.add_flag("--jsonl", given.jsonl, "One JSON element a line")->excludes(json);
  app.add_flag("--csv", given.csv, "RFC 4180 with a header line")->excludes(json)->excludes(jsonl);
  app.add_flag("--no-header", given.no_header, "Tables and CSV without their first line");
  app.add_flag("--utc", given.utc, "Times in UTC, not in the tenant's zone");
  app.add_option("--color", given.colour, "auto (a terminal, and no NO_COLOR), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
  app.set_help_flag("-h,--help", "Say this, and end");
  app.set_version_flag("--version", version_line, "Say the version, and end");
}

void add_commands(CLI::App& app, commands::action& chosen) {
  using namespace commands;
  add_count_commands(app, chosen);
  add_usage_commands(app, chosen);
  add_status_commands(app, chosen);
  add_finding_commands(app, chosen);
  add_tenant_commands(app, chosen);
  add_subject_commands(app, chosen);
  add_factor_commands(app, chosen);
  add_order_commands(app, chosen);
  add_apply_command(app, chosen);
  add_refresh_command(app, chosen);
  add_source_commands(app, chosen);
  add_ledger_commands(app, chosen);
  add_backup_commands(app, chosen);
  add_bill_commands(app, chosen);
  app.add_subcommand("version", "The version of this program")->callback([&chosen] {
    chosen = [](session&) -> outcome<exit_status> {
      std::cout << version_line << '\n';
      return exit_status::done;
    };
  });
}

outcome<global_options> understood(const global_arguments& given) {
  global_options options;
  if (!given.socket.empty()) options.socket = given.socket;
  if (!given.timeout.empty()) {
    const auto timeout = parse_timeout(given.timeout);
    if (!timeout) return timeout.error();
    options.timeout = *timeout;
  }
  if (given.json) options.form = output_form::json;
  if (given.jsonl) options.form = output_form::jsonl;
  if (given.csv) options.form = output_form::csv;
  if (given.colour != "auto") options.colours = given.colour == "always" ? colour_use::always : colour_use::never;
  options.header = !given.no_header;
  options.utc = given.utc;
  return options;
}

bool colours_wanted(colour_use use, bool to_terminal) {
  const char* refused = std::getenv("NO_COLOR");
  if (refused != nullptr && *refused != '\0') return false;
  return use == colour_use::always || (use == colour_use::automatic && to_terminal);
}

rendering::view view_of(const global_options& options, bool to_terminal) {
  rendering::view as;
  as.width = terminal_width(STDOUT_FILENO);
  as.colours = colours_wanted(options.colours, to_terminal);
  as.utc = options.utc;
  as.headings = options.header;
  as.now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return as;
}

int end_with(const complaint& wrong) {
  std::cerr << "licaudit: " << rendering::printable(wrong.text) << '\n';
  for (const auto& line : wrong.more) std::cerr << "licaudit: " << rendering::printable(line) << '\n';
  return static_cast<int>(wrong.status);
}

int run_chosen(const global_arguments& given, const commands::action& chosen) {
  const auto options = understood(given);
  if (!options) return end_with(options.error());
  const bool to_terminal = is_terminal(STDOUT_FILENO);
  session with(*options, view_of(*options, to_terminal), to_terminal, std::cout);
  const auto verdict = chosen(with);
  std::cout.flush();
  if (!verdict) return end_with(verdict.error());
  // A full disk under `licaudit ... > file` must not look like success.
  if (!std::cout) return end_with({exit_status::internal, "could not write all of the output; is the disk full?"});
  return static_cast<int>(*verdict);
}

int run_parsed(int count, char** words) {
  CLI::App app("How many licences are in use, by which rule, and the proof of it.", "licaudit");
  app.fallthrough();
  app.footer("The options of `licaudit --help`, such as --json or --socket, stand before or behind any command.");
  app.require_subcommand(1);
  global_arguments given;
  commands::action chosen;
  add_global_options(app, given);
  add_commands(app, chosen);
  try {
    app.parse(count, words);
  } catch (const CLI::Success& wanted) {  // --help, --version
    return app.exit(wanted, std::cout, std::cerr);
  } catch (const CLI::ParseError& wrong) {
    return end_with({exit_status::usage, std::string(wrong.what()) + " (licaudit --help tells more)"});
  }
  return run_chosen(given, chosen);
}

}  // namespace

int run_program(int count, char** words) {
  try {
    return run_parsed(count, words);
  } catch (const std::exception& error) {
    return end_with({exit_status::internal, std::string("internal error: ") + error.what()});
  }
}

}  // namespace licaudit::cli

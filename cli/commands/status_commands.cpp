#include "cli/commands/command.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/rendering/status_page.hpp"

#include <memory>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

void add_rules(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("rules", "The factors that are in force, and what waits for an Apply");
  const auto at = std::make_shared<std::string>();
  command->add_option("--at", *at, "The rules that were in force then: 2026-11-01, '2026-11-01 13:00', yesterday, -7d")
      ->type_name("DATE");
  command->callback([&chosen, at] {
    chosen = [at](session& with) {
      return with.show({"GET", target_builder("rules").query("at", *at).text()}, {rule_list(), rules_page});
    };
  });
}

}  // namespace

void add_status_commands(CLI::App& app, action& chosen) {
  app.add_subcommand("status", "The daemon, its sources, and what waits for somebody")->callback([&chosen] {
    chosen = [](session& with) {
      return with.show({"GET", target_builder("status").text()}, {status_list(), status_page, judge_status});
    };
  });
  add_rules(app, chosen);
}

}  // namespace licaudit::cli::commands

#include "cli/commands/command.hpp"
#include "cli/rendering/finding_lines.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/rendering/status_page.hpp"

#include <memory>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

void add_findings(CLI::App& app, action& chosen) {
  struct arguments {
    std::string tenant, severity;
  };
  auto* command = app.add_subcommand("findings", "What a person should look at");
  const auto given = std::make_shared<arguments>();
  add_name(command, "TENANT", given->tenant, "Only of this tenant and what is below it");
  command->add_option("--severity", given->severity, "page, warn or info")
      ->check(CLI::IsMember({"page", "warn", "info"}))
      ->type_name("SEVERITY");
  command->callback([&chosen, given] {
    chosen = [given](session& with) {
      const auto target = target_builder("findings")
                              .query("tenant", given->tenant)
                              .query("severity", given->severity)
                              .query("limit", page_size);
      return with.show({"GET", target.text()}, {finding_list(), findings_page, judge_findings});
    };
  });
}

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
  add_findings(app, chosen);
  add_rules(app, chosen);
}

}  // namespace licaudit::cli::commands

#include "cli/commands/command.hpp"
#include "cli/rendering/confirmations.hpp"
#include "cli/rendering/finding_lines.hpp"
#include "cli/rendering/listings.hpp"

#include <boost/json/serialize.hpp>

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

void add_acknowledge(CLI::App* finding, action& chosen) {
  struct arguments {
    std::string id, until, reason;
  };
  auto* command = finding->add_subcommand("ack", "Hear no more of it until then; counts stay as they are");
  const auto given = std::make_shared<arguments>();
  add_name(command, "ID", given->id, "As licaudit findings shows it")->required();
  command->add_option("--until", given->until, "When it is to be raised again: 2026-12-01, '2026-12-01 13:00', +7d")
      ->required()
      ->type_name("DATE");
  command->add_option("--reason", given->reason, "Why nobody needs to look at it until then")
      ->required()
      ->type_name("TEXT");
  command->callback([&chosen, given] {
    chosen = [given](session& with) {
      const json::object body{{"until", given->until}, {"reason", given->reason}};
      const request question{"POST", target_builder("findings").segment(given->id).segment("acknowledge").text(),
                             json::serialize(body)};
      return with.show(question, {acknowledgement_list(), acknowledgement_text});
    };
  });
}

}  // namespace

void add_finding_commands(CLI::App& app, action& chosen) {
  add_findings(app, chosen);
  auto* finding = app.add_subcommand("finding", "What becomes of one finding");
  finding->require_subcommand(1);
  add_acknowledge(finding, chosen);
}

}  // namespace licaudit::cli::commands

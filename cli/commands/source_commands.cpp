#include "cli/commands/command.hpp"
#include "cli/rendering/confirmations.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/listings.hpp"

#include <boost/json/serialize.hpp>

#include <memory>
#include <optional>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

struct accept_arguments {
  std::string source;
  std::optional<std::int64_t> run;
  std::vector<std::string> tenants;
};

outcome<exit_status> accept(session& with, const accept_arguments& given) {
  json::object body;
  if (given.run) body["run"] = *given.run;
  if (!given.tenants.empty()) body["tenants"] = json::array(given.tenants.begin(), given.tenants.end());
  request question{"POST", target_builder("sources").segment(given.source).segment("accept").text(),
                   json::serialize(body)};
  question.patience = calculation_patience;
  return with.show(question, {acceptance_list(), acceptance_text});
}

void add_runs(CLI::App* source, action& chosen) {
  auto* command = source->add_subcommand("runs", "What its last executions gave, and why one failed");
  const auto name = std::make_shared<std::string>();
  add_name(command, "SOURCE", *name, "Its name")->required();
  command->callback([&chosen, name] {
    chosen = [name](session& with) {
      const auto target = target_builder("sources").segment(*name).segment("runs").query("limit", page_size);
      return with.show({"GET", target.text()}, {run_list()});
    };
  });
}

void add_accept(CLI::App* source, action& chosen) {
  auto* command = source->add_subcommand("accept", "Let a run take effect that a guard holds");
  const auto given = std::make_shared<accept_arguments>();
  add_name(command, "SOURCE", given->source, "Its name")->required();
  command->add_option("--run", given->run, "Only if it is this run that is held")->type_name("ID");
  command->add_option("--tenant", given->tenants, "Only for these; absent: for all that are held")->type_name("TENANT");
  command->callback([&chosen, given] { chosen = [given](session& with) { return accept(with, *given); }; });
}

}  // namespace

void add_source_commands(CLI::App& app, action& chosen) {
  app.add_subcommand("sources", "Where the inventory comes from, and how that goes")->callback([&chosen] {
    chosen = [](session& with) { return with.show({"GET", target_builder("sources").text()}, {source_list()}); };
  });
  auto* source = app.add_subcommand("source", "The runs of one source");
  source->require_subcommand(1);
  add_runs(source, chosen);
  add_accept(source, chosen);
}

}  // namespace licaudit::cli::commands

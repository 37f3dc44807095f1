#include "cli/commands/command.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/rendering/plan_page.hpp"

#include <boost/json/serialize.hpp>

#include <memory>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

struct apply_arguments {
  std::vector<std::string> tenants;
  bool all = false, rules = false, dry_run = false;
  std::string plan;
};

json::object body_of(const apply_arguments& given) {
  json::object body;
  if (!given.tenants.empty()) body["tenants"] = json::array(given.tenants.begin(), given.tenants.end());
  if (given.all) body["all"] = true;
  if (given.rules) body["rules"] = true;
  if (given.dry_run) body["dry_run"] = true;
  if (!given.plan.empty()) body["plan"] = given.plan;
  return body;
}

outcome<exit_status> apply(session& with, const apply_arguments& given) {
  if (given.tenants.empty() && !given.all && given.plan.empty()) {
    return complaint{exit_status::usage, "apply needs tenants, --all or --plan ID (licaudit apply --help tells more)"};
  }
  request question{"POST", target_builder("apply").text(), json::serialize(body_of(given))};
  question.patience = calculation_patience;
  return with.show(question, {plan_list(), plan_page});
}

}  // namespace

void add_apply_command(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("apply", "Apply licence factors: make pending switches effective and calculate");
  const auto given = std::make_shared<apply_arguments>();
  auto* tenants = command->add_option("TENANT", given->tenants, "These, with what is below them")->type_name("");
  auto* all = command->add_flag("--all", given->all, "All tenants")->excludes(tenants);
  auto* rules = command->add_flag("--rules", given->rules, "Pending rules too");
  auto* dry =
      command->add_flag("--dry-run", given->dry_run, "Change nothing; say what would change, and the plan's id");
  command->add_option("--plan", given->plan, "Do what this plan says; refused if anything it rests on has moved")
      ->excludes(tenants)
      ->excludes(all)
      ->excludes(rules)
      ->excludes(dry)
      ->type_name("ID");
  command->callback([&chosen, given] { chosen = [given](session& with) { return apply(with, *given); }; });
}

}  // namespace licaudit::cli::commands

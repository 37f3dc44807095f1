#include "cli/commands/command.hpp"
#include "cli/rendering/confirmations.hpp"
#include "cli/rendering/listings.hpp"

#include <memory>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

struct log_arguments {
  std::string since, until, type, tenant, caller;
};

void add_log(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("log", "Who decided what, and when: the operation log");
  const auto given = std::make_shared<log_arguments>();
  command->add_option("--since", given->since, "From then on; absent: the first of this month")->type_name("DATE");
  command->add_option("--until", given->until, "Until then; absent: now")->type_name("DATE");
  command->add_option("--type", given->type, "Only these: factor, apply, tenant, accept, reload, refused ...")
      ->type_name("TYPE");
  command->add_option("--tenant", given->tenant, "Only of this tenant and its subtree")->type_name("TENANT");
  command->add_option("--caller", given->caller, "Only by this caller")->type_name("CALLER");
  command->callback([&chosen, given] {
    chosen = [given](session& with) {
      const auto target = target_builder("operations")
                              .query("since", given->since)
                              .query("until", given->until)
                              .query("type", given->type)
                              .query("tenant", given->tenant)
                              .query("caller", given->caller)
                              .query("limit", page_size);
      return with.show({"GET", target.text()}, {operation_list()});
    };
  });
}

/// A configuration that is refused is exit_status 8, whatever HTTP calls it; nobody else answers 422 here.
outcome<exit_status> reload(session& with) {
  request question{"POST", target_builder("reload").text()};
  question.patience = calculation_patience;
  auto verdict = with.show(question, {reload_list(), reload_text});
  if (verdict || verdict.error().more.empty()) return verdict;
  auto wrong = verdict.error();
  wrong.status = exit_status::bad_configuration;
  return wrong;
}

void add_verify(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("verify", "Recompute the hash chain and the counts");
  const auto full = std::make_shared<bool>(false);
  command->add_flag("--full", *full, "Every version of every subject too");
  command->callback([&chosen, full] {
    chosen = [full](session& with) {
      request question{"POST", target_builder("verify").text()};
      if (*full) question.body = R"({"full":true})";
      question.patience = verification_patience;
      return with.show(question, {verification_list(), verification_text, judge_verification});
    };
  });
}

}  // namespace

void add_ledger_commands(CLI::App& app, action& chosen) {
  add_log(app, chosen);
  app.add_subcommand("reload", "Read the configuration again; a bad one changes nothing")->callback([&chosen] {
    chosen = reload;
  });
  add_verify(app, chosen);
}

}  // namespace licaudit::cli::commands

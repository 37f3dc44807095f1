#include "cli/commands/command.hpp"
#include "cli/commands/tenant_arguments.hpp"
#include "cli/rendering/confirmations.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/rendering/move_page.hpp"
#include "cli/terminal.hpp"

#include <boost/json/serialize.hpp>

#include <memory>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

struct list_arguments {
  std::string type, search, parent;
  std::vector<std::string> columns;
};

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ",") + name;
  return text;
}

outcome<exit_status> list_tenants(session& with, const list_arguments& given) {
  const auto target = target_builder("tenants")
                          .query("type", given.type)
                          .query("parent", given.parent)
                          .query("search", given.search)
                          .query("columns", joined(given.columns))
                          .query("limit", page_size);
  return with.show({"GET", target.text()}, {given.columns.empty() ? tenant_list() : tenant_report(given.columns)});
}

void add_list(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("tenants", "The tenants");
  const auto given = std::make_shared<list_arguments>();
  command->add_option("--type", given->type, "Only provider, reseller, partner or customer")
      ->check(CLI::IsMember({"provider", "reseller", "partner", "customer"}))
      ->type_name("TYPE");
  command->add_option("--search", given->search, "Only those whose id or name holds this text")->type_name("TEXT");
  command->add_option("--parent", given->parent, "Only those below this tenant")->type_name("TENANT");
  command
      ->add_option("--columns", given->columns,
                   "These, in this order, with commas between: keys, attributes, attribute.NAME, setting.NAME, "
                   "LICENCE.licensed, .acquired, .available, LICENCE/FACTOR.calculated, .configured")
      ->delimiter(',')
      ->check([](const std::string& text) { return text.empty() ? std::string("must not be empty") : std::string(); })
      ->type_name("A,B");
  command->callback([&chosen, given] { chosen = [given](session& with) { return list_tenants(with, *given); }; });
}

outcome<exit_status> send(session& with, request question, const std::string& did) {
  question.patience = calculation_patience;
  return with.show(question, {one_tenant(), [did](const json::object& answer, const view& as) {
                                return change_text(did, answer, as);
                              }});
}

outcome<exit_status> patch(session& with, const std::string& tenant, const json::object& body, const std::string& did) {
  return send(with, {"PATCH", target_builder("tenants").segment(tenant).text(), json::serialize(body)}, did);
}

void add_add(CLI::App* group, action& chosen) {
  auto* command = group->add_subcommand("add", "A tenant of the built-in source local");
  const auto given = std::make_shared<tenant_arguments>();
  add_name(command, "TENANT", given->id, "Its id: letters, digits, . _ -")->required();
  add_record_options(command, *given);
  command->callback([&chosen, given] {
    chosen = [given](session& with) -> outcome<exit_status> {
      const auto record = tenant_record_of(*given);
      if (!record) return record.error();
      return send(with, {"POST", target_builder("tenants").text(), json::serialize(*record)},
                  "added tenant " + given->id);
    };
  });
}

void add_set(CLI::App* group, action& chosen) {
  auto* command = group->add_subcommand("set", "Change its name, parent, settings or attributes");
  const auto given = std::make_shared<tenant_arguments>();
  add_name(command, "TENANT", given->id, "Its id")->required();
  add_changeable_options(command, *given);
  command->callback([&chosen, given] {
    chosen = [given](session& with) -> outcome<exit_status> {
      const auto body = tenant_patch_of(*given);
      if (!body) return body.error();
      return patch(with, given->id, *body, "changed tenant " + given->id);
    };
  });
}

void add_enable(CLI::App* group, action& chosen, const std::string& name, const std::string& description,
                bool enabled) {
  auto* command = group->add_subcommand(name, description);
  const auto tenant = std::make_shared<std::string>();
  add_name(command, "TENANT", *tenant, "Its id")->required();
  command->callback([&chosen, tenant, name, enabled] {
    chosen = [tenant, name, enabled](session& with) {
      return patch(with, *tenant, {{"enabled", enabled}}, name + "d tenant " + *tenant);
    };
  });
}

struct move_arguments {
  std::string tenant, to, effective;
  bool dry_run = false, cancel = false;
};

outcome<exit_status> move_tenant(session& with, const move_arguments& given) {
  const auto target = target_builder("tenants").segment(given.tenant).segment("move").text();
  if (given.cancel) return send(with, {"DELETE", target}, "cancelled the planned move of tenant " + given.tenant);
  if (given.to.empty())
    return complaint{exit_status::usage, "tenant move needs --to PARENT, or --cancel for a planned move"};
  json::object body{{"to", given.to}};
  if (!given.effective.empty()) body["effective"] = given.effective;
  if (given.dry_run) body["dry_run"] = true;
  request question{"POST", target, json::serialize(body)};
  question.patience = calculation_patience;
  return with.show(question, {move_list(), move_text});
}

void add_move(CLI::App* group, action& chosen) {
  auto* command = group->add_subcommand("move", "Put it below another tenant, now or at a time to come");
  const auto given = std::make_shared<move_arguments>();
  add_name(command, "TENANT", given->tenant, "Its id")->required();
  auto* to = add_name(command, "--to", given->to, "The id of the tenant it comes below")->type_name("PARENT");
  auto* effective = command->add_option("--effective", given->effective, "Not before then; absent: now")
                        ->type_name("DATE")
                        ->needs(to);
  auto* dry_run = command->add_flag("--dry-run", given->dry_run, "Only say what that would change")->needs(to);
  command->add_flag("--cancel", given->cancel, "Forget what was planned")
      ->excludes(to)
      ->excludes(effective)
      ->excludes(dry_run);
  command->callback([&chosen, given] { chosen = [given](session& with) { return move_tenant(with, *given); }; });
}

void add_remove(CLI::App* group, action& chosen) {
  struct arguments {
    std::string tenant, secret_file;
  };
  auto* command = group->add_subcommand("remove", "Delete it; needs the deletion secret");
  const auto given = std::make_shared<arguments>();
  add_name(command, "TENANT", given->tenant, "Its id")->required();
  command
      ->add_option("--secret-file", given->secret_file,
                   "The deletion secret is its first line; - is standard input; absent: asked for")
      ->type_name("FILE");
  command->callback([&chosen, given] {
    chosen = [given](session& with) -> outcome<exit_status> {
      const auto secret =
          given->secret_file.empty() ? ask_for_secret("deletion secret: ") : read_secret_file(given->secret_file);
      if (!secret) return secret.error();
      request question{"DELETE", target_builder("tenants").segment(given->tenant).text()};
      question.secret = *secret;
      return send(with, question, "removed tenant " + given->tenant);
    };
  });
}

}  // namespace

void add_tenant_commands(CLI::App& app, action& chosen) {
  add_list(app, chosen);
  auto* group = app.add_subcommand("tenant", "Add, change and remove tenants");
  group->require_subcommand(1);
  add_add(group, chosen);
  add_set(group, chosen);
  add_enable(group, chosen, "enable", "Count it again", true);
  add_enable(group, chosen, "disable", "Count nothing for it and what is below it", false);
  add_move(group, chosen);
  add_remove(group, chosen);
}

}  // namespace licaudit::cli::commands

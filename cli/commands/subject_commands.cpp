#include "cli/commands/command.hpp"
#include "cli/rendering/confirmations.hpp"
#include "cli/rendering/listings.hpp"

#include <boost/json/serialize.hpp>

#include <memory>
#include <optional>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

struct subject_arguments {
  std::string tenant, id;
  std::vector<std::string> fields;
  std::optional<std::int64_t> quantity;
};

/// A field that is named twice becomes a list: a user can have several gateways.
outcome<json::object> read_fields(const std::vector<std::string>& given) {
  json::object fields;
  for (const auto& text : given) {
    const auto one = parse_assignment(text, "FIELD=VALUE");
    if (!one) return one.error();
    const auto [place, is_new] = fields.emplace(one->name, one->value);
    if (is_new) continue;
    if (place->value().is_string()) place->value() = json::array{place->value()};
    place->value().get_array().emplace_back(one->value);
  }
  return fields;
}

request question_for(const std::string& method, const std::string& kind, const subject_arguments& given) {
  request question{method,
                   target_builder("tenants").segment(given.tenant).segment(kind + 's').segment(given.id).text()};
  question.patience = calculation_patience;
  return question;
}

outcome<exit_status> change(session& with, const request& question, const std::string& did) {
  return with.show(question, {subject_change_list(), [did](const json::object& answer, const view& as) {
                                return change_text(did, answer, as);
                              }});
}

outcome<exit_status> put(session& with, const std::string& kind, const subject_arguments& given) {
  auto fields = read_fields(given.fields);
  if (!fields) return fields.error();
  auto question = question_for("PUT", kind, given);
  json::object body{{"fields", std::move(*fields)}};
  if (given.quantity) body["quantity"] = *given.quantity;
  question.body = json::serialize(body);
  return change(with, question, "put " + kind + ' ' + given.id + " of " + given.tenant);
}

void add_kind(CLI::App& app, action& chosen, const std::string& kind, const std::string& example) {
  auto* group = app.add_subcommand(kind, "A " + kind + " of the built-in source local");
  group->require_subcommand(1);
  const auto given = std::make_shared<subject_arguments>();
  auto* putting = group->add_subcommand("put", "Add it, or give it these fields instead of those it has");
  auto* removing = group->add_subcommand("remove", "Take it away");
  for (auto* command : {putting, removing}) {
    add_name(command, "TENANT", given->tenant, "The tenant's id")->required();
    add_name(command, "ID", given->id, "Its id, " + example)->required();
  }
  putting->add_option("FIELD=VALUE", given->fields, "Its fields; one that is named twice is a list")->type_name("");
  putting->add_option("--quantity", given->quantity, "How many it counts for; absent: 1")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  putting->callback(
      [&chosen, given, kind] { chosen = [given, kind](session& with) { return put(with, kind, *given); }; });
  removing->callback([&chosen, given, kind] {
    chosen = [given, kind](session& with) {
      return change(with, question_for("DELETE", kind, *given),
                    "removed " + kind + ' ' + given->id + " of " + given->tenant);
    };
  });
}

}  // namespace

void add_subject_commands(CLI::App& app, action& chosen) {
  add_kind(app, chosen, "user", "such as ann@contoso.example");
  add_kind(app, chosen, "number", "such as CustDialPlan/+442079460100");
}

}  // namespace licaudit::cli::commands

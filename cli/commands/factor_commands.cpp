#include "cli/commands/command.hpp"
#include "cli/factor_name.hpp"
#include "cli/rendering/confirmations.hpp"
#include "cli/rendering/listings.hpp"

#include <boost/json/serialize.hpp>

#include <memory>
#include <optional>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

struct switch_arguments {
  std::string tenant, factor;
};

/// `on` none: back to what the tenants above say.
outcome<exit_status> set_switch(session& with, const switch_arguments& given, std::optional<bool> on) {
  const auto name = find_factor(with, given.tenant, given.factor);
  if (!name) return name.error();
  request question;
  question.method = on ? "PUT" : "DELETE";
  question.target = target_builder("tenants")
                        .segment(given.tenant)
                        .segment("factors")
                        .segment(name->licence)
                        .segment(name->factor)
                        .text();
  if (on) question.body = json::serialize(json::object{{"on", *on}});
  return with.show(question, {switch_list(), switch_text});
}

void add_switch(CLI::App* parent, action& chosen, const std::string& name, const std::string& description,
                std::optional<bool> on) {
  auto* command = parent->add_subcommand(name, description);
  const auto given = std::make_shared<switch_arguments>();
  add_name(command, "TENANT", given->tenant, "Its id; the provider's is the global setting")->required();
  add_name(command, "FACTOR", given->factor, "LICENCE/FACTOR, or FACTOR alone where only one licence has it")
      ->required();
  command->callback(
      [&chosen, given, on] { chosen = [given, on](session& with) { return set_switch(with, *given, on); }; });
}

}  // namespace

void add_factor_commands(CLI::App& app, action& chosen) {
  auto* factor = app.add_subcommand("factor", "Switch a factor for a tenant; pending until: licaudit apply TENANT");
  factor->require_subcommand(1);
  add_switch(factor, chosen, "on", "Count by this factor", true);
  add_switch(factor, chosen, "off", "Do not; its subjects fall to the next factor that holds them", false);
  add_switch(factor, chosen, "default", "Take back the tenant's own setting", std::nullopt);
}

}  // namespace licaudit::cli::commands

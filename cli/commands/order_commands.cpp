#include "cli/commands/command.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/order_page.hpp"
#include "cli/whole_number.hpp"

#include <boost/json/serialize.hpp>

#include <memory>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

struct order_arguments {
  std::string tenant, licence, change;
};

target_builder cart_of(const order_arguments& given) {
  return target_builder("tenants").segment(given.tenant).segment("order");
}

/// `sign` 1 adds, -1 drops.
outcome<exit_status> stage(session& with, const order_arguments& given, std::int64_t sign) {
  const auto change = parse_quantity(given.change, "CHANGE");
  if (!change) return change.error();
  request question{"POST", cart_of(given).text()};
  question.body = json::serialize(json::object{{"licence", given.licence}, {"change", sign * *change}});
  return with.show(question, {order_list(), order_page});
}

outcome<exit_status> show_cart(session& with, const order_arguments& given) {
  return with.show({"GET", cart_of(given).text()}, {order_list(), order_page});
}

outcome<exit_status> cancel(session& with, const order_arguments& given) {
  return with.show({"DELETE", cart_of(given).query("licence", given.licence).text()}, {order_list(), order_page});
}

/// What is confirmed is what was shown: the version that was read goes along.
outcome<exit_status> confirm(session& with, const order_arguments& given) {
  const auto cart = with.ask({"GET", cart_of(given).text()});
  if (!cart) return cart.error();
  if (with.form() == output_form::people && !elements(*cart, "lines").empty())
    with.write_text(order_list().people(*cart, with.as()));
  request question{"POST", cart_of(given).segment("confirm").text()};
  question.body = json::serialize(json::object{{"version", integer_at(*cart, "version").value_or(0)}});
  question.patience = calculation_patience;
  return with.show(question, {order_list(), ordered_text});
}

outcome<exit_status> set_limit(session& with, const order_arguments& given) {
  json::object body{{"limit", nullptr}};
  if (given.change != "none") {
    const auto limit = parse_quantity(given.change, "LIMIT (or none)");
    if (!limit) return limit.error();
    body["limit"] = *limit;
  }
  request question{"PUT",
                   target_builder("tenants").segment(given.tenant).segment("limits").segment(given.licence).text()};
  question.body = json::serialize(body);
  return with.show(question, {limit_list(), limit_text});
}

using arguments = std::shared_ptr<order_arguments>;

arguments add_tenant(CLI::App* command) {
  auto given = std::make_shared<order_arguments>();
  add_name(command, "TENANT", given->tenant, "Its id")->required();
  return given;
}

void add_stage(CLI::App* parent, action& chosen, const std::string& name, const std::string& description,
               std::int64_t sign) {
  auto* command = parent->add_subcommand(name, description);
  const auto given = add_tenant(command);
  add_name(command, "LICENCE", given->licence, "Its id")->required();
  add_name(command, "CHANGE", given->change, "How many, on top of what is staged already")->required();
  command->callback(
      [&chosen, given, sign] { chosen = [given, sign](session& with) { return stage(with, *given, sign); }; });
}

}  // namespace

void add_order_commands(CLI::App& app, action& chosen) {
  auto* order = app.add_subcommand("order", "Change what is acquired: stage it in a cart, look at it, confirm it");
  order->require_subcommand(1);
  add_stage(order, chosen, "add", "Stage so many more of a licence", 1);
  add_stage(order, chosen, "drop", "Stage so many fewer of a licence", -1);

  auto* show = order->add_subcommand("show", "What you have staged, what it makes of this month, what is in its way");
  const auto shown = add_tenant(show);
  show->callback([&chosen, shown] { chosen = [shown](session& with) { return show_cart(with, *shown); }; });

  auto* all = order->add_subcommand("confirm", "Order all that you have staged, effective at once");
  const auto confirmed = add_tenant(all);
  all->callback([&chosen, confirmed] { chosen = [confirmed](session& with) { return confirm(with, *confirmed); }; });

  auto* none = order->add_subcommand("cancel", "Drop what you have staged");
  const auto cancelled = add_tenant(none);
  none->add_option("LICENCE", cancelled->licence, "Only this line")->type_name("");
  none->callback([&chosen, cancelled] { chosen = [cancelled](session& with) { return cancel(with, *cancelled); }; });

  auto* limit = app.add_subcommand("limit", "What a tenant may use above what a licence includes");
  const auto limited = add_tenant(limit);
  add_name(limit, "LICENCE", limited->licence, "Its id")->required();
  add_name(limit, "LIMIT", limited->change, "A whole number, or none")->required();
  limit->callback([&chosen, limited] { chosen = [limited](session& with) { return set_limit(with, *limited); }; });
}

}  // namespace licaudit::cli::commands

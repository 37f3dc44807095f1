#include "cli/commands/command.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/rendering/usage_page.hpp"

#include <memory>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

void add_usage(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("usage", "What is used of each licence, of how much, and which limits are near");
  const auto tenant = std::make_shared<std::string>();
  add_name(command, "TENANT", *tenant, "Its id")->required();
  command->callback([&chosen, tenant] {
    chosen = [tenant](session& with) {
      const auto target = target_builder("tenants").segment(*tenant).segment("usage");
      return with.show({"GET", target.text()}, {usage_list(), usage_page, judge_usage});
    };
  });
}

void add_check(CLI::App& app, action& chosen) {
  struct arguments {
    std::string tenant, licence, quantity;
  };
  auto* command = app.add_subcommand("check", "Whether so much more of a licence may be used now: exit status 0 or 1");
  const auto given = std::make_shared<arguments>();
  add_name(command, "TENANT", given->tenant, "Its id")->required();
  add_name(command, "LICENCE", given->licence, "Its id")->required();
  // A text: the daemon says what is wrong with a number.
  add_name(command, "QUANTITY", given->quantity, "How much more; absent: 1");
  command->callback([&chosen, given] {
    chosen = [given](session& with) {
      const auto target = target_builder("tenants")
                              .segment(given->tenant)
                              .segment("check")
                              .query("licence", given->licence)
                              .query("quantity", given->quantity);
      return with.show({"GET", target.text()}, {check_list(), check_text, judge_check});
    };
  });
}

}  // namespace

void add_usage_commands(CLI::App& app, action& chosen) {
  add_usage(app, chosen);
  add_check(app, chosen);
}

}  // namespace licaudit::cli::commands

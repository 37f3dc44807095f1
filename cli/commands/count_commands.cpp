#include "cli/commands/command.hpp"
#include "cli/rendering/history_page.hpp"
#include "cli/rendering/licence_page.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/rendering/subjects_page.hpp"

#include <memory>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

constexpr auto date_forms = "2026-11-01, '2026-11-01 13:00', yesterday, now, -7d, or RFC 3339";

void add_show(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("show", "The licence page of a tenant: n1 (n2) per factor");
  const auto tenant = std::make_shared<std::string>();
  add_name(command, "TENANT", *tenant, "Its id")->required();
  command->callback([&chosen, tenant] {
    chosen = [tenant](session& with) {
      const auto target = target_builder("tenants").segment(*tenant).segment("licences");
      return with.show({"GET", target.text()}, {tally_list(), licence_page, judge_licence_page});
    };
  });
}

struct history_arguments {
  std::string tenant, licence, factor, since, until, by = "change";
};

void add_history(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("history", "What the counts were, when they changed, and why");
  const auto given = std::make_shared<history_arguments>();
  add_name(command, "TENANT", given->tenant, "Its id")->required();
  command->add_option("--licence", given->licence, "Only this licence")->type_name("LICENCE");
  command->add_option("--factor", given->factor, "Only this factor")->type_name("FACTOR");
  command
      ->add_option("--since", given->since, std::string("From then on; absent: the first of this month. ") + date_forms)
      ->type_name("DATE");
  command->add_option("--until", given->until, "Until then; absent: now. A bare date includes that day")
      ->type_name("DATE");
  command->add_option("--by", given->by, "One line per calculation, change, day or month")
      ->check(CLI::IsMember({"calculation", "change", "day", "month"}))
      ->capture_default_str()
      ->type_name("PERIOD");
  command->callback([&chosen, given] {
    chosen = [given](session& with) {
      const auto target = target_builder("tenants")
                              .segment(given->tenant)
                              .segment("history")
                              .query("licence", given->licence)
                              .query("factor", given->factor)
                              .query("since", given->since)
                              .query("until", given->until)
                              .query("by", given->by);
      return with.show({"GET", target.text()}, {history_list(), history_page});
    };
  });
}

struct subjects_arguments {
  std::string tenant, licence, factor, at, kind;
};

void add_subjects(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("subjects", "Who holds what and what it is worth, now or at any kept instant");
  const auto given = std::make_shared<subjects_arguments>();
  add_name(command, "TENANT", given->tenant, "Its id")->required();
  command->add_option("--licence", given->licence, "Only this licence")->type_name("LICENCE");
  command->add_option("--factor", given->factor, "Only those that count by this factor")->type_name("FACTOR");
  command->add_option("--at", given->at, std::string("As of then. ") + date_forms)->type_name("DATE");
  command->add_option("--kind", given->kind, "user, number or meter")
      ->check(CLI::IsMember({"user", "number", "meter"}))
      ->type_name("KIND");
  command->callback([&chosen, given] {
    chosen = [given](session& with) {
      const auto target = target_builder("tenants")
                              .segment(given->tenant)
                              .segment("subjects")
                              .query("licence", given->licence)
                              .query("factor", given->factor)
                              .query("at", given->at)
                              .query("kind", given->kind)
                              .query("limit", page_size);
      return with.show({"GET", target.text()}, {subject_list(), subjects_page});
    };
  });
}

}  // namespace

void add_count_commands(CLI::App& app, action& chosen) {
  add_show(app, chosen);
  add_history(app, chosen);
  add_subjects(app, chosen);
}

}  // namespace licaudit::cli::commands

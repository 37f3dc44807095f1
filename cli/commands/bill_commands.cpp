#include "cli/commands/command.hpp"
#include "cli/rendering/bill_page.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/reply.hpp"

#include <memory>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

struct bill_arguments {
  std::string tenant, month;
  bool html = false;
};

/// The daemon writes the page; a refusal is a problem as everywhere.
outcome<exit_status> print_statement(session& with, request question) {
  question.accept = "text/html";
  const auto page = with.client().ask(question);
  if (!page) return page.error();
  if (page->status != 200) return read_reply(*page).error();
  with.write_text(page->body);
  return exit_status::done;
}

}  // namespace

void add_bill_commands(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("bill", "What each licence comes to in a month, and where that comes from");
  const auto given = std::make_shared<bill_arguments>();
  command->add_option("TENANT", given->tenant, "It and all under it; absent: all that you may see")->type_name("");
  command->add_option("--month", given->month, "2026-11; absent: this one, as far as it has gone")->type_name("MONTH");
  command->add_flag("--html", given->html, "The statement of the tenant as a page to print");
  command->callback([&chosen, given] {
    chosen = [given](session& with) -> outcome<exit_status> {
      const auto target = target_builder("bills")
                              .query("month", given->month)
                              .query("tenant", given->tenant)
                              .query("limit", given->html ? "" : page_size);
      request question{"GET", target.text()};
      question.patience = calculation_patience;
      if (given->html) return print_statement(with, std::move(question));
      return with.show(question, {bill_list(), bill_page});
    };
  });
}

}  // namespace licaudit::cli::commands

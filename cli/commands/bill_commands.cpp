#include "cli/commands/bill_subjects.hpp"
#include "cli/commands/command.hpp"
#include "cli/invoice_comparison.hpp"
#include "cli/rendering/bill_page.hpp"
#include "cli/rendering/confirmations.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/reply.hpp"

#include <boost/json/serialize.hpp>

#include <memory>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

struct bill_arguments {
  std::string tenant, month, licence, invoice;
  bool html = false, subjects = false;
};

struct ruling_arguments {
  std::string tenant, licence, month, at, reason;
  std::int64_t quantity = 0;
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

target_builder bills_target(const bill_arguments& given) {
  target_builder made("bills");
  made.query("month", given.month).query("tenant", given.tenant).query("limit", given.html ? "" : page_size);
  return made;
}

std::string differences_text(const json::object& answer, const view& as) {
  if (!elements(answer, "differences").empty()) return difference_list().people(answer, as);
  return "the invoice and the bills of " + std::string(text_at(answer, "month")) + " say the same\n";
}

/// The file first: whoever mistyped it need not wait for the bills.
outcome<exit_status> compare(session& with, const bill_arguments& given) {
  const auto invoice = read_invoice_file(given.invoice);
  if (!invoice) return invoice.error();
  json::object all;
  std::string after;
  do {
    auto target = bills_target(given);
    target.query("after", after);
    request question{"GET", target.text()};
    question.patience = calculation_patience;
    auto page = with.ask(question);
    if (!page) return page.error();
    after = text_at(*page, "next");
    json::array bills = elements(*page, "tenants");
    if (all.empty()) all = {{"month", text_at(*page, "month")}, {"tenants", json::array()}};
    auto& into = all["tenants"].get_array();
    into.insert(into.end(), bills.begin(), bills.end());
  } while (!after.empty());
  json::object answer{{"month", all["month"]}, {"differences", invoice_differences(all, *invoice)}};
  with.write(answer, {difference_list(), differences_text});
  return answer["differences"].get_array().empty() ? exit_status::done : exit_status::attention;
}

outcome<exit_status> show_subjects(session& with, const bill_arguments& given) {
  if (given.tenant.empty() || given.month.empty())
    return complaint{exit_status::usage, "bill --subjects needs a TENANT and a --month"};
  return show_counted_subjects(with, given.tenant, given.month, given.licence);
}

outcome<exit_status> show_bill(session& with, const bill_arguments& given) {
  if (!given.invoice.empty()) return compare(with, given);
  if (given.subjects) return show_subjects(with, given);
  request question{"GET", bills_target(given).text()};
  question.patience = calculation_patience;
  if (given.html) return print_statement(with, std::move(question));
  return with.show(question, {bill_list(), bill_page});
}

outcome<exit_status> rule(session& with, const ruling_arguments& given, const char* what, const json::object& body,
                          const presentation& how) {
  request question{"POST", target_builder("bills").segment(given.month).segment(what).text(), json::serialize(body)};
  question.patience = calculation_patience;
  return with.show(question, how);
}

CLI::App* add_ruling(CLI::App* bill, ruling_arguments& given, const char* name, const char* description) {
  auto* command = bill->add_subcommand(name, description);
  command->add_option("--month", given.month, "2026-11")->type_name("MONTH")->required();
  return command;
}

void add_close(CLI::App* bill, action& chosen) {
  const auto given = std::make_shared<ruling_arguments>();
  auto* command = add_ruling(bill, *given, "close", "Close bills for ever, in the order of months");
  command->add_option("TENANT", given->tenant, "It and all under it; absent: every tenant")->type_name("");
  command->callback([&chosen, given] {
    chosen = [given](session& with) {
      json::object body;
      if (!given->tenant.empty()) body["tenant"] = given->tenant;
      return rule(with, *given, "close", body, {closing_list(), closing_text});
    };
  });
}

void add_accept(CLI::App* bill, action& chosen) {
  const auto given = std::make_shared<ruling_arguments>();
  auto* command = add_ruling(bill, *given, "accept", "Bill a value that a guard held, for as long as it stood");
  add_name(command, "TENANT", given->tenant, "Its id")->required();
  add_name(command, "LICENCE", given->licence, "Its id")->required();
  command->add_option("--at", given->at, "A time at which it stood, as the bill shows it")
      ->type_name("DATE")
      ->required();
  command->callback([&chosen, given] {
    chosen = [given](session& with) {
      const json::object body{{"tenant", given->tenant}, {"licence", given->licence}, {"at", given->at}};
      return rule(with, *given, "accept", body, {bill_acceptance_list(), bill_acceptance_text});
    };
  });
}

void add_correct(CLI::App* bill, action& chosen) {
  const auto given = std::make_shared<ruling_arguments>();
  auto* command = add_ruling(bill, *given, "correct", "Charge another quantity than the lines come to");
  add_name(command, "TENANT", given->tenant, "Its id")->required();
  add_name(command, "LICENCE", given->licence, "Its id")->required();
  command->add_option("QUANTITY", given->quantity, "What is charged instead")->type_name("")->required();
  command->add_option("--reason", given->reason, "One line that the bill shows")->type_name("TEXT")->required();
  command->callback([&chosen, given] {
    chosen = [given](session& with) {
      const json::object body{{"tenant", given->tenant},
                              {"licence", given->licence},
                              {"quantity", given->quantity},
                              {"reason", given->reason}};
      return rule(with, *given, "correct", body, {correction_list(), correction_text});
    };
  });
}

}  // namespace

void add_bill_commands(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("bill", "What each licence comes to in a month, and where that comes from");
  const auto given = std::make_shared<bill_arguments>();
  command->add_option("TENANT", given->tenant, "It and all under it; absent: all that you may see")->type_name("");
  command->add_option("--month", given->month, "2026-11; absent: this one, as far as it has gone")->type_name("MONTH");
  auto* html = command->add_flag("--html", given->html, "The statement of the tenant as a page to print");
  command
      ->add_option("--against", given->invoice,
                   "Compare with a vendor's invoice, a CSV file with the columns contract, licence and quantity; exits "
                   "with 1 where they differ")
      ->type_name("FILE")
      ->excludes(html);
  auto* subjects = command->add_flag("--subjects", given->subjects,
                                     "Who was counted in the month, from when until when; not those under the tenant");
  subjects->excludes(html);
  command->add_option("--licence", given->licence, "Of --subjects: only who counts for this one")
      ->type_name("LICENCE")
      ->needs(subjects);
  command->callback([&chosen, given, command] {
    // It runs after that of a command below it, which has chosen already.
    if (command->get_subcommands().empty()) chosen = [given](session& with) { return show_bill(with, *given); };
  });
  add_close(command, chosen);
  add_accept(command, chosen);
  add_correct(command, chosen);
}

}  // namespace licaudit::cli::commands

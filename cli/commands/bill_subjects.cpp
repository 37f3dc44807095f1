#include "cli/commands/bill_subjects.hpp"

#include "cli/progress_line.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/reply.hpp"

#include <optional>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

/// The lines of the stream as they come.
struct counted_stream {
  json::object all{{"subjects", json::array()}};
  bool ended = false;
  std::optional<complaint> problem;

  void take(const json::object& line, progress_line& progress) {
    const auto kind = text_at(line, "kind");
    if (kind == "progress")
      progress.show("month read " + std::to_string(integer_at(line, "done").value_or(0)) + " of " +
                    std::to_string(integer_at(line, "total").value_or(0)));
    if (kind == "subject") all["subjects"].get_array().push_back(line);
    if (kind == "problem") problem = read_problem(line, 500);
    if (kind == "end") ended = true;
  }
};

}  // namespace

outcome<exit_status> show_counted_subjects(session& with, const std::string& tenant, const std::string& month,
                                           const std::string& licence) {
  request question{"GET", target_builder("bills")
                              .segment(month)
                              .segment("subjects")
                              .query("tenant", tenant)
                              .query("licence", licence)
                              .text()};
  question.patience = calculation_patience;
  progress_line progress;
  counted_stream lines;
  const auto reply = with.client().ask(question, [&](std::string_view text) {
    const auto line = parse_json(text);
    if (line && line->is_object()) lines.take(line->get_object(), progress);
    if (with.form() == output_form::json) with.write_json(text);
  });
  progress.clear();
  if (!reply) return reply.error();
  if (reply->status != 200) return read_reply(*reply).error();
  if (lines.problem) return *lines.problem;
  if (!lines.ended) return complaint{exit_status::internal, "the answer ended too early; ask again"};
  if (with.form() == output_form::json) return exit_status::done;
  const auto people = [](const json::object& answer, const view& as) {
    return elements(answer, "subjects").empty() ? std::string("nobody was counted\n")
                                                : counted_list().people(answer, as);
  };
  with.write(lines.all, {counted_list(), people});
  return exit_status::done;
}

}  // namespace licaudit::cli::commands

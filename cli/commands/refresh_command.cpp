#include "cli/commands/command.hpp"
#include "cli/progress_line.hpp"
#include "cli/rendering/confirmations.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/reply.hpp"

#include <boost/json/serialize.hpp>

#include <memory>

namespace licaudit::cli::commands {

using namespace rendering;

namespace {

/// The last line of the stream: `result`, or the problem that ended it.
outcome<json::object> last_line(const answer& reply) {
  if (reply.status != 200) return read_reply(reply);
  std::string_view body = reply.body;
  while (body.ends_with('\n')) body.remove_suffix(1);
  auto line = parse_json(body.substr(body.rfind('\n') + 1));
  const auto* object = line ? line->if_object() : nullptr;
  if (object != nullptr && text_at(*object, "kind") == "problem") return read_problem(*object, 500);
  if (object != nullptr && text_at(*object, "kind") == "result") return *object;
  return complaint{exit_status::internal, "the refresh ended without a result; see: licaudit status"};
}

outcome<exit_status> refresh(session& with, const std::vector<std::string>& sources) {
  json::object body;
  if (!sources.empty()) body["sources"] = json::array(sources.begin(), sources.end());
  request question{"POST", target_builder("refresh").text(), json::serialize(body)};
  question.patience = calculation_patience;
  progress_line progress;
  const auto reply = with.client().ask(question, [&](std::string_view text) {
    if (with.form() == output_form::json) return with.write_json(text);
    const auto line = parse_json(text);
    if (line && text_at(*line, "kind") == "progress") progress.show(progress_text(as_object(*line)));
  });
  progress.clear();
  if (!reply) return reply.error();
  const auto result = last_line(*reply);
  if (!result) return result.error();
  if (with.form() != output_form::json) with.write(*result, {refresh_list(), refresh_text});
  return judge_refresh(*result);
}

}  // namespace

void add_refresh_command(CLI::App& app, action& chosen) {
  auto* command = app.add_subcommand("refresh", "Run sources now, then calculate; pending switches stay pending");
  const auto sources = std::make_shared<std::vector<std::string>>();
  command->add_option("SOURCE", *sources, "Only these; absent: all")->type_name("");
  command->callback([&chosen, sources] { chosen = [sources](session& with) { return refresh(with, *sources); }; });
}

}  // namespace licaudit::cli::commands

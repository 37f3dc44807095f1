#include "model/source_run.hpp"

#include "model/names.hpp"

#include <array>
#include <utility>

namespace licaudit {

namespace {

constexpr std::array<std::pair<std::string_view, std::int64_t source_run::*>, 7> counts = {
    {{"bytes", &source_run::bytes},
     {"lines", &source_run::lines},
     {"tenants", &source_run::tenants},
     {"users", &source_run::users},
     {"numbers", &source_run::numbers},
     {"meters", &source_run::meters},
     {"removed", &source_run::removed}}};

}  // namespace

std::string_view to_text(run_state state) {
  switch (state) {
    case run_state::ok:
      return "ok";
    case run_state::held:
      return "held";
    case run_state::failed:
      return "failed";
  }
  return {};
}

result<run_state> parse_run_state(std::string_view text) {
  for (const auto state : {run_state::ok, run_state::held, run_state::failed}) {
    if (text == to_text(state)) return state;
  }
  return failure{errc::malformed, in_quotes(text) + " is no state of a run: expected ok, held or failed"};
}

json::object to_json(const source_run& run) {
  json::object out{{"run", run.id},
                   {"source", run.source},
                   {"started", to_rfc3339(run.started)},
                   {"ended", to_rfc3339(run.ended)},
                   {"state", to_text(run.state)},
                   {"delta", run.delta},
                   {"problem", run.problem.empty() ? json::value(nullptr) : json::value(run.problem)},
                   {"exit", run.exit},
                   {"stderr_tail", run.stderr_tail},
                   {"stream_sha256", run.stream_sha256}};
  for (const auto& [key, member] : counts) out[key] = run.*member;
  json::object left_out;
  for (const auto& [reason, count] : run.left_out) left_out[reason] = count;
  out["left_out"] = std::move(left_out);
  return out;
}

result<source_run> source_run_from_json(const json::value& value) {
  json_reader in(value, "run");
  in.allow_others();  // answers may grow
  source_run run;
  run.id = in.integer("run");
  run.source = in.text("source");
  const auto started = parse_rfc3339(in.text("started"));
  if (!started) in.refuse("started", "an instant like 2026-11-21T23:00:00Z");
  const auto ended = parse_rfc3339(in.text("ended"));
  if (!ended) in.refuse("ended", "an instant like 2026-11-21T23:00:00Z");
  const auto state = parse_run_state(in.text("state"));
  if (!state) in.refuse("state", "ok, held or failed");
  run.delta = in.optional_flag("delta", false);
  run.problem = in.optional_text("problem");
  run.exit = in.optional_text("exit");
  run.stderr_tail = in.optional_text("stderr_tail");
  run.stream_sha256 = in.optional_text("stream_sha256");
  for (const auto& [key, member] : counts) run.*member = in.optional_integer(key).value_or(0);
  if (const auto* left_out = in.optional_object("left_out")) {
    json_reader reasons(*left_out, "run: left_out");
    for (const auto& each : *left_out) run.left_out[std::string(each.key())] = reasons.integer(each.key());
    if (auto wrong = reasons.finish()) return *wrong;
  }
  if (auto wrong = in.finish()) return *wrong;
  run.started = *started;
  run.ended = *ended;
  run.state = *state;
  return run;
}

}  // namespace licaudit

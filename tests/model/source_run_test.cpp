#include "model/source_run.hpp"

#include "tests/model/written.hpp"

#include <gtest/gtest.h>

namespace licaudit {
namespace {

source_run sample() {
  source_run run;
  run.id = 7;
  run.source = "teams";
  run.started = at("2026-11-21T22:45:00Z");
  run.ended = at("2026-11-21T22:45:03.250Z");
  run.state = run_state::held;
  run.delta = true;
  run.exit = "exit 0";
  run.stderr_tail = " two\nlines \n";
  run.stream_sha256 = "e3b0";
  run.bytes = 1'000;
  run.lines = 20;
  run.tenants = 1;
  run.users = 12;
  run.numbers = 4;
  run.meters = 2;
  run.removed = 3;
  run.left_out = {{"resource account", 2}, {"soft-deleted", 12}};
  return run;
}

TEST(source_run_test, names_its_states) {
  for (const auto state : {run_state::ok, run_state::held, run_state::failed}) {
    EXPECT_EQ(parse_run_state(to_text(state)).value(), state);
  }
  EXPECT_EQ(problem_of(parse_run_state("running")), "'running' is no state of a run: expected ok, held or failed");
}

TEST(source_run_test, keeps_the_form_of_the_api) {
  EXPECT_EQ(canonical_json(to_json(sample())),
            R"({"bytes":1000,"delta":true,"ended":"2026-11-21T22:45:03.250Z","exit":"exit 0",)"
            R"("left_out":{"resource account":2,"soft-deleted":12},"lines":20,"meters":2,"numbers":4,"problem":null,)"
            R"("removed":3,"run":7,"source":"teams","started":"2026-11-21T22:45:00.000Z","state":"held",)"
            R"("stderr_tail":" two\nlines \n","stream_sha256":"e3b0","tenants":1,"users":12})");
}

TEST(source_run_test, reads_itself_back) {
  EXPECT_EQ(to_json(source_run_from_json(to_json(sample())).value()), to_json(sample()));
  auto failed = sample();
  failed.problem = "401, client secret expired";
  EXPECT_EQ(source_run_from_json(to_json(failed)).value().problem, failed.problem);
}

TEST(source_run_test, says_what_is_wrong) {
  auto form = to_json(sample());
  form["state"] = "running";
  EXPECT_EQ(problem_of(source_run_from_json(form)), "run: state: expected ok, held or failed, found 'running'");
  form = to_json(sample());
  form["left_out"] = json::object{{"x", "many"}};
  EXPECT_EQ(problem_of(source_run_from_json(form)), "run: left_out: x: expected a whole number, found 'many'");
  form = to_json(sample());
  form.erase("ended");
  EXPECT_FALSE(source_run_from_json(form));
}

}  // namespace
}  // namespace licaudit

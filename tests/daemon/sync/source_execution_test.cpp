#include "daemon/sync/source_execution.hpp"

#include "tests/daemon/sync/loop_and_worker.hpp"
#include "tests/daemon/sync/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/post.hpp>

#include <csignal>
#include <future>

namespace licaudit::sync {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

instant now_here() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

struct source_execution_test : testing::Test {
  loop_and_worker threads;
  source_folder folder;
  run_limits limits{};

  source_execution_test() { limits.term_grace = 100ms; }

  std::unique_ptr<source_execution> prepare(source_plan plan) {
    const execution_place place{threads.loop.get_executor(), threads.worker.get_executor(), now_here, limits};
    return std::make_unique<source_execution>(place, std::make_shared<const source_plan>(std::move(plan)));
  }
  executed execute(source_plan plan, given_and_cursor from = {}) {
    auto execution = prepare(std::move(plan));
    return threads.run(execution->run(std::move(from), delta_answer::allowed));
  }
  source_run lost(const source_plan& plan) {
    auto done = execute(plan);
    EXPECT_EQ(done.delivery.run.state, run_state::failed);
    EXPECT_THAT(done.delivery.put, SizeIs(0));
    return done.delivery.run;
  }
  source_run lost(const std::string& script) { return lost(folder.plan("teams", script)); }
};

TEST_F(source_execution_test, makes_a_delivery_of_what_a_source_prints) {
  const auto done = execute(folder.plan("teams", "echo reading >&2\n" + say_all()));
  const auto& run = done.delivery.run;
  EXPECT_EQ(run.state, run_state::ok) << run.problem;
  EXPECT_THAT(done.delivery.put, SizeIs(1));
  EXPECT_EQ(run.exit, "exit 0");
  EXPECT_EQ(run.stderr_tail, "reading\n");
  EXPECT_EQ(run.lines, 3);
  EXPECT_EQ(run.stream_sha256, to_hex(sha256(std::string(begin_line) + "\n" + user_line + "\n" + end_line + "\n")));
  EXPECT_LE(run.started, run.ended);
  EXPECT_FALSE(done.stopped);
}

TEST_F(source_execution_test, hands_the_request_to_the_source) {
  auto plan = folder.plan("teams", "cat > request.json\n" + say_all());
  plan.config = [] { return result<json::object>(json::object{{"path", "users.json"}}); };
  given_and_cursor from;
  from.cursor = kept_cursor(fingerprint_of(plan), "after:17");
  (void)execute(plan, from);
  EXPECT_EQ(
      parse_json(folder.read("request.json")).value(),
      parse_json(R"({"protocol":1,"source":"teams","cursor":"after:17","config":{"path":"users.json"}})").value());
  (void)execute(plan);
  EXPECT_EQ(parse_json(folder.read("request.json")).value(),
            parse_json(R"({"protocol":1,"source":"teams","cursor":null,"config":{"path":"users.json"}})").value());
}

TEST_F(source_execution_test, does_not_mind_a_source_that_never_reads_its_request) {
  const auto much = [] { return result<json::object>(json::object{{"text", std::string(std::size_t{5} << 20, 'x')}}); };
  auto unread = folder.plan("teams", say_all());
  unread.config = much;
  EXPECT_EQ(execute(unread).delivery.run.problem, "");
  auto closed = folder.plan("closing", "exec <&-\n" + say_all());
  closed.config = much;
  EXPECT_EQ(execute(closed).delivery.run.problem, "");
  auto slow = folder.plan("slow", "exec sleep 600\n");
  slow.config = much;
  slow.timeout = 100ms;
  EXPECT_THAT(lost(slow).problem, HasSubstr("timeout"));
}

TEST_F(source_execution_test, says_why_a_config_cannot_be_made) {
  auto plan = folder.plan("teams", say_all());
  plan.config = [] { return result<json::object>(failure{errc::unreachable, "/etc/secret: no such file"}); };
  const auto run = lost(plan);
  EXPECT_EQ(run.problem, "/etc/secret: no such file");
  EXPECT_EQ(run.exit, "not started");
  plan.config = []() -> result<json::object> { throw std::runtime_error("out of luck"); };
  EXPECT_THAT(lost(plan).problem, HasSubstr("out of luck"));
}

TEST_F(source_execution_test, says_why_a_source_does_not_start) {
  auto plan = folder.plan("teams", "");
  plan.executable = folder.path() / "missing";
  EXPECT_THAT(lost(plan).problem, HasSubstr("missing"));
  EXPECT_EQ(lost(plan).exit, "not started");
  plan.by_field = tenant_by_field{"tag", "("};
  EXPECT_THAT(lost(plan).problem, HasSubstr("regex"));
}

TEST_F(source_execution_test, ends_a_source_that_prints_garbage_at_once) {
  const auto run = lost("echo 'hello, world'\nexec sleep 600\n");
  EXPECT_THAT(run.problem, AllOf(HasSubstr("line 1"), HasSubstr("hello, world")));
  EXPECT_EQ(run.exit, "killed, because its output is not of the protocol");
}

TEST_F(source_execution_test, rejects_half_a_line) {
  EXPECT_THAT(lost(say(begin_line) + "printf '{\"kind\":\"us'\n").problem, HasSubstr("line 2"));
}

TEST_F(source_execution_test, rejects_nothing_at_all) {
  EXPECT_THAT(lost("exit 0\n").problem, HasSubstr("printed nothing"));
}

TEST_F(source_execution_test, cuts_a_line_of_1_gb_at_1_mib) {
  const auto run = lost(say(begin_line) + "head -c 1073741824 /dev/zero | tr '\\0' x\n");
  EXPECT_THAT(run.problem, AllOf(HasSubstr("line 2"), HasSubstr("longer than")));
  EXPECT_LT(run.bytes, 4 << 20);
}

TEST_F(source_execution_test, cuts_a_source_that_never_stops_printing) {
  limits.output_cap = 300'000;
  const auto run = lost(say(begin_line) + "exec yes '{\"kind\":\"progress\",\"done\":1}'\n");
  EXPECT_THAT(run.problem, HasSubstr("more than a run may"));
  EXPECT_EQ(run.exit, "killed at the cap of its output");
}

TEST_F(source_execution_test, quotes_the_last_words_of_a_source_that_fails) {
  const auto run = lost(say_all() + "echo 'GET /users' >&2\necho '401, client secret expired' >&2\nexit 3\n");
  EXPECT_EQ(run.problem, "ended with exit status 3: \"401, client secret expired\"");
  EXPECT_EQ(run.exit, "exit 3");
}

TEST_F(source_execution_test, says_which_signal_ended_a_source) {
  EXPECT_THAT(lost("kill -SEGV $$\n").problem, StartsWith("was ended by signal 11"));
}

TEST_F(source_execution_test, ends_a_source_that_hangs_at_its_deadline) {
  auto plan = folder.plan("teams", say(begin_line) + "echo $$ > pid\nexec sleep 600\n");
  plan.timeout = 300ms;
  const auto run = lost(plan);
  EXPECT_THAT(run.problem, HasSubstr("did not end within its timeout of 300 ms"));
  EXPECT_EQ(run.exit, "killed at its deadline of 300 ms");
  EXPECT_TRUE(is_dead(std::atoi(folder.read("pid").c_str())));
}

TEST_F(source_execution_test, kills_a_source_that_ignores_sigterm_and_its_children) {
  auto plan = folder.plan("teams", "trap '' TERM\nsleep 600 & echo $! > pid\nwhile :; do wait; done\n");
  plan.timeout = 300ms;
  EXPECT_THAT(lost(plan).problem, HasSubstr("timeout"));
  threads.run_until([&] { return is_dead(std::atoi(folder.read("pid").c_str())); });
}

TEST_F(source_execution_test, cuts_a_child_of_the_source_that_keeps_its_output_open) {
  limits.after_exit = 50ms;
  const auto done = execute(folder.plan("teams", "sleep 600 & echo $! > pid\n" + say_all()));
  EXPECT_EQ(done.delivery.run.problem, "");
  EXPECT_THAT(done.delivery.put, SizeIs(1));
  threads.run_until([&] { return is_dead(std::atoi(folder.read("pid").c_str())); });
}

TEST_F(source_execution_test, does_not_wait_for_a_daemon_that_left_the_group) {
  limits.after_exit = 50ms;
  const auto done = execute(folder.plan("teams",
                                        "setsid sh -c 'echo $$ > pid.new; mv pid.new pid; exec sleep 600' &\n"
                                        "while ! test -e pid; do :; done\n" +
                                            say_all()));
  EXPECT_EQ(done.delivery.run.problem, "");
  const pid_t pid = std::atoi(folder.read("pid").c_str());
  ASSERT_GT(pid, 1);
  ::kill(pid, SIGKILL);
}

TEST_F(source_execution_test, waits_for_output_that_a_pipeline_still_writes) {
  const auto done = execute(folder.plan("teams", "{ " + say_all() + "} | cat &\n"));
  EXPECT_EQ(done.delivery.run.problem, "");
}

TEST_F(source_execution_test, loses_nothing_that_was_printed_while_the_worker_is_busy) {
  limits.after_exit = 1ms;
  auto execution = prepare(folder.plan(
      "teams", say(begin_line) +
                   "n=0\nwhile test $n -lt 6000; do echo '{\"kind\":\"user\",\"tenant\":\"contoso\",\"id\":\"'$n'\"}'\n"
                   "n=$((n+1)); done\n" +
                   say(end_line) + "touch done\n"));
  std::promise<void> free;
  bool busy = false;
  execution->on_progress([&](const run_progress&) {
    if (std::exchange(busy, true)) return;
    asio::post(threads.worker, [waiting = free.get_future().share()] { waiting.wait(); });
  });
  std::optional<executed> done;
  asio::co_spawn(threads.loop, execution->run({}, delta_answer::allowed),
                 [&](const std::exception_ptr&, executed value) { done = std::move(value); });
  threads.run_until([&] { return busy && folder.has("done"); });
  asio::steady_timer later(threads.loop, 30ms);  // time enough to see the end; right or wrong does not hang on it
  later.async_wait([&](const boost::system::error_code&) { free.set_value(); });
  threads.run_until([&] { return done.has_value(); });
  EXPECT_EQ(done->delivery.run.problem, "");
  EXPECT_THAT(done->delivery.put, SizeIs(6000));
}

TEST_F(source_execution_test, wants_to_start_over_only_if_it_had_a_cursor) {
  const auto plan = folder.plan("teams", "exit 75\n");
  EXPECT_FALSE(execute(plan).start_over);
  given_and_cursor from;
  from.cursor = kept_cursor(fingerprint_of(plan), "after:17");
  EXPECT_TRUE(execute(plan, from).start_over);
  from.cursor = "of somebody else";
  EXPECT_FALSE(execute(plan, from).start_over);
}

TEST_F(source_execution_test, stops_when_it_is_told_to) {
  auto execution =
      prepare(folder.plan("teams", say(begin_line) + "echo $$ > pid.new; mv pid.new pid\nexec sleep 600\n"));
  std::optional<executed> done;
  asio::co_spawn(threads.loop, execution->run({}, delta_answer::allowed),
                 [&](const std::exception_ptr&, executed value) { done = std::move(value); });
  threads.run_until([&] { return folder.has("pid"); });
  execution->stop();
  threads.run_until([&] { return done.has_value(); });
  EXPECT_TRUE(done->stopped);
  EXPECT_EQ(done->delivery.run.state, run_state::failed);
  EXPECT_TRUE(is_dead(std::atoi(folder.read("pid").c_str())));
}

TEST_F(source_execution_test, does_not_start_what_was_stopped_before) {
  auto execution = prepare(folder.plan("teams", "touch started\n"));
  execution->stop();
  EXPECT_TRUE(threads.run(execution->run({}, delta_answer::allowed)).stopped);
  EXPECT_FALSE(folder.has("started"));
}

TEST_F(source_execution_test, shows_progress) {
  auto execution =
      prepare(folder.plan("teams", say(begin_line) + say(R"({"kind":"progress","done":3,"total":9})") + say(end_line)));
  run_progress last;
  execution->on_progress([&](const run_progress& progress) { last = progress; });
  (void)threads.run(execution->run({}, delta_answer::allowed));
  EXPECT_EQ(last.done, 3);
  EXPECT_EQ(last.total, 9);
  EXPECT_EQ(last.lines, 3);
}

}  // namespace
}  // namespace licaudit::sync

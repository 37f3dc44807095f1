#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

sync::source_state sample_source(std::string name) {
  sync::source_state made;
  made.source = std::move(name);
  made.plugin = "teams";
  made.condition = sync::source_condition::ok;
  made.every = std::chrono::minutes(15);
  return made;
}

source_run sample_run(std::int64_t id) {
  source_run made;
  made.id = id;
  made.source = "teams";
  made.started = sample_now - std::chrono::minutes(2);
  made.ended = sample_now - std::chrono::minutes(1);
  made.exit = "exit 0";
  made.users = 200;
  return made;
}

class source_routes_test : public testing::Test {
 protected:
  source_routes_test() {
    api.rooms.sources.push_back(sample_source("teams"));
    sync::refresh_result one;
    one.source = "teams";
    one.run = sample_run(7);
    api.rooms.refreshed.push_back(one);
  }
  std::vector<std::string> refresh(std::string body = {}) {
    response answer = api.ask(method::post, "/v1/refresh", std::move(body));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.lines ? api.lines(std::move(answer)) : std::vector<std::string>();
  }

  sample_api api;
};

TEST_F(source_routes_test, shows_states_and_what_is_held) {
  api.rooms.sources[0].condition = sync::source_condition::held;
  api.rooms.sources[0].last_run = sample_run(7);
  api.rooms.seen->held.push_back({"teams", "contoso", 7, "would remove 60 of 200 users"});
  api.rooms.seen->held.push_back({"other", "fabrikam", 8, "x"});
  EXPECT_EQ(json::serialize(api.get("/v1/sources")),
            R"({"sources":[{"source":"teams","plugin":"teams","state":"held","last_run":{"run":7,)"
            R"("started":"2026-11-01T02:24:40.000Z","ended":"2026-11-01T02:25:40.000Z","state":"ok","problem":null},)"
            R"("last_good":null,"next":null,"failed_since_good":0,"every_seconds":900,)"
            R"("held":[{"tenant":"contoso","run":7,"reason":"would remove 60 of 200 users"}]}]})");
}

TEST_F(source_routes_test, lists_runs_newest_first) {
  for (std::int64_t id = 9; id > 0; --id) api.rooms.known_runs.push_back(sample_run(id));
  const json::value page = api.get("/v1/sources/teams/runs?limit=4");
  EXPECT_EQ(page.at("runs").as_array().size(), 4U);
  EXPECT_EQ(page.at("runs").at(0).at("run").as_int64(), 9);
  EXPECT_EQ(page.at("runs").at(0).at("users").as_int64(), 200);
  EXPECT_EQ(page.at("next").as_string(), "6");
  EXPECT_EQ(api.get("/v1/sources/teams/runs?limit=4&after=6").at("runs").at(0).at("run").as_int64(), 5);
  EXPECT_TRUE(api.get("/v1/sources/teams/runs?limit=9").at("next").is_null());
  EXPECT_EQ(api.status(method::get, "/v1/sources/nosuch/runs"), 404);
  EXPECT_EQ(api.status(method::get, "/v1/sources/teams/runs?after=x"), 400);
}

TEST_F(source_routes_test, accepts_what_is_held) {
  api.rooms.seen->held.push_back({"teams", "contoso", 7, "x"});
  api.rooms.seen->held.push_back({"teams", "fabrikam", 6, "x"});
  const json::value all = api.ask_json(method::post, "/v1/sources/teams/accept");
  EXPECT_EQ(json::serialize(all.at("tenants")), R"(["contoso","fabrikam"])");
  EXPECT_TRUE(all.at("run").is_null());
  const json::value run = api.ask_json(method::post, "/v1/sources/teams/accept", R"({"run":7})");
  EXPECT_EQ(json::serialize(run.at("tenants")), R"(["contoso"])");
  EXPECT_EQ(run.at("operation").as_int64(), 4711);
  api.ask_json(method::post, "/v1/sources/teams/accept", R"({"tenants":["fabrikam"]})");
  EXPECT_THAT(api.rooms.asked, ElementsAre("accept teams 0 by root", "accepted teams", "accept teams 7 by root",
                                           "accepted teams", "accept teams 0 fabrikam by root", "accepted teams"));
}

TEST_F(source_routes_test, tells_the_scheduler_nothing_when_nothing_was_accepted) {
  api.rooms.fails = failure{errc::conflict, "nothing of source teams is held"};
  EXPECT_THAT(api.problem_of(method::post, "/v1/sources/teams/accept"), HasSubstr("409 nothing"));
  EXPECT_EQ(api.status(method::post, "/v1/sources/nosuch/accept"), 404);
  EXPECT_EQ(api.status(method::post, "/v1/sources/teams/accept", R"({"tenants":[1]})"), 400);
  EXPECT_THAT(api.rooms.asked, ElementsAre("accept teams 0 by root"));
}

TEST_F(source_routes_test, refreshes_and_calculates) {
  const auto lines = refresh(R"({"sources":["teams"]})");
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0],
            R"({"kind":"result","calculation":{"sequence":88,"at":"2026-11-01T02:26:40.000Z"},"operation":4711,)"
            R"("sources":[{"source":"teams","state":"ok","problem":null,"run":7}]})");
  EXPECT_THAT(api.rooms.asked, ElementsAre("record refresh: refresh teams by root", "refresh teams",
                                           "calculate refresh operation 4711 by root"));
}

TEST_F(source_routes_test, calculates_also_when_a_source_fails) {
  api.rooms.refreshed[0].run->state = run_state::failed;
  api.rooms.refreshed[0].problem = "401, client secret expired";
  const auto lines = refresh();
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0], HasSubstr(R"("state":"failed","problem":"401, client secret expired")"));
  EXPECT_THAT(api.rooms.asked, testing::Contains("calculate refresh operation 4711 by root"));
}

TEST_F(source_routes_test, tells_how_far_it_is) {
  api.rooms.while_refreshing = [](const sync::source_listener& listener) -> asio::awaitable<void> {
    sync::source_event event;
    event.source = "teams";
    event.kind = sync::source_event_kind::progress;
    event.progress.done = 1200;
    event.progress.total = 5000;
    event.progress.lines = 1203;
    listener(event);
    // Lets the stream write what it has before the work goes on.
    asio::steady_timer turn(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
    co_await turn.async_wait(asio::use_awaitable);
    event.kind = sync::source_event_kind::ended;
    event.run = sample_run(7);
    event.run->state = run_state::failed;
    event.run->problem = "half a line";
    listener(event);
  };
  const auto lines = refresh();
  ASSERT_THAT(lines, SizeIs(3));
  EXPECT_EQ(lines[0],
            R"({"kind":"progress","source":"teams","state":"running","lines":1203,"done":1200,"total":5000})");
  EXPECT_THAT(lines[1], HasSubstr(R"("state":"failed")"));
  EXPECT_THAT(lines[1], HasSubstr(R"("text":"half a line")"));
  EXPECT_THAT(lines[2], HasSubstr(R"("kind":"result")"));
}

TEST_F(source_routes_test, breathes_once_a_second_while_a_source_is_silent) {
  api.rooms.while_refreshing = [](const sync::source_listener&) -> asio::awaitable<void> {
    asio::steady_timer silence(co_await asio::this_coro::executor, std::chrono::milliseconds(1100));
    co_await silence.async_wait(asio::use_awaitable);
  };
  const auto lines = refresh();
  ASSERT_GE(lines.size(), 2U);
  EXPECT_EQ(lines[0], R"({"kind":"progress","source":null,"state":"running"})");
  EXPECT_THAT(lines.back(), HasSubstr(R"("kind":"result")"));
}

TEST_F(source_routes_test, finishes_the_work_for_a_client_that_left) {
  response answer = api.ask(method::post, "/v1/refresh");
  const auto lines = api.lines(std::move(answer), [] { return false; });
  EXPECT_THAT(lines, IsEmpty());
  EXPECT_THAT(api.rooms.asked, testing::Contains("calculate refresh operation 4711 by root"));
}

TEST_F(source_routes_test, ends_the_stream_with_a_problem) {
  api.rooms.fails = failure{errc::unreachable, "the disk is full"};
  const auto lines = refresh();
  ASSERT_THAT(lines, SizeIs(1));
  const json::value last = parse_json(lines[0]).value();
  EXPECT_EQ(last.at("kind").as_string(), "problem");
  EXPECT_EQ(last.at("status").as_int64(), 503);
  EXPECT_EQ(last.at("detail").as_string(), "the disk is full");
}

TEST_F(source_routes_test, hides_the_inside_of_an_exception_in_a_stream) {
  api.rooms.while_refreshing = [](const sync::source_listener&) -> asio::awaitable<void> {
    throw std::runtime_error("broken pipe to child 7");
    co_return;
  };
  const auto lines = refresh();
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0], HasSubstr(R"("status":500)"));
  EXPECT_THAT(lines[0], testing::Not(HasSubstr("child 7")));
  EXPECT_THAT(api.reports, ElementsAre("refresh: broken pipe to child 7"));
}

TEST_F(source_routes_test, refuses_unknown_sources_before_it_begins) {
  EXPECT_THAT(api.problem_of(method::post, "/v1/refresh", R"({"sources":["teems"]})"),
              HasSubstr("404 there is no source teems"));
  EXPECT_EQ(api.status(method::post, "/v1/refresh", R"({"sources":"teams"})"), 400);
  EXPECT_EQ(api.status(method::post, "/v1/refresh", R"({"source":["teams"]})"), 400);
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

}  // namespace
}  // namespace licaudit::api

#include "daemon/app/planned_moves.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <vector>

namespace asio = boost::asio;

namespace licaudit::app {
namespace {

using namespace std::chrono_literals;

/// A clock that the test sets, and plans that it makes.
class planned_moves_test : public testing::Test {
 protected:
  planned_moves_test() {
    planned_moves_wiring how;
    how.loop = loop.get_executor();
    how.clock = [this] { return now; };
    how.next = [this] { return next; };
    how.make = [this] { return make(); };
    how.report = [this](const failure& why) {
      reported.push_back(why.detail);
      moves->stop();
    };
    how.longest_pause = longest;
    moves.emplace(std::move(how));
  }

  asio::awaitable<result<std::int64_t>> make() {
    made.push_back(now);
    if (fails) co_return failure{errc::unreachable, "disk full"};
    next.reset();
    if (made.size() == stop_after) moves->stop();
    co_return result<std::int64_t>(1);
  }

  void run() {
    asio::co_spawn(loop, moves->carry_out(), [](const std::exception_ptr& failed) { EXPECT_FALSE(failed); });
    loop.run_for(10s);
  }

  asio::io_context loop{1};
  instant now = parse_rfc3339("2026-11-02T10:00:00Z").value();
  std::optional<instant> next;
  std::chrono::milliseconds longest{60'000};
  std::vector<instant> made;
  std::vector<std::string> reported;
  std::size_t stop_after = 1;
  bool fails = false;
  std::optional<planned_moves> moves;
};

TEST_F(planned_moves_test, makes_what_fell_due_while_nobody_ran_at_once) {
  next = now - 48h;
  run();
  EXPECT_EQ(made.size(), 1U);
}

TEST_F(planned_moves_test, learns_of_a_plan_by_the_commit_and_waits_for_its_time) {
  next = now + 1h;
  asio::post(loop, [this] {
    asio::post(loop, [this] {  // behind its first look
      now += 1h;
      moves->note_commit();
    });
  });
  run();
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0], now);
}

TEST_F(planned_moves_test, makes_none_before_its_time) {
  next = now + 1h;
  asio::post(loop, [this] {
    moves->note_commit();
    asio::post(loop, [this] { moves->stop(); });
  });
  run();
  EXPECT_TRUE(made.empty());
}

TEST_F(planned_moves_test, says_what_failed_and_does_not_try_again_at_once) {
  next = now;
  fails = true;
  run();
  EXPECT_EQ(made.size(), 1U);
  EXPECT_EQ(reported, std::vector<std::string>{"disk full"});
}

}  // namespace
}  // namespace licaudit::app

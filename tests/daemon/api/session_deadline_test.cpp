#include "daemon/api/session_deadline.hpp"

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <optional>

namespace licaudit::api {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

struct watched {
  boost::asio::io_context loop{1};
  int missed = 0;
  std::optional<session_deadline> deadline{std::in_place, loop.get_executor(), [this] { ++missed; }};
};

TEST(session_deadline_test, tells_once_that_it_has_passed_and_not_before) {
  watched one;
  const auto due = clock::now() + 20ms;
  one.deadline->set(due);
  one.loop.run();
  EXPECT_EQ(one.missed, 1);
  EXPECT_GE(clock::now(), due);
}

TEST(session_deadline_test, keeps_quiet_when_it_was_cleared) {
  watched one;
  one.deadline->set(clock::now() + 5ms);
  one.deadline->clear();
  one.loop.run();  // the timer is let run out, it is cheaper than to cancel it with each request
  EXPECT_EQ(one.missed, 0);
}

TEST(session_deadline_test, moves_away_without_a_call_between) {
  watched one;
  const auto later = clock::now() + 40ms;
  one.deadline->set(clock::now() + 5ms);
  one.deadline->set(later);
  one.loop.run();
  EXPECT_EQ(one.missed, 1);
  EXPECT_GE(clock::now(), later);
}

TEST(session_deadline_test, comes_nearer_than_the_timer_that_runs) {
  watched one;
  one.deadline->set(clock::now() + 1h);
  one.deadline->set(clock::now() + 5ms);
  one.loop.run_one_for(10s);  // the wait that was given up
  one.loop.run_one_for(10s);
  EXPECT_EQ(one.missed, 1);
}

TEST(session_deadline_test, can_be_set_again_after_it_was_cleared) {
  watched one;
  one.deadline->set(clock::now() + 1ms);
  one.deadline->clear();
  one.loop.run();
  one.loop.restart();
  one.deadline->set(clock::now() + 1ms);
  one.loop.run();
  EXPECT_EQ(one.missed, 1);
}

TEST(session_deadline_test, is_silent_after_its_end) {
  watched one;
  one.deadline->set(clock::now() + 1ms);
  one.deadline.reset();
  one.loop.run();
  EXPECT_EQ(one.missed, 0);
}

}  // namespace
}  // namespace licaudit::api

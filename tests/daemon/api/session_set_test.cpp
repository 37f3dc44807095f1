#include "daemon/api/session_set.hpp"

#include <gtest/gtest.h>

#include <string>

namespace licaudit::api {
namespace {

using namespace std::chrono_literals;
using phase = session_entry::phase;

constexpr std::chrono::steady_clock::time_point start{};

/// Entries that write down who was told to end.
class session_set_test : public testing::Test {
 protected:
  session_set::place add(char name, std::chrono::milliseconds moved, phase doing) {
    const auto place = sessions.add(start + moved);
    place->doing = doing;
    place->close = [this, name] { closed += name; };
    place->cancel = [this, name] { cancelled += name; };
    return place;
  }

  session_set sessions;
  std::string closed, cancelled;
};

TEST_F(session_set_test, ends_the_one_that_has_been_silent_longest) {
  add('a', 30ms, phase::waiting);
  add('b', 10ms, phase::waiting);
  add('c', 20ms, phase::waiting);
  EXPECT_TRUE(sessions.make_room(start + 40ms, 1s));
  EXPECT_EQ(closed, "b");
  EXPECT_EQ(cancelled, "b");
  EXPECT_EQ(sessions.size(), 2U);
  EXPECT_TRUE(sessions.make_room(start + 40ms, 1s));
  EXPECT_EQ(closed, "bc");
}

TEST_F(session_set_test, never_ends_a_request_in_work) {
  add('a', 0ms, phase::working);
  EXPECT_FALSE(sessions.make_room(start + 1h, 1s));
  add('b', 50ms, phase::waiting);
  EXPECT_TRUE(sessions.make_room(start + 1h, 1s));
  EXPECT_EQ(closed, "b");
}

TEST_F(session_set_test, ends_a_stalled_reader_only_when_nobody_is_silent) {
  add('a', 0ms, phase::answering);
  add('b', 5ms, phase::answering);
  EXPECT_FALSE(sessions.make_room(start + 900ms, 1s));
  add('c', 800ms, phase::waiting);
  EXPECT_TRUE(sessions.make_room(start + 900ms, 1s));
  EXPECT_EQ(closed, "c");
  EXPECT_TRUE(sessions.make_room(start + 1000ms, 1s));
  EXPECT_EQ(closed, "ca");
}

TEST_F(session_set_test, does_not_count_or_end_twice_what_is_on_its_way_out) {
  const auto a = add('a', 0ms, phase::waiting);
  EXPECT_TRUE(sessions.make_room(start + 1ms, 1s));
  EXPECT_FALSE(sessions.make_room(start + 1ms, 1s));
  EXPECT_EQ(sessions.size(), 0U);
  EXPECT_FALSE(sessions.empty());
  sessions.remove(a);
  EXPECT_TRUE(sessions.empty());
  EXPECT_EQ(closed, "a");
}

TEST_F(session_set_test, ends_those_who_wait_and_then_all) {
  add('a', 0ms, phase::waiting);
  add('b', 0ms, phase::working);
  add('c', 0ms, phase::answering);
  sessions.end_waiting();
  EXPECT_EQ(closed, "a");
  sessions.end_all();
  EXPECT_EQ(closed, "aabc");
}

TEST_F(session_set_test, takes_the_place_of_one_that_moved_a_byte) {
  const auto a = add('a', 0ms, phase::waiting);
  add('b', 5ms, phase::waiting);
  a->touch(start + 10ms);
  EXPECT_TRUE(sessions.make_room(start + 20ms, 1s));
  EXPECT_EQ(closed, "b");
}

TEST_F(session_set_test, survives_entries_that_are_not_open_yet) {
  static_cast<void>(sessions.add(start));
  EXPECT_TRUE(sessions.make_room(start + 1ms, 1s));
  EXPECT_EQ(sessions.size(), 0U);
}

}  // namespace
}  // namespace licaudit::api

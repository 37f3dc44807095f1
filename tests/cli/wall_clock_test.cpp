#include "cli/rendering/wall_clock.hpp"

#include <gtest/gtest.h>

namespace licaudit::cli::rendering {

namespace {

instant at(const char* text) {
  return parse_rfc3339(text).value();
}

wall_clock london() {
  return {time_zone::find("Europe/London").value(), at("2026-11-22T03:07:12Z")};
}

}  // namespace

TEST(wall_clock, writes_an_instant_in_full) {
  EXPECT_EQ(london().full(at("2026-11-22T03:00:00Z")), "Sun 22 Nov 2026 03:00 GMT");
  EXPECT_EQ(london().full(at("2026-06-01T23:30:00Z")), "Tue 2 Jun 2026 00:30 BST");
}

TEST(wall_clock, is_brief_without_doubt) {
  EXPECT_EQ(london().brief(at("2026-11-22T02:00:00Z")), "Sun 02:00");
  EXPECT_EQ(london().brief(at("2026-11-17T18:12:00Z")), "Tue 18:12");
  EXPECT_EQ(london().brief(at("2026-11-16T18:12:00Z")), "Mon 16 Nov");
  EXPECT_EQ(london().brief(at("2025-11-03T18:12:00Z")), "Mon  3 Nov 2025");
  EXPECT_EQ(london().brief(at("2026-11-23T09:00:00Z")), "Mon 09:00");
}

TEST(wall_clock, says_how_far_away_an_instant_is) {
  EXPECT_EQ(london().distance(at("2026-11-22T03:00:00Z")), "7 min ago");
  EXPECT_EQ(london().distance(at("2026-11-22T03:07:12Z")), "0 s ago");
  EXPECT_EQ(london().distance(at("2026-11-20T01:00:00Z")), "2 d ago");
  EXPECT_EQ(london().distance(at("2026-11-22T05:10:00Z")), "in 2 h");
}

TEST(wall_clock, names_the_year_of_a_range_once) {
  EXPECT_EQ(london().range(at("2026-09-30T23:00:00Z"), at("2026-11-22T03:07:00Z")),
            "Thu 1 Oct 2026 00:00 BST .. Sun 22 Nov 03:07 GMT");
  EXPECT_EQ(london().range(at("2025-12-31T00:00:00Z"), at("2026-01-01T00:00:00Z")),
            "Wed 31 Dec 2025 00:00 GMT .. Thu 1 Jan 2026 00:00 GMT");
}

TEST(wall_clock, shows_a_text_that_is_no_time_as_it_is) {
  EXPECT_EQ(london().brief(std::string_view("soon\x1b")), "soon\xEF\xBF\xBD");
}

TEST(span_text, has_the_two_largest_units) {
  using std::chrono::seconds;
  EXPECT_EQ(span_text(seconds{0}), "0 s");
  EXPECT_EQ(span_text(seconds{59}), "59 s");
  EXPECT_EQ(span_text(seconds{60}), "1 min");
  EXPECT_EQ(span_text(seconds{3600 + 61}), "1 h 1 min");
  EXPECT_EQ(span_text(seconds{3 * 86400 + 4 * 3600 + 60}), "3 d 4 h");
}

}  // namespace licaudit::cli::rendering

#include "model/limit_state.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace licaudit {
namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();

limit_terms speech_to_text() {
  return {5'000, "minute", true};
}

instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

TEST(limit_state, is_near_from_80_percent_and_exhausted_at_all_of_it) {
  EXPECT_EQ(limit_state_of(3'999, speech_to_text(), 0), limit_state::ok);
  EXPECT_EQ(limit_state_of(4'000, speech_to_text(), 0), limit_state::near);
  EXPECT_EQ(limit_state_of(4'999, speech_to_text(), 0), limit_state::near);
  EXPECT_EQ(limit_state_of(5'000, speech_to_text(), 0), limit_state::exhausted);
  EXPECT_EQ(limit_state_of(5'000, speech_to_text(), 2'000), limit_state::ok);
  EXPECT_EQ(limit_state_of(5'600, speech_to_text(), 2'000), limit_state::near);
  EXPECT_EQ(limit_state_of(most, speech_to_text(), std::nullopt), limit_state::ok) << "no setting: no limit";
  EXPECT_EQ(limit_state_of(2, limit_terms{3, "", false}, 0), limit_state::ok) << "80 % of 3 is more than 2";
  EXPECT_EQ(limit_state_of(0, limit_terms{}, 0), limit_state::exhausted) << "nothing is allowed";
}

TEST(limit_state, starts_again_with_the_month_of_the_tenants_zone) {
  const auto london = time_zone::find("Europe/London").value(), auckland = time_zone::find("Pacific/Auckland").value();
  EXPECT_EQ(end_of_period(speech_to_text(), london, at("2026-10-31T23:59:59Z")), at("2026-11-01T00:00:00Z"));
  EXPECT_EQ(end_of_period(speech_to_text(), london, at("2026-11-01T00:00:00Z")), at("2026-12-01T00:00:00Z"));
  EXPECT_EQ(end_of_period(speech_to_text(), london, at("2026-06-30T23:00:00Z")), at("2026-07-31T23:00:00Z"))
      << "summer time: July has begun there";
  EXPECT_EQ(end_of_period(speech_to_text(), auckland, at("2026-12-31T10:59:59Z")), at("2026-12-31T11:00:00Z"));
  EXPECT_EQ(end_of_period(speech_to_text(), time_zone(), at("2026-12-15T00:00:00Z")), at("2027-01-01T00:00:00Z"));
  EXPECT_EQ(end_of_period(limit_terms{10, "", false}, london, at("2026-11-01T00:00:00Z")), std::nullopt) << "a gauge";
}

TEST(limit_state, has_words) {
  EXPECT_EQ(to_text(limit_state::ok), "ok");
  EXPECT_EQ(to_text(limit_state::near), "near");
  EXPECT_EQ(to_text(limit_state::exhausted), "exhausted");
}

}  // namespace
}  // namespace licaudit

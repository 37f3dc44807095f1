// Readings: how old, how large, and which of several holds.
#include "daemon/sync/intake.hpp"

#include "digested_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::sync {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string meter(const std::string& used, const std::string& at = {}, const std::string& tenant = "contoso") {
  return R"({"kind":"meter","tenant":")" + tenant + R"(","id":"gb","used":)" + used + R"(,"unit":"GB")" +
         (at.empty() ? "" : R"(,"at":")" + at + "\"") + "}\n";
}

TEST(intake_meter, reads_a_meter_again_though_its_line_was_seen) {
  const auto stream = std::string(begin) + user("ann") + meter("7") +
                      R"({"id":"x","kind":"meter","tenant":"contoso","used":1,"unit":"GB"})" + "\n" + end;
  const auto first = digest(stream);
  const auto again = digest(stream, plan(), given_by(first));
  EXPECT_THAT(ids(again), ElementsAre("gb", "x")) << "the same reading may be of another month";
  EXPECT_EQ(again.run.meters, 2);
  EXPECT_THAT(again.missing, IsEmpty());
  const auto twice = digest(std::string(begin) + meter("7") + meter("8") + end, plan(), given_by(first));
  EXPECT_THAT(twice.faulty, SizeIs(1));
}

TEST(intake_meter, sets_a_tenant_aside_whose_reading_is_yet_to_come) {
  // The run ended two seconds after noon, and a clock may be five minutes fast.
  const auto value = digest(std::string(begin) + meter("7", "2026-11-21T12:05:02Z") +
                            meter("7", "2026-11-21T12:05:03Z", "fabrikam") + end);
  EXPECT_EQ(value.run.state, run_state::ok) << value.run.problem;
  ASSERT_THAT(value.faulty, SizeIs(1));
  EXPECT_EQ(value.faulty[0].tenant, "fabrikam");
  EXPECT_EQ(value.faulty[0].line_number, 3);
  EXPECT_EQ(value.faulty[0].what,
            "meter 'gb': at: 2026-11-21T12:05:03.000Z is yet to come; a reading says when it was taken");
}

TEST(intake_meter, sets_a_tenant_aside_whose_reading_is_negative_or_beyond_all_measure) {
  for (const char* used : {"-1", "1000000001", "1e12"}) {
    const auto value = digest(std::string(begin) + meter(used) + end);
    ASSERT_THAT(value.faulty, SizeIs(1)) << used;
    EXPECT_EQ(value.faulty[0].tenant, "contoso");
    EXPECT_EQ(value.faulty[0].line_number, 2);
    EXPECT_THAT(value.faulty[0].what, HasSubstr("used"));
  }
  EXPECT_THAT(digest(std::string(begin) + meter("1000000000") + end).faulty, IsEmpty());
}

TEST(intake_meter, lets_the_latest_reading_hold_in_a_delta) {
  const auto value =
      digest(std::string(begin_delta) + meter("7", "2026-11-21T11:00:00Z") + meter("5", "2026-11-21T10:00:00Z") + end);
  ASSERT_EQ(value.put.size(), 1U);
  EXPECT_THAT(value.put[0].fields, HasSubstr(R"("used":"7")"));
  const auto newer = digest(std::string(begin_delta) + meter("7", "2026-11-21T11:00:00Z") +
                            meter("5", "2026-11-21T11:30:00Z") + meter("6") + end);
  ASSERT_EQ(newer.put.size(), 1U);
  EXPECT_THAT(newer.put[0].fields, HasSubstr(R"("used":"6")")) << "who does not say when is the last";
}

}  // namespace
}  // namespace licaudit::sync

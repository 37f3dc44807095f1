#include "daemon/api/history_buckets.hpp"

#include "sample_house.hpp"

#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

date_range between(std::string_view since, std::string_view until) {
  return {at(since), at(until)};
}

TEST(history_buckets_test, makes_one_bucket_a_day_and_carries_over) {
  const std::vector<ledger::history_entry> entries{sample_entry(1, "2026-11-02T10:00:00Z", 10),
                                                   sample_entry(2, "2026-11-02T12:00:00Z", 7),
                                                   sample_entry(3, "2026-11-04T09:00:00Z", 12)};
  const auto days = buckets_of(std::nullopt, entries, between("2026-11-01T00:00:00Z", "2026-11-06T00:00:00Z"),
                               time_zone(), bucket_size::day);
  ASSERT_EQ(days.size(), 4U);  // from the first calculation on
  EXPECT_EQ(days[0].date, "2026-11-02");
  EXPECT_EQ(days[0].last.sequence, 2);
  EXPECT_EQ(days[0].peaks.at("ump").licensed, 10);
  EXPECT_EQ(days[0].peaks.at("ump").at, at("2026-11-02T10:00:00Z"));
  EXPECT_EQ(days[1].date, "2026-11-03");
  EXPECT_EQ(days[1].last.sequence, 2);
  EXPECT_EQ(days[1].peaks.at("ump").licensed, 7);
  EXPECT_EQ(days[1].peaks.at("ump").at, at("2026-11-03T00:00:00Z"));
  EXPECT_EQ(days[2].last.sequence, 3);
  EXPECT_EQ(days[3].date, "2026-11-05");
}

TEST(history_buckets_test, begins_with_what_is_in_force) {
  const auto days = buckets_of(sample_entry(9, "2026-10-20T00:00:00Z", 30), {},
                               between("2026-11-01T06:00:00Z", "2026-11-02T06:00:00Z"), time_zone(), bucket_size::day);
  ASSERT_EQ(days.size(), 2U);
  EXPECT_EQ(days[0].date, "2026-11-01");
  EXPECT_EQ(days[0].peaks.at("ump").at, at("2026-11-01T06:00:00Z")) << "the peak lies in the range";
  EXPECT_EQ(days[0].last.at, at("2026-10-20T00:00:00Z"));
}

TEST(history_buckets_test, follows_the_local_calendar) {
  const time_zone london = time_zone::find("Europe/London").value();
  // 23:30 UTC on 1 July is 00:30 on 2 July in London.
  const std::vector<ledger::history_entry> entries{sample_entry(1, "2026-07-01T23:30:00Z", 1)};
  const auto days = buckets_of(std::nullopt, entries, between("2026-07-01T00:00:00Z", "2026-07-02T12:00:00Z"), london,
                               bucket_size::day);
  ASSERT_EQ(days.size(), 1U);
  EXPECT_EQ(days[0].date, "2026-07-02");
}

TEST(history_buckets_test, makes_one_bucket_a_month_over_a_clock_change) {
  const time_zone london = time_zone::find("Europe/London").value();
  const std::vector<ledger::history_entry> entries{sample_entry(1, "2026-10-05T00:00:00Z", 5),
                                                   sample_entry(2, "2026-10-31T23:59:59Z", 8),
                                                   sample_entry(3, "2026-11-01T00:00:00Z", 6)};
  const auto months = buckets_of(std::nullopt, entries, between("2026-09-01T00:00:00Z", "2026-12-10T00:00:00Z"), london,
                                 bucket_size::month);
  ASSERT_EQ(months.size(), 3U);
  EXPECT_EQ(months[0].date, "2026-10-01");
  EXPECT_EQ(months[0].last.sequence, 2);
  EXPECT_EQ(months[0].peaks.at("ump").licensed, 8);
  EXPECT_EQ(months[1].date, "2026-11-01");
  EXPECT_EQ(months[1].last.sequence, 3);
  EXPECT_EQ(months[1].peaks.at("ump").licensed, 8) << "what was in force when it began was in force in it";
  EXPECT_EQ(months[2].date, "2026-12-01");
  EXPECT_EQ(months[2].peaks.at("ump").licensed, 6);
}

TEST(history_buckets_test, is_empty_where_nothing_was_calculated) {
  EXPECT_TRUE(buckets_of(std::nullopt, {}, between("2026-11-01T00:00:00Z", "2026-11-06T00:00:00Z"), time_zone(),
                         bucket_size::day)
                  .empty());
}

TEST(history_buckets_test, keeps_only_what_is_asked_for) {
  const tenant_tally all = sample_entry(1, "2026-11-01T00:00:00Z", 5).tally;
  EXPECT_EQ(only(all, "", ""), all);
  EXPECT_EQ(only(all, "ump", ""), all);
  EXPECT_TRUE(only(all, "storage", "").licences.empty());
  const tenant_tally one = only(all, "", "lifecycle-management");
  ASSERT_EQ(one.licences.size(), 1U);
  ASSERT_EQ(one.licences[0].factors.size(), 1U);
  EXPECT_EQ(one.licences[0].factors[0].factor, "lifecycle-management");
  EXPECT_TRUE(only(all, "ump", "no-such").licences.empty());
}

TEST(history_buckets_test, leaves_out_what_does_not_differ_from_the_one_before) {
  std::vector<ledger::history_entry> entries;
  for (const std::int64_t licensed : {5, 5, 6, 6, 5}) {
    entries.push_back(sample_entry(static_cast<std::int64_t>(entries.size()) + 1, "2026-11-01T00:00:00Z", licensed));
  }
  std::vector<std::int64_t> sequences;
  for (const auto& one : changes_of(entries)) sequences.push_back(one.sequence);
  EXPECT_EQ(sequences, (std::vector<std::int64_t>{1, 3, 5}));
  entries[1].tally.licences[0].state = tally_state::degraded;
  EXPECT_EQ(changes_of(entries).size(), 4U);
  EXPECT_TRUE(changes_of({}).empty());
}

}  // namespace
}  // namespace licaudit::api

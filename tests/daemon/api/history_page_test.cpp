#include "daemon/api/history_page.hpp"

#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

/// The days of one entry that was in force all the time.
std::vector<history_bucket> carried(std::string_view since, std::string_view until, const time_zone& zone,
                                    bucket_size size) {
  return buckets_of(sample_entry(1, "2026-01-01T00:00:00Z", 5), {}, {at(since), at(until)}, zone, size);
}

std::vector<std::string> starts(const std::vector<history_bucket>& buckets) {
  std::vector<std::string> all;
  for (const history_bucket& one : buckets) all.push_back(one.date + " " + to_rfc3339(one.peaks.at("ump").at));
  return all;
}

TEST(bucket_of_a_clock_change_test, is_a_day_of_25_hours_in_autumn) {
  const time_zone london = time_zone::find("Europe/London").value();
  EXPECT_THAT(starts(carried("2026-10-24T23:00:00Z", "2026-10-27T00:00:00Z", london, bucket_size::day)),
              ElementsAre("2026-10-25 2026-10-24T23:00:00.000Z", "2026-10-26 2026-10-26T00:00:00.000Z"));
}

TEST(bucket_of_a_clock_change_test, is_a_day_of_23_hours_in_spring) {
  const time_zone london = time_zone::find("Europe/London").value();
  EXPECT_THAT(starts(carried("2026-03-29T00:00:00Z", "2026-03-30T23:00:00Z", london, bucket_size::day)),
              ElementsAre("2026-03-29 2026-03-29T00:00:00.000Z", "2026-03-30 2026-03-29T23:00:00.000Z"));
}

TEST(bucket_of_a_clock_change_test, keeps_both_of_the_hours_that_come_twice_in_one_day) {
  const time_zone london = time_zone::find("Europe/London").value();
  // 01:30 local time, first in summer time and then again in winter time.
  const std::vector<ledger::history_entry> entries{sample_entry(1, "2026-10-25T00:30:00Z", 9),
                                                   sample_entry(2, "2026-10-25T01:30:00Z", 4)};
  const auto days = buckets_of(std::nullopt, entries, {at("2026-10-24T23:00:00Z"), at("2026-10-26T00:00:00Z")}, london,
                               bucket_size::day);
  ASSERT_EQ(days.size(), 1U);
  EXPECT_EQ(days[0].last.sequence, 2);
  EXPECT_EQ(days[0].peaks.at("ump").licensed, 9);
}

TEST(history_bucket_test, does_not_open_the_day_that_begins_where_the_range_ends) {
  EXPECT_THAT(starts(carried("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", time_zone(), bucket_size::day)),
              ElementsAre("2026-11-01 2026-11-01T00:00:00.000Z"));
  EXPECT_EQ(carried("2026-11-01T00:00:00Z", "2026-11-02T00:00:00.001Z", time_zone(), bucket_size::day).size(), 2U);
}

TEST(history_bucket_test, passes_the_end_of_a_year_and_a_leap_day) {
  EXPECT_THAT(starts(carried("2027-12-15T00:00:00Z", "2028-03-01T00:00:00Z", time_zone(), bucket_size::month)),
              ElementsAre("2027-12-01 2027-12-15T00:00:00.000Z", "2028-01-01 2028-01-01T00:00:00.000Z",
                          "2028-02-01 2028-02-01T00:00:00.000Z"));
  EXPECT_EQ(carried("2028-02-28T00:00:00Z", "2028-03-02T00:00:00Z", time_zone(), bucket_size::day).size(), 3U);
}

TEST(history_bucket_test, names_the_first_of_equal_peaks) {
  const std::vector<ledger::history_entry> entries{sample_entry(1, "2026-11-01T01:00:00Z", 9),
                                                   sample_entry(2, "2026-11-01T02:00:00Z", 3),
                                                   sample_entry(3, "2026-11-01T03:00:00Z", 9)};
  const auto days = buckets_of(std::nullopt, entries, {at("2026-11-01T00:00:00Z"), at("2026-11-02T00:00:00Z")},
                               time_zone(), bucket_size::day);
  ASSERT_EQ(days.size(), 1U);
  EXPECT_EQ(days[0].peaks.at("ump").at, at("2026-11-01T01:00:00Z"));
}

TEST(history_bucket_test, keeps_a_peak_for_each_licence) {
  ledger::history_entry two = sample_entry(2, "2026-11-01T02:00:00Z", 3);
  two.tally.licences.push_back(two.tally.licences[0]);
  two.tally.licences[1].licence = "storage";
  two.tally.licences[1].licensed = 40;
  const auto days = buckets_of(sample_entry(1, "2026-10-01T00:00:00Z", 9), {two},
                               {at("2026-11-01T00:00:00Z"), at("2026-11-02T00:00:00Z")}, time_zone(), bucket_size::day);
  ASSERT_EQ(days.size(), 1U);
  EXPECT_EQ(days[0].peaks.at("ump").licensed, 9);
  EXPECT_EQ(days[0].peaks.at("storage").licensed, 40);
  EXPECT_EQ(days[0].peaks.at("storage").at, at("2026-11-01T02:00:00Z"));
}

TEST(history_page_test, calls_by_its_id_what_the_rules_no_longer_know) {
  history_answer answer;
  answer.tenant = "contoso";
  answer.by = "change";
  answer.entries.push_back(sample_entry(1, "2026-11-01T00:00:00Z", 5));
  answer.entries[0].tally.licences[0].factors[0].factor = "old-factor";
  const json::value known = parse_json(history_page(answer, sample_rules().get())).value();
  EXPECT_EQ(json::serialize(known.at("titles")),
            R"({"ump":{"title":"UMP user licence","factors":{)"
            R"("lifecycle-management":"Managed Users-By LifeCycle Mgmt","old-factor":"old-factor"}}})");
  const json::value unknown = parse_json(history_page(answer, nullptr)).value();
  EXPECT_EQ(unknown.at("titles").at("ump").at("title").as_string(), "ump");
}

TEST(history_page_test, names_what_only_the_time_before_speaks_of) {
  history_answer answer;
  answer.before = sample_entry(1, "2026-10-01T00:00:00Z", 5);
  const json::value page = parse_json(history_page(answer, sample_rules().get())).value();
  EXPECT_TRUE(page.at("titles").as_object().contains("ump"));
  EXPECT_THAT(page.at("calculations").as_array(), IsEmpty());
  EXPECT_FALSE(page.at("before").as_object().contains("bucket"));
}

TEST(history_page_test, carries_the_worst_state_of_its_licences) {
  history_answer answer;
  answer.entries.push_back(sample_entry(1, "2026-11-01T00:00:00Z", 5));
  answer.entries[0].tally.licences[0].state = tally_state::held;
  const json::value page = parse_json(history_page(answer, nullptr)).value();
  EXPECT_EQ(page.at("calculations").at(0).at("state").as_string(), "held");
}

/// What it acquired are places and no units, as the licence page has it.
TEST(history_page_test, has_nothing_available_of_a_parent_that_hands_out_places) {
  const auto of_pool = [](const char* kind) {
    const auto set = parse_json(R"({"licences":[{"id":"ump","title":"U",)" + std::string(kind) +
                                R"("factors":[{"id":"f","subject":"user","priority":1}]}]})");
    return std::get<std::shared_ptr<const factors::rules>>(
        factors::rules::compile(factor_set_from_json(set.value()).value()));
  };
  history_answer answer;
  answer.entries.push_back(sample_entry(1, "2026-11-01T00:00:00Z", 5));
  answer.entries[0].tally.licences[0].acquired = 2;
  const auto available = [&](const char* kind) {
    const json::value page = parse_json(history_page(answer, of_pool(kind).get())).value();
    return page.at("calculations").at(0).at("licences").at(0).at("available");
  };
  EXPECT_EQ(available(R"("pool":"tenants",)"), json::value(-3)) << "a leaf has units";
  answer.entries[0].tally.aggregated = true;
  EXPECT_EQ(available(R"("pool":"tenants",)"), json::value(nullptr));
  EXPECT_EQ(available(R"("pool":"units",)"), json::value(-3));
  EXPECT_EQ(available(""), json::value(-3));
}

class history_routes_test : public testing::Test {
 protected:
  history_routes_test() {
    api.rooms.before = sample_entry(1, "2026-10-20T00:00:00Z", 10);
    for (int day = 1; day <= 4; ++day) {
      const std::string date = "2026-10-2" + std::to_string(day) + "T12:00:00Z";
      api.rooms.entries.push_back(sample_entry(1 + day, date, 10 + day));
    }
  }
  std::vector<std::string> buckets(const std::string& query) {
    page = api.get("/v1/tenants/contoso/history?since=2026-10-21&until=2026-10-24" + query);
    std::vector<std::string> all;
    for (const json::value& one : page.at("calculations").as_array()) all.emplace_back(one.at("bucket").as_string());
    return all;
  }

  sample_api api;
  json::value page;
};

TEST_F(history_routes_test, pages_days_by_their_date) {
  EXPECT_THAT(buckets("&by=day&limit=3"), ElementsAre("2026-10-21", "2026-10-22", "2026-10-23"));
  EXPECT_EQ(page.at("next").as_string(), "2026-10-23");
  EXPECT_THAT(buckets("&by=day&limit=3&after=2026-10-23"), ElementsAre("2026-10-24"));
  EXPECT_TRUE(page.at("next").is_null());
}

TEST_F(history_routes_test, has_no_next_page_where_the_last_one_is_exactly_full) {
  EXPECT_THAT(buckets("&by=day&limit=4"), testing::SizeIs(4));
  EXPECT_TRUE(page.at("next").is_null());
}

TEST_F(history_routes_test, answers_an_empty_page_after_a_day_that_is_not_there) {
  EXPECT_THAT(buckets("&by=day&after=2020-01-01"), IsEmpty());
}

TEST_F(history_routes_test, filters_buckets_by_factor_and_keeps_their_peak) {
  EXPECT_THAT(buckets("&by=day&factor=direct-routing&limit=1"), ElementsAre("2026-10-21"));
  const json::value& licence = page.at("calculations").at(0).at("licences").at(0);
  EXPECT_EQ(licence.at("factors").as_array().size(), 1U);
  EXPECT_EQ(licence.at("peak").at("licensed").as_int64(), 11);
}

TEST_F(history_routes_test, answers_a_known_name_that_nothing_was_counted_for_with_empty_entries) {
  for (auto& one : api.rooms.entries) one.tally.licences.clear();
  api.rooms.before->tally.licences.clear();
  EXPECT_EQ(api.status(method::get, "/v1/tenants/contoso/history?licence=ump"), 200);
  EXPECT_EQ(api.status(method::get, "/v1/tenants/contoso/history?licence=storage&factor=direct-routing"), 404);
}

TEST_F(history_routes_test, puts_factors_in_the_order_of_the_rules) {
  auto& factors = api.rooms.entries[0].tally.licences[0].factors;
  std::swap(factors[0], factors[1]);
  for (const char* by : {"calculation", "change"}) {
    const json::value all =
        api.get(std::string("/v1/tenants/contoso/history?since=2026-10-21&until=2026-10-21&by=") + by);
    const json::value& shown = all.at("calculations").at(0).at("licences").at(0).at("factors");
    EXPECT_EQ(shown.at(0).at("factor").as_string(), "direct-routing") << by;
    EXPECT_EQ(shown.at(1).at("factor").as_string(), "lifecycle-management") << by;
  }
}

TEST_F(history_routes_test, wants_a_sequence_to_go_on_by_calculation) {
  EXPECT_THAT(api.problem_of(method::get, "/v1/tenants/contoso/history?by=calculation&after=2026-10-21"),
              HasSubstr("400 after"));
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST_F(history_routes_test, says_why_the_ledger_cannot_be_read) {
  api.rooms.fails = failure{errc::timed_out, "the ledger did not answer"};
  for (const char* by : {"calculation", "change", "day", "month"}) {
    EXPECT_EQ(api.problem_of(method::get, std::string("/v1/tenants/contoso/history?by=") + by),
              "504 the ledger did not answer");
  }
}

}  // namespace
}  // namespace licaudit::api

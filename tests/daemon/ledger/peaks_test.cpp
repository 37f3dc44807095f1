#include "daemon/ledger/peaks.hpp"

#include "bookkeeper.hpp"
#include "scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace licaudit::ledger {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class peaks_test : public testing::Test {
 protected:
  void calculate(const char* when, std::int64_t acme, std::int64_t zeta) {
    keeper.show(tally("acme", acme, acme));
    keeper.show(tally("zeta", zeta, zeta));
    keeper.calculate(at(when));
  }
  std::vector<licensed_peak> peaks(const char* since, const char* until) {
    const auto db = database::open(state.file(), database::mode::read_only).value();
    return licensed_peaks(*db, at(since), at(until)).value();
  }

  scratch_state state;
  std::unique_ptr<ledger> book = state.open();
  bookkeeper keeper{*book};
};

TEST_F(peaks_test, are_the_first_highest_values_of_the_range) {
  calculate("2026-01-10T00:00:00Z", 5, 50);
  calculate("2026-01-11T00:00:00Z", 8, 40);
  calculate("2026-01-12T00:00:00Z", 7, 60);
  calculate("2026-01-13T00:00:00Z", 8, 30);
  EXPECT_THAT(peaks("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
              ElementsAre(licensed_peak{"acme", "ump", 8, at("2026-01-11T00:00:00Z"), 8},
                          licensed_peak{"zeta", "ump", 60, at("2026-01-12T00:00:00Z"), 30}));
}

TEST_F(peaks_test, hold_what_was_in_force_when_the_range_began) {
  calculate("2026-01-10T00:00:00Z", 9, 1);
  calculate("2026-01-20T00:00:00Z", 6, 2);
  calculate("2026-03-05T00:00:00Z", 4, 3);  // February had none
  EXPECT_THAT(peaks("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"),
              ElementsAre(licensed_peak{"acme", "ump", 6, at("2026-02-01T00:00:00Z"), 6},
                          licensed_peak{"zeta", "ump", 2, at("2026-02-01T00:00:00Z"), 2}));
  EXPECT_THAT(peaks("2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z"),
              ElementsAre(licensed_peak{"acme", "ump", 6, at("2026-02-01T00:00:00Z"), 4},
                          licensed_peak{"zeta", "ump", 3, at("2026-03-05T00:00:00Z"), 3}));
  EXPECT_THAT(peaks("2026-01-15T00:00:00Z", "2026-01-20T00:00:00Z"),
              ElementsAre(licensed_peak{"acme", "ump", 9, at("2026-01-15T00:00:00Z"), 9},
                          licensed_peak{"zeta", "ump", 1, at("2026-01-15T00:00:00Z"), 1}))
      << "the end is not part of it";
}

TEST_F(peaks_test, know_nothing_before_the_first_calculation) {
  EXPECT_THAT(peaks("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"), IsEmpty());
  calculate("2026-01-10T00:00:00Z", 9, 1);
  EXPECT_THAT(peaks("2025-12-01T00:00:00Z", "2026-01-10T00:00:00Z"), IsEmpty());
}

TEST_F(peaks_test, leave_out_who_is_no_longer_shown) {
  calculate("2026-01-10T00:00:00Z", 9, 1);
  keeper.hide("zeta");
  keeper.calculate(at("2026-01-11T00:00:00Z"));
  EXPECT_THAT(peaks("2026-01-12T00:00:00Z", "2026-02-01T00:00:00Z"),
              ElementsAre(licensed_peak{"acme", "ump", 9, at("2026-01-12T00:00:00Z"), 9}));
}

TEST_F(peaks_test, of_who_left_within_the_range_have_no_last_value) {
  calculate("2026-01-10T00:00:00Z", 9, 5);
  keeper.hide("zeta");
  keeper.calculate(at("2026-01-11T00:00:00Z"));
  const auto found = peaks("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].last, 9);
  EXPECT_EQ(found[1].licensed, 5);
  EXPECT_EQ(found[1].last, std::nullopt);
  calculate("2026-02-02T00:00:00Z", 7, 3);
  keeper.hide("zeta");
  keeper.calculate(at("2026-02-03T00:00:00Z"));
  keeper.show(tally("acme", 6, 6));
  keeper.calculate(at("2026-03-03T00:00:00Z"));
  EXPECT_EQ(peaks("2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z").at(1).last, std::nullopt)
      << "a month that does not know it any more says so";
}

TEST_F(peaks_test, span_a_year_end_and_equal_what_every_value_says) {
  std::mt19937 random(7);
  std::map<std::string, licensed_peak> expected;
  const auto since = at("2025-11-20T00:00:00Z");
  const auto until = at("2026-02-10T00:00:00Z");
  std::map<std::string, std::int64_t> now, lasts;
  auto when = at("2025-11-01T00:00:00Z");
  for (; when < at("2026-03-01T00:00:00Z"); when += std::chrono::hours(37)) {
    for (const auto* tenant : {"acme", "beta", "zeta"}) {
      const bool was_there = now.count(tenant) != 0;
      const auto before = now[tenant];
      if (random() % 3 == 0 || !was_there) now[tenant] = static_cast<std::int64_t>(random() % 1000);
      keeper.show(tally(tenant, now[tenant], now[tenant]));
      const auto see = [&](std::int64_t value, instant from) {
        const auto [known, is_new] = expected.try_emplace(tenant, licensed_peak{tenant, "ump", value, from, {}});
        if (!is_new && value > known->second.licensed) known->second = {tenant, "ump", value, from, {}};
      };
      if (was_there && when >= since && when < until) see(before, since);
      if (when >= since && when < until) see(now[tenant], when);
      if (when < until) lasts[tenant] = now[tenant];
    }
    keeper.calculate(when);
  }
  const auto found = peaks("2025-11-20T00:00:00Z", "2026-02-10T00:00:00Z");
  ASSERT_EQ(found.size(), 3u);
  for (const auto& one : found) {
    auto wanted = expected.at(one.tenant);
    wanted.last = lasts.at(one.tenant);
    EXPECT_EQ(one, wanted) << one.tenant;
  }
}

}  // namespace
}  // namespace licaudit::ledger

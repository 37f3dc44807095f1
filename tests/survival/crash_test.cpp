// kill -9 at random moments under real traffic.
#include "tests/scale.hpp"
#include "tests/survival/any_seed.hpp"
#include "tests/survival/crash_host.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <iostream>
#include <memory>

namespace licaudit::test {

namespace {

// After so many a new host: a history that grows would slow down what looks through all of it.
constexpr std::size_t rounds_of_one_host = 40;

/// 30, and in the long suite 1,000.
std::size_t rounds() {
  return test_scale() >= 10 ? scaled(100) : scaled(30);
}

void add(const crash_host& host, std::size_t& acknowledged, std::size_t& without_answer) {
  for (const auto& who : host.clerks()) {
    acknowledged += who->acknowledged();
    without_answer += who->kept_without_answer();
  }
}

}  // namespace

TEST(crash, what_was_acknowledged_is_there_once_after_a_kill_at_any_moment) {
  const std::uint64_t seed = any_seed();
  std::mt19937_64 random(seed);
  const auto any = [&random](int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); };
  std::unique_ptr<crash_host> host;
  std::size_t acknowledged = 0, without_answer = 0, killed_at_the_start = 0;
  for (std::size_t round = 0; round < rounds(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round) + " of seed " + std::to_string(seed));
    if (round % rounds_of_one_host == 0) {
      if (host) add(*host, acknowledged, without_answer);
      host = std::make_unique<crash_host>();
    }
    if (any(5) == 0) {
      host->launch();
      ::poll(nullptr, 0, any(60));
      host->kill_hard();
      ++killed_at_the_start;
      if (std::filesystem::exists(host->state() / "licaudit.db") && round % rounds_of_one_host != 0) {
        ASSERT_EQ(host->inspect(), "") << host->said();
      }
    }
    ASSERT_TRUE(host->start()) << host->said();
    ASSERT_TRUE(host->wait_for_tenants()) << host->said();
    ASSERT_EQ(host->verify(), "") << host->said();
    ASSERT_EQ(host->kill_under_traffic(any(40), any(8), random()), "") << host->said();
    ASSERT_EQ(host->inspect(), "") << host->said();
  }
  ASSERT_TRUE(host->start()) << host->said();
  EXPECT_EQ(host->verify(), "") << host->said();
  add(*host, acknowledged, without_answer);
  EXPECT_GT(acknowledged, rounds()) << "there was no traffic to speak of";
  std::cout << rounds() << " kills under traffic, " << killed_at_the_start << " at the start, " << acknowledged
            << " acknowledged operations, each there once, and " << without_answer
            << " that were committed before their answer was out\n";
}

}  // namespace licaudit::test

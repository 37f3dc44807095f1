// The daemon itself on a clock that is set while it runs.
#include "tests/survival/http_client.hpp"
#include "tests/survival/ledger_copy.hpp"
#include "tests/survival/patience.hpp"
#include "tests/system/scripted_host.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

namespace licaudit::test {

namespace {

/// The sample tenants, calculated every second, on a clock that the test sets.
class clocked_host : public scripted_host {
 public:
  clocked_host() {
    write("licauditd.yaml", read("licauditd.yaml") + "schedule: { calculate: 1s, sync: 1h }\n");
    set_clock_by(std::chrono::seconds(0));
    run_as("licauditd-for-tests", {{"LICAUDIT_CLOCK_SHIFT", (folder() / "shift").string()}});
  }

  void set_clock_by(std::chrono::seconds time) {
    shift_ += time;
    const std::int64_t nanoseconds = std::chrono::nanoseconds(shift_).count();
    std::fstream out(folder() / "shift", std::ios::in | std::ios::out | std::ios::binary);
    if (!out) out.open(folder() / "shift", std::ios::out | std::ios::binary);
    out.write(reinterpret_cast<const char*>(&nanoseconds), sizeof(nanoseconds));
  }

  /// Waits for so many calculations more.
  [[nodiscard]] bool calculates(std::int64_t count) const {
    const auto sequence = [this] {
      const auto said = ask_over_http(socket(), "GET", "/v1/status").object();
      const auto* last = said.if_contains("last_calculation");
      return last == nullptr || !last->is_object() ? 0 : last->as_object().at("sequence").to_number<std::int64_t>();
    };
    const auto begin = sequence();
    return wait_until([&] { return sequence() >= begin + count; });
  }

 private:
  std::chrono::seconds shift_{0};
};

}  // namespace

TEST(clock, that_is_set_stops_no_calculation_and_makes_none_older_than_the_one_before) {
  clocked_host host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_TRUE(host.calculates(2)) << host.said();
  host.set_clock_by(-std::chrono::hours(1));
  EXPECT_TRUE(host.calculates(2)) << "after the clock was set back: " << host.said();
  host.set_clock_by(std::chrono::hours(24 * 365));
  EXPECT_TRUE(host.calculates(2)) << "after the clock was set forward: " << host.said();
  host.set_clock_by(-std::chrono::hours(24 * 365));
  EXPECT_TRUE(host.calculates(2)) << "after it was set right again: " << host.said();
  EXPECT_EQ(host.stop(), 0);
  const ledger_copy left(host.state(), host.folder() / "copy");
  EXPECT_EQ(left.damage(), "") << "also says if an entry is older than the one before";
  EXPECT_EQ(left.number("SELECT max(at) - min(at) > 31000000000 FROM calculation"), 1) << "the clock was really set";
}

}  // namespace licaudit::test

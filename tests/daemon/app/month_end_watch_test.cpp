#include "daemon/app/month_end_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <exception>

namespace asio = boost::asio;

namespace licaudit::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

instant at(const char* text) {
  return parse_rfc3339(text).value();
}

std::shared_ptr<const factors::rules> one_licence() {
  const auto text = parse_json(R"({"licences":[{"id":"ump","title":"U","factors":[{"id":"f","title":"F",
    "subject":"user","priority":1}]}]})");
  return std::get<std::shared_ptr<const factors::rules>>(
      factors::rules::compile(factor_set_from_json(text.value()).value()));
}

class month_end_watch_test : public testing::Test {
 protected:
  month_end_watch_test() {
    add("contoso", "Europe/London", false);
    add("host", "Europe/London", true);
    add("kiwi", "Pacific/Auckland", false);
    seen->rules = one_licence();
    seen->last_of_all = audit::calculation_stamp{1, now};
    how.loop = loop.get_executor();
    how.worker = worker.get_executor();
    how.reading = reading.get_executor();
    how.clock = [this] { return now; };
    how.view = [this] { return seen; };
    how.peaks = [this](instant since, instant until) { return read(since, until); };
    how.note = [this](const std::vector<std::string>& tenants, std::vector<finding> dips) {
      std::string said;
      for (const auto& one : tenants) said += (said.empty() ? "" : ",") + one;
      for (const auto& one : dips) said += " dip of " + one.tenant;
      noted.push_back(said);
      return result<void>();
    };
    how.between_looks = std::chrono::milliseconds(1);
  }

  void add(const std::string& id, const char* zone, bool aggregated) {
    auto of = std::make_shared<audit::tenant_view>();
    of->record.change().id = id;
    of->zone = time_zone::find(zone).value();
    of->tally.change().aggregated = aggregated;
    seen->tenants[id] = of;
  }

  result<std::vector<ledger::licensed_peak>> read(instant since, instant until) {
    ranges.push_back(to_rfc3339(since).substr(0, 13) + " " + to_rfc3339(until).substr(0, 13));
    if (fails) return failure{errc::unreachable, "busy"};
    std::vector<ledger::licensed_peak> all;
    for (const char* id : {"contoso", "host", "kiwi"}) all.push_back({id, "ump", 20, since, 10});
    return all;
  }

  /// So many looks, and then the end.
  void look(int times) {
    int looks = 0;
    auto counted = how;
    counted.clock = [&] {
      if (++looks > times) asio::post(loop, [&] { watch_->stop(); });
      return now;
    };
    watch_.emplace(counted);
    std::exception_ptr thrown;
    asio::co_spawn(loop, watch_->run(), [&](const std::exception_ptr& failed) { thrown = failed; });
    loop.restart();
    loop.run_for(std::chrono::seconds(10));
    EXPECT_EQ(thrown, nullptr);
  }

  asio::io_context loop{1};
  asio::thread_pool worker{1}, reading{1};
  instant now = at("2026-11-01T00:30:00Z");
  std::shared_ptr<audit::view> seen = std::make_shared<audit::view>();
  month_end_wiring how;
  std::optional<month_end_watch> watch_;
  std::vector<std::string> ranges, noted;
  bool fails = false;
};

TEST_F(month_end_watch_test, reads_the_month_that_ended_in_each_zone_once) {
  look(5);
  EXPECT_THAT(ranges, ElementsAre("2026-09-30T23 2026-11-01T00", "2026-09-30T11 2026-10-31T11"));
  EXPECT_THAT(noted, ElementsAre("contoso dip of contoso", "kiwi dip of kiwi")) << "a sum shows what its parts do";
}

TEST_F(month_end_watch_test, looks_again_when_the_next_month_has_ended) {
  look(2);
  ranges.clear();
  int looks = 0;
  how.clock = [&] { return ++looks < 3 ? now : at("2026-12-01T00:00:00Z"); };
  how.note = [&](const std::vector<std::string>&, std::vector<finding>) {
    if (ranges.size() == 4) asio::post(loop, [&] { watch_->stop(); });
    return result<void>();
  };
  watch_.emplace(how);
  asio::co_spawn(loop, watch_->run(), [](const std::exception_ptr&) {});
  loop.restart();
  loop.run_for(std::chrono::seconds(10));
  EXPECT_THAT(ranges, ElementsAre("2026-09-30T23 2026-11-01T00", "2026-09-30T11 2026-10-31T11",
                                  "2026-11-01T00 2026-12-01T00", "2026-10-31T11 2026-11-30T11"));
}

TEST_F(month_end_watch_test, waits_for_the_first_calculation) {
  seen->last_of_all.reset();
  look(3);
  EXPECT_THAT(ranges, IsEmpty());
  seen->last_of_all = audit::calculation_stamp{1, now};
  seen->loading = true;
  look(3);
  EXPECT_THAT(ranges, IsEmpty());
}

TEST_F(month_end_watch_test, goes_on_where_the_ledger_cannot_be_read) {
  fails = true;
  look(3);
  EXPECT_EQ(ranges.size(), 2u);
  EXPECT_THAT(noted, IsEmpty());
}

}  // namespace
}  // namespace licaudit::app

// Who was counted in a month, told by what changed, against the inventory of every instant.
#include "tests/daemon/app/bill_house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <random>
#include <set>

namespace licaudit::app {
namespace {

/// contoso through a November: users that come, change and go, switches, quantities, a gateway that is renamed and
/// whose former name ends, a tenant that is disabled for a while.
class busy_month {
 public:
  explicit busy_month(std::uint32_t seed) : random_(seed) {
    books.set_clock("2026-11-03T10:00:00Z");
    give_record("old", {});
  }

  void live() {
    for (int hour = 1; hour < 27 * 24; hour += 1 + static_cast<int>(random_() % 11)) {
      clock_ = parse_rfc3339("2026-11-03T10:00:00Z").value() + std::chrono::hours(hour);
      books.set_clock(to_rfc3339(clock_));
      something();
    }
    books.calculate("2026-12-02T00:00:00Z");
  }

  /// `u7 lifecycle-management x2` at an instant, as the lines of the month have it.
  std::set<std::string> told_at(instant at) {
    if (lines_.empty())
      for (const auto& text : books.lines("/v1/bills/2026-11/subjects?tenant=contoso"))
        lines_.push_back(parse_json(text).value());
    std::set<std::string> found;
    for (const auto& one : lines_) {
      if (one.at("kind").as_string() != "subject") continue;
      const auto when = [&one](const char* name) { return parse_rfc3339(one.at(name).as_string()).value(); };
      if (when("from") <= at && at < when("until")) found.insert(text_of(one));
    }
    return found;
  }

  std::set<std::string> there_at(instant at) {
    std::set<std::string> found;
    const auto page = books.get("/v1/tenants/contoso/subjects?limit=1000&at=" + to_rfc3339(at));
    for (const auto& one : page.at("subjects").as_array())
      if (one.at("factor").is_string()) found.insert(text_of(one));
    return found;
  }

  bill_house books;

 private:
  static std::string text_of(const json::value& one) {
    return std::string(one.at("subject").as_string()) + " " + std::string(one.at("factor").as_string()) + " x" +
           std::to_string(one.at("quantity").as_int64());
  }

  void something() {
    switch (random_() % 12) {
      case 0:
        flip("lifecycle-management");
        break;
      case 1:
        if (clock_ > parse_rfc3339("2026-11-09T00:00:00Z").value())
          give_record("new", to_rfc3339(clock_ + std::chrono::hours(30)));
        break;
      case 2:
        (void)books.ask_json(api::method::patch, "/v1/tenants/contoso",
                             random_() % 2 == 0 ? R"({"enabled":false})" : R"({"enabled":true})");
        break;
      case 3:
        books.calculate(to_rfc3339(clock_));
        break;
      default:
        count_users();
    }
  }

  void flip(const std::string& factor) {
    ASSERT_TRUE(books.scene.office().set_switch("contoso", "ump", factor, random_() % 2 == 0, "root"));
    audit::apply_request what;
    what.tenants = {"contoso"};
    ASSERT_TRUE(books.scene.office().apply(what, "root"));
  }

  void give_record(const std::string& gateway, const std::string& former_until) {
    auto form = parse_json(record("contoso", "host", 100)).value().as_object();
    json::object site{{"name", "main"}, {"pstn_gateway", gateway}};
    if (!former_until.empty())
      site["former_gateways"] = json::array{json::object{{"gateway", "old"}, {"until", former_until}}};
    form["sites"] = json::array{site};
    books.scene.give_tenants({record("host", "", -1), json::serialize(form)});
  }

  void count_users() {
    std::vector<subject> put;
    std::vector<subject_name> gone;
    for (const int i : {0, 4, 8}) {
      const auto id = "u" + std::to_string(i + static_cast<int>(random_() % 4));
      if (random_() % 4 == 0) {
        gone.push_back({"contoso", subject_kind::user, id});
        continue;
      }
      const char* fields[] = {R"({"pstn_gateway":"old"})", R"({"pstn_gateway":"new"})", R"({"lifecycle_template":"x"})",
                              R"({"pstn_gateway":"old","lifecycle_template":"x"})", R"({"note":"nothing counts"})"};
      put.push_back(audit::user("contoso", id, fields[random_() % 5]));
      put.back().quantity = 1 + static_cast<int>(random_() % 2);
    }
    books.scene.give_delta("teams", put, gone);
  }

  std::mt19937 random_;
  instant clock_{};
  std::vector<json::value> lines_;
};

}  // namespace

TEST(counted_month, says_of_every_instant_what_its_inventory_says) {
  std::size_t counted = 0;
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    busy_month month(seed);
    month.live();
    for (int hour = 0; hour < 27 * 24; hour += 7) {
      const auto at = parse_rfc3339("2026-11-03T10:30:00Z").value() + std::chrono::hours(hour);
      const auto there = month.there_at(at);
      ASSERT_EQ(month.told_at(at), there) << "seed " << seed << " at " << to_rfc3339(at);
      counted += there.size();
    }
  }
  EXPECT_GT(counted, 500U) << "there was somebody to count";
}

}  // namespace licaudit::app

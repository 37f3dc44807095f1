#include "daemon/api/counted_subjects.hpp"

#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

instant at(const char* text) {
  return parse_rfc3339(text).value();
}

struct held {
  std::string id, licence, factor;
  std::int64_t quantity = 1;
};

dated_inventory inventory(const std::vector<held>& all) {
  dated_inventory made;
  for (const auto& one : all) {
    ledger::dated_subject who;
    who.key = "k-" + one.id;
    who.value.name = {"contoso", subject_kind::user, one.id};
    who.value.quantity = one.quantity;
    made.subjects.push_back(who);
    made.holdings.push_back({made.subjects.size() - 1, one.licence, one.factor, {}, {}});
  }
  return made;
}

std::vector<std::string> texts(const std::vector<counted_time>& all) {
  std::vector<std::string> made;
  made.reserve(all.size());
  for (const auto& one : all)
    made.push_back(one.id + " " + one.licence + "/" + one.factor + " x" + std::to_string(one.quantity) + " " +
                   to_rfc3339(one.from).substr(8, 2) + "-" + to_rfc3339(one.until).substr(8, 2));
  return made;
}

}  // namespace

TEST(counted_subjects, says_from_when_until_when_by_which_factor) {
  counted_subjects all("");
  all.take(inventory({{"ann", "ump", "dr"}, {"bob", "ump", "dr"}}), at("2026-10-01T00:00:00Z"));
  all.take(inventory({{"ann", "ump", "dr"}, {"bob", "ump", "lcm"}, {"cid", "ump", "dr", 3}}),
           at("2026-10-05T00:00:00Z"));
  all.take(inventory({{"ann", "ump", "dr"}, {"cid", "ump", ""}}), at("2026-10-09T00:00:00Z"));
  all.take(inventory({{"ann", "ump", "dr"}, {"bob", "ump", "lcm"}}), at("2026-10-20T00:00:00Z"));
  EXPECT_THAT(texts(all.finish(at("2026-10-31T00:00:00Z"))),
              ElementsAre("ann ump/dr x1 01-31", "bob ump/dr x1 01-05", "bob ump/lcm x1 05-09", "bob ump/lcm x1 20-31",
                          "cid ump/dr x3 05-09"));
}

TEST(counted_subjects, changes_alone_say_the_same_as_whole_inventories) {
  counted_subjects all("");
  all.take(inventory({{"ann", "ump", "dr"}, {"bob", "ump", "dr"}, {"bob", "voice", "v"}}), at("2026-10-01T00:00:00Z"));
  all.take_changes(inventory({{"bob", "ump", "lcm"}, {"cid", "ump", "dr", 3}}), {}, at("2026-10-05T00:00:00Z"));
  all.take_changes(inventory({{"cid", "ump", "dr", 3}}), {{"contoso", subject_kind::user, "bob"}},
                   at("2026-10-09T00:00:00Z"));
  all.take_changes(inventory({{"cid", "ump", ""}}), {}, at("2026-10-10T00:00:00Z"));
  all.take_changes(inventory({}), {{"contoso", subject_kind::number, "ann"}}, at("2026-10-11T00:00:00Z"));
  EXPECT_THAT(texts(all.finish(at("2026-10-31T00:00:00Z"))),
              ElementsAre("ann ump/dr x1 01-31", "bob ump/dr x1 01-05", "bob ump/lcm x1 05-09", "bob voice/v x1 01-05",
                          "cid ump/dr x3 05-10"));
}

TEST(counted_subjects, keeps_to_the_licence_that_is_asked_for) {
  counted_subjects all("voice");
  all.take(inventory({{"ann", "ump", "dr"}, {"ann", "voice", "v"}}), at("2026-10-01T00:00:00Z"));
  EXPECT_THAT(texts(all.finish(at("2026-10-31T00:00:00Z"))), ElementsAre("ann voice/v x1 01-31"));
  EXPECT_THAT(counted_subjects("").finish(at("2026-10-31T00:00:00Z")), IsEmpty());
}

TEST(counted_subjects, a_calculation_of_the_clock_that_moved_nothing_changes_nobody) {
  ledger::history_entry entry;
  entry.cause.kind = "schedule";
  EXPECT_FALSE(may_change_holders(entry));
  entry.moved.users_changed = 1;
  EXPECT_TRUE(may_change_holders(entry)) << "one went and another came";
  entry.moved = {};
  entry.changed = true;
  EXPECT_TRUE(may_change_holders(entry));
  entry.changed = false;
  entry.cause.kind = "rules";
  EXPECT_TRUE(may_change_holders(entry));
}

TEST(bill_subjects, are_streamed_with_names_for_those_who_may_see_them) {
  sample_api api;
  api.rooms.before = sample_entry(80, "2026-09-30T00:00:00Z", 1);
  api.rooms.inventory = inventory({{"ann", "ump", "dr"}});
  const auto lines = api.lines(api.ask(method::get, "/v1/bills/2026-10/subjects?tenant=contoso&licence=ump"));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], R"({"kind":"progress","done":1,"total":1})");
  EXPECT_THAT(lines[1], HasSubstr(R"("subject":"ann","key":"k-ann","licence":"ump","factor":"dr","quantity":1,)"));
  EXPECT_THAT(lines[2], HasSubstr(R"("kind":"end","tenant":"contoso","month":"2026-10")"));
  api.become(access::role::auditor, "contoso");
  EXPECT_THAT(api.lines(api.ask(method::get, "/v1/bills/2026-10/subjects?tenant=contoso")).at(1),
              HasSubstr(R"("subject":null,"key":"k-ann")"));
}

TEST(bill_subjects, refuses_before_anything_is_sent) {
  sample_api api;
  EXPECT_EQ(api.status(method::get, "/v1/bills/2026-10/subjects"), 400);
  EXPECT_EQ(api.status(method::get, "/v1/bills/2026-13/subjects?tenant=contoso"), 400);
  EXPECT_EQ(api.status(method::get, "/v1/bills/2026-10/subjects?tenant=nobody"), 404);
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::get, "/v1/bills/2026-10/subjects?tenant=contoso"), 403);
  EXPECT_EQ(api.status(method::get, "/v1/bills/2026-10/subjects?tenant=fabrikam"), 404);
}

}  // namespace licaudit::api

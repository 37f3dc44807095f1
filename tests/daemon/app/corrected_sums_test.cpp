// What a correction does to the sums that the tenant is in, and what may still be decided below it.
#include "tests/daemon/app/bill_house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::app {
namespace {

using testing::StartsWith;

std::int64_t charged(bill_house& books, const std::string& tenant) {
  return books.bill(tenant, "2026-11").at("charged").at(0).at("quantity").as_int64();
}

}  // namespace

TEST(corrected_sums, nothing_below_a_corrected_sum_is_accepted_any_more) {
  bill_house books;
  books.bill_by("calculated", "peak");
  books.set_clock("2026-11-02T10:00:01Z");
  books.scene.give_tenants({record("host", "", -1), record("north", "host", -1), record("contoso", "north", 100)});
  books.set_clock("2026-11-03T10:00:00Z");
  auto users = audit::user("contoso", "all", R"({"lifecycle_template":"x"})");
  users.quantity = 5;
  books.scene.give_delta("teams", {users}, {});
  users.quantity = 16;
  books.set_clock("2026-11-10T10:00:00Z");
  books.scene.give_delta("teams", {users}, {});
  books.calculate("2026-12-02T00:00:00Z");
  books.rule("2026-11", "correct", R"({"tenant":"host","licence":"ump","quantity":4,"reason":"agreed"})");
  EXPECT_THAT(books.refusal("2026-11", "accept", R"({"tenant":"contoso","licence":"ump","at":"2026-11-11"})"),
              StartsWith("409 contoso: 2026-11: ump of a sum that it is in was corrected already; correct it again"))
      << "what those above are charged is not told to those below";
  EXPECT_EQ(charged(books, "north"), 5);
  EXPECT_EQ(charged(books, "host"), 4);
}

TEST(corrected_sums, a_part_of_a_pool_is_in_no_sum_and_its_correction_neither) {
  bill_house books;
  books.scene.how.rules = audit::rules_of(R"({"licences":[{"id":"agents","title":"Agents","pool":"units",
    "billing":{"of":"acquired","by":"peak"},"factors":[{"id":"users","subject":"user","priority":1}]}]})");
  books.scene.how.rules_automatic = true;
  ASSERT_TRUE(books.scene.office().adopt(books.scene.how, "root"));
  books.set_clock("2026-11-02T10:00:01Z");
  const auto tenant = [](const std::string& id, const std::string& parent, const std::string& agents) {
    return R"({"id":")" + id + R"(","parent":")" + parent + R"(","acquired":{"agents":)" + agents + "}}";
  };
  books.scene.give_tenants({record("host", "", -1), tenant("north", "host", "100"), tenant("contoso", "north", "40"),
                            tenant("fabrikam", "host", "7")});
  books.calculate("2026-12-02T00:00:00Z");
  ASSERT_EQ(charged(books, "north"), 100) << "what it acquired, however much of it is handed out";
  books.rule("2026-11", "correct", R"({"tenant":"contoso","licence":"agents","quantity":45,"reason":"agreed"})");
  books.rule("2026-11", "correct", R"({"tenant":"fabrikam","licence":"agents","quantity":8,"reason":"agreed"})");
  EXPECT_EQ(charged(books, "contoso"), 45);
  EXPECT_EQ(charged(books, "north"), 100);
  EXPECT_EQ(charged(books, "host"), 108);
  EXPECT_EQ(books.bill("north", "2026-11").at("revision").as_int64(), 1) << "nothing of it has changed";
}

}  // namespace licaudit::app

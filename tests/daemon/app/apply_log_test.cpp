// An Apply of the provider over tenants of two resellers, as each of them finds it in the operation log.
#include "tests/daemon/app/bill_house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::app {
namespace {

using testing::HasSubstr;
using testing::Not;

class apply_log : public testing::Test {
 protected:
  apply_log() {
    books.scene.give_tenants({record("host", "", -1), record("north", "host", -1), record("south", "host", -1),
                              record("contoso", "north", 10), record("fabrikam", "south", 10)});
    for (const auto& tenant : {"contoso", "fabrikam"})
      (void)books.ask_json(api::method::put, "/v1/tenants/" + std::string(tenant) + "/factors/ump/lifecycle-management",
                           R"({"on":false})");
    books.set_clock("2026-11-02T11:00:00Z");
    (void)books.ask_json(api::method::post, "/v1/apply", R"({"tenants":["contoso","fabrikam"]})");
    books.set_clock("2026-11-02T12:00:00Z");
  }
  json::value applies_seen_by(const std::string& tenant) {
    access::grant of;
    of.uid = 1000;
    of.name = tenant;
    of.tenant = tenant;
    of.role = access::role::reseller;
    books.grants = {of};
    books.user = 1000;
    return books.get("/v1/operations?type=apply").at("operations");
  }

  bill_house books;
};

}  // namespace

TEST_F(apply_log, shows_a_reseller_what_was_applied_to_its_tenant_and_nothing_of_others) {
  const auto seen = applies_seen_by("north");
  ASSERT_EQ(seen.as_array().size(), 1U);
  EXPECT_EQ(seen.at(0).at("tenant").as_string(), "contoso");
  EXPECT_EQ(seen.at(0).at("text").as_string(), "lifecycle-management off");
  EXPECT_EQ(seen.at(0).at("caller").as_string(), "root");
  EXPECT_THAT(json::serialize(seen), Not(HasSubstr("fabrikam")));
  EXPECT_THAT(json::serialize(applies_seen_by("south")), Not(HasSubstr("contoso")));
}

TEST_F(apply_log, shows_the_provider_the_whole_and_its_parts) {
  const auto seen = books.get("/v1/operations?type=apply").at("operations");
  ASSERT_EQ(seen.as_array().size(), 3U);
  EXPECT_TRUE(seen.at(0).at("tenant").is_null());
  EXPECT_EQ(seen.at(1).at("detail").at("operation"), seen.at(0).at("operation"));
  EXPECT_EQ(seen.at(2).at("detail").at("operation"), seen.at(0).at("operation"));
}

}  // namespace licaudit::app

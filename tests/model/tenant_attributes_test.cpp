#include "model/tenant_attributes.hpp"

#include <gtest/gtest.h>

namespace licaudit {
namespace {

std::string complaint_about(const std::string& attributes) {
  const auto wrong = check_attributes(parse_json(attributes).value().as_object());
  return wrong ? wrong->detail : "";
}

}  // namespace

TEST(tenant_attributes, take_what_the_manual_names_and_anything_else) {
  EXPECT_EQ(complaint_about(R"({"contract_number":"4711/b","country":"GB","onboarding_date":"2026-02-28",
      "training_date":"2026-03-01","billing_date":"2028-02-29","support_notes":"call first","system_id":"x",
      "support_team":"north","domain":"contoso.example","mail":"desk@contoso.example","colour":["red",7]})"),
            "");
  EXPECT_EQ(complaint_about("{}"), "");
}

TEST(tenant_attributes, refuse_dates_that_are_none) {
  EXPECT_EQ(complaint_about(R"({"onboarding_date":"November 2026"})"),
            "attributes: onboarding_date: expected a day like 2026-11-21, found 'November 2026'");
  for (const char* day : {"2026-02-29", "2026-13-01", "21.11.2026", "2026-11-21T00:00:00Z", "", "1 Nov 2026"})
    EXPECT_NE(complaint_about(std::string(R"({"billing_date":")") + day + "\"}"), "") << day;
}

TEST(tenant_attributes, refuse_countries_and_addresses_of_another_shape) {
  for (const char* country : {"gb", "GBR", "Great Britain", "G1", "", "G"})
    EXPECT_EQ(complaint_about(std::string(R"({"country":")") + country + "\"}"),
              "attributes: country: expected two capitals like GB (ISO 3166), found '" + std::string(country) + "'");
  for (const char* mail : {"desk", "@example.com", "desk@", "a@b@c", "a b@c", ""})
    EXPECT_NE(complaint_about(std::string(R"({"mail":")") + mail + "\"}"), "") << mail;
}

TEST(tenant_attributes, are_texts_where_the_manual_names_them) {
  EXPECT_EQ(complaint_about(R"({"contract_number":4711})"), "attributes: contract_number: expected a text, found 4711");
  EXPECT_EQ(complaint_about(R"({"mail":null})"), "attributes: mail: expected a text, found null");
}

}  // namespace licaudit

#include "cli/options.hpp"
#include "cli/commands/tenant_arguments.hpp"

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace licaudit::cli {

TEST(options, read_a_timeout_in_any_usual_form) {
  using std::chrono::milliseconds;
  EXPECT_EQ(parse_timeout("5s").value(), milliseconds{5000});
  EXPECT_EQ(parse_timeout("5").value(), milliseconds{5000});
  EXPECT_EQ(parse_timeout("500ms").value(), milliseconds{500});
  EXPECT_EQ(parse_timeout("2min").value(), milliseconds{120'000});
  EXPECT_EQ(parse_timeout("24h").value(), milliseconds{86'400'000});
}

TEST(options, refuse_a_timeout_that_is_none) {
  for (const auto* text : {"", "0", "0s", "-5s", "s", "5x", "25h", "5 s", "99999999999999999999s"}) {
    const auto read = parse_timeout(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().status, exit_status::usage);
    EXPECT_NE(read.error().text.find("write it as"), std::string::npos);
  }
}

TEST(tenant_arguments, become_the_record_that_the_api_takes) {
  commands::tenant_arguments given;
  given.id = "contoso";
  given.name = "Contoso Ltd";
  given.parent = "northwind";
  given.service = "direct-routing-pro";
  given.monitored = 20;
  given.sites = {"London=sb1-508-3"};
  given.acquired = {"ump=500"};
  given.settings = {"retention=9", "code=010"};
  given.attributes = {"phone=44207"};
  EXPECT_EQ(json::serialize(commands::tenant_record_of(given).value()),
            R"({"id":"contoso","name":"Contoso Ltd","parent":"northwind","settings":{"retention":9,"code":"010"},)"
            R"("attributes":{"phone":"44207"},"service":"direct-routing-pro","monitored":20,)"
            R"("sites":[{"name":"London","pstn_gateway":"sb1-508-3"}],"acquired":{"ump":500}})");
}

TEST(tenant_arguments, that_are_no_assignment_are_wrong_usage) {
  commands::tenant_arguments given;
  given.id = "t";
  given.acquired = {"ump=many"};
  EXPECT_EQ(commands::tenant_record_of(given).error().status, exit_status::usage);
  given.acquired = {"ump"};
  EXPECT_EQ(commands::tenant_record_of(given).error().status, exit_status::usage);
  given.acquired.clear();
  EXPECT_EQ(commands::tenant_patch_of(given).error().status, exit_status::usage);
}

}  // namespace licaudit::cli

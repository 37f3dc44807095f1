// The sample host, asked as an operator asks it.
#include "tests/system/running_daemon.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace licaudit::test {

using ::testing::HasSubstr;

namespace {

/// One daemon for the tests that only read.
running_daemon& sample_host() {
  static running_daemon host;
  static const bool ready = host.start() && host.cli({"refresh"}).status == 0;
  if (!ready) throw std::runtime_error("the sample host does not start: " + host.said());
  return host;
}

/// Of a page; an empty one where it has no such licence.
json::object licence_of(const json::value& page, std::string_view id) {
  if (page.is_object())
    for (const auto& one : page.at("licences").as_array())
      if (one.at("licence").as_string() == id) return one.as_object();
  return {{"licensed", -1}, {"factors", json::array()}};
}

/// `12 (34)` by factor, and `licensed`, of a licence of a tenant's page.
std::string text_of(const running_daemon& host, const std::string& tenant, const std::string& factor,
                    const std::string& of = "ump") {
  const auto licence = licence_of(host.ask({"show", tenant}), of);
  if (factor == "licensed") return std::to_string(licence.at("licensed").to_number<std::int64_t>());
  for (const auto& one : licence.at("factors").as_array())
    if (one.at("factor").as_string() == factor) return std::string(one.at("text").as_string());
  return "no such factor";
}

struct expected {
  const char* tenant;
  const char* factor;
  const char* text;
};

}  // namespace

TEST(sample_host, counts_what_a_separate_script_counted_from_its_files) {
  const auto& host = sample_host();
  // The table of config/demo/README.md.
  const expected table[] = {{"contoso", "direct-routing", "142 (148)"},
                            {"contoso", "lifecycle-management", "20 (80)"},
                            {"contoso", "user-interface", "5 (42)"},
                            {"contoso", "service-numbers", "11 (19)"},
                            {"contoso", "licensed", "178"},
                            {"fabrikam", "operator-connect", "34 (34)"},
                            {"fabrikam", "lifecycle-management", "6 (15)"},
                            {"fabrikam", "user-interface", "1 (10)"},
                            {"fabrikam", "service-numbers", "0 (0)"},
                            {"tailspin", "service-numbers", "2 (5)"},
                            {"adventure", "direct-routing", "14 (16)"},
                            {"adventure", "lifecycle-management", "3 (5)"},
                            {"adventure", "user-interface", "1 (3)"},
                            {"adventure", "service-numbers", "1 (2)"},
                            {"northwind", "direct-routing", "142 (148)"},
                            {"northwind", "service-numbers", "13 (24)"},
                            {"northwind", "licensed", "221"},
                            {"northern-host", "direct-routing", "156 (164)"},
                            {"northern-host", "licensed", "240"}};
  for (const auto& row : table) EXPECT_EQ(text_of(host, row.tenant, row.factor), row.text) << row.tenant << row.factor;
}

TEST(sample_host, counts_each_vendors_tenants_in_their_own_form) {
  struct row {
    const char *tenant, *licence, *factor, *text;
  };
  // The second table of config/demo/README.md.
  const row table[] = {{"lamna", "compliance-voice-recording", "assigned", "24 (24)"},
                       {"lamna", "compliance-voice-recording-analytics", "assigned", "5 (5)"},
                       {"lamna", "storage", "used", "3 (1200)"},
                       {"lamna", "transcription", "used", "2 (188)"},
                       {"lamna", "ai-tokens", "used", "2 (31400000)"},
                       {"bellows", "storage", "used", "1 (500)"},
                       {"bellows", "transcription", "used", "1 (52)"},
                       {"vanarsdel", "storage", "used", "4 (1700)"},
                       {"relecloud", "transcription", "used", "3 (240)"},
                       {"litware", "agents", "agents", "58 (58)"},
                       {"litware", "disk", "disk", "213 (213)"},
                       {"litware", "workflow-triggers", "triggers", "1240 (1240)"},
                       {"wingtip", "agents", "agents", "25 (25)"},
                       {"proseware", "voice", "assigned", "40 (40)"},
                       {"proseware", "call-recording", "assigned", "30 (30)"},
                       {"proseware", "speech-to-text", "minutes", "6200 (6200)"},
                       {"northern-host", "agents", "agents", "83 (83)"}};
  for (const auto& one : table)
    EXPECT_EQ(text_of(sample_host(), one.tenant, one.factor, one.licence), one.text)
        << one.tenant << " " << one.licence;
}

TEST(sample_host, shows_pages_and_exits_by_the_table) {
  const auto& host = sample_host();
  const auto tailspin = host.cli({"show", "tailspin"});
  EXPECT_EQ(tailspin.status, 0) << tailspin.err;
  EXPECT_THAT(tailspin.out, HasSubstr("2 (5)"));
  EXPECT_THAT(tailspin.out, HasSubstr("monitored 0"));
  const auto adventure = host.cli({"show", "adventure"});
  EXPECT_EQ(adventure.status, 1) << "over-use";
  EXPECT_THAT(adventure.out, HasSubstr("over-use"));
  EXPECT_EQ(host.cli({"show", "nobody"}).status, 5);
  EXPECT_EQ(host.cli({"no-such-command"}).status, 2);
}

TEST(sample_host, bills_the_month_and_explains_each_line) {
  const auto& host = sample_host();
  const auto answer = host.ask({"bill"});
  ASSERT_TRUE(answer.is_object());
  std::map<std::string, std::int64_t> quantity;
  for (const auto& bill : answer.at("tenants").as_array()) {
    EXPECT_EQ(bill.at("state").as_string(), "open");
    for (const auto& line : bill.at("licences").as_array()) {
      if (line.at("licence").as_string() == "ump")
        quantity[std::string(bill.at("tenant").as_string())] = line.at("quantity").to_number<std::int64_t>();
      EXPECT_FALSE(line.at("explanation").as_array().empty());
    }
  }
  EXPECT_EQ(quantity["contoso"], 178);
  EXPECT_EQ(quantity["northwind"], 221);
  EXPECT_EQ(quantity["northern-host"], 240);
  const auto page = host.cli({"bill", "contoso"});
  EXPECT_EQ(page.status, 0) << page.err;
  EXPECT_THAT(page.out, HasSubstr("The last sound licensed quantity, in force since "));
  EXPECT_THAT(host.cli({"bill", "contoso", "--html"}).out, HasSubstr("<h1>Licences of "));
  EXPECT_EQ(host.cli({"bill", "--month", "2026-13"}).status, 5);
}

TEST(sample_host, answers_the_documented_licence_page) {
  const auto page = sample_host().ask({"show", "tailspin"}).as_object();
  for (const char* key :
       {"tenant", "name", "type", "service", "calculated_at", "state", "monitored", "aggregated", "licences"})
    EXPECT_TRUE(page.contains(key)) << key;
  const auto& licence = page.at("licences").as_array().at(0).as_object();
  for (const char* key : {"licence", "title", "acquired", "licensed", "available", "factors"})
    EXPECT_TRUE(licence.contains(key)) << key;
  const auto& factor = licence.at("factors").as_array().at(0).as_object();
  for (const char* key : {"factor", "title", "priority", "on", "pending", "calculated", "configured", "text"})
    EXPECT_TRUE(factor.contains(key)) << key;
}

TEST(sample_host, names_what_was_left_out_of_the_teams_export) {
  const auto runs = sample_host().ask({"source", "runs", "teams"});
  const auto& last = runs.at("runs").as_array().at(0).as_object();
  EXPECT_EQ(last.at("state").as_string(), "ok");
  std::int64_t left_out = 0;
  for (const auto& [reason, count] : last.at("left_out").as_object()) left_out += count.to_number<std::int64_t>();
  EXPECT_EQ(left_out, 15);
}

TEST(sample_host, verifies_clean) {
  const auto verified = sample_host().cli({"verify"});
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
}

TEST(sample_host, lists_who_holds_a_factor) {
  const auto held = sample_host().ask({"subjects", "tailspin", "--factor", "service-numbers"});
  std::size_t holders = 0;
  for (const auto& one : held.at("subjects").as_array()) holders += one.at("factor").is_string() ? 1 : 0;
  EXPECT_EQ(holders, 2u);
}

TEST(operator_flow, switching_a_factor_off_lets_its_users_fall_to_the_next) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  ASSERT_EQ(host.cli({"factor", "off", "contoso", "lifecycle-management"}).status, 0);
  EXPECT_EQ(text_of(host, "contoso", "lifecycle-management"), "20 (80)") << "pending changes nothing";
  EXPECT_THAT(host.cli({"show", "contoso"}).out, HasSubstr("licaudit apply contoso"));

  const auto plan = host.ask({"apply", "contoso", "--dry-run"});
  ASSERT_TRUE(plan.is_object());
  const std::string id(plan.at("plan").as_string());
  EXPECT_EQ(text_of(host, "contoso", "lifecycle-management"), "20 (80)") << "a dry run changes nothing";
  const auto applied = host.cli({"apply", "--plan", id});
  EXPECT_EQ(applied.status, 0) << applied.err;
  EXPECT_EQ(text_of(host, "contoso", "lifecycle-management"), "0 (80) (n/a)");
  EXPECT_EQ(text_of(host, "contoso", "user-interface"), "17 (42)");
  EXPECT_EQ(text_of(host, "contoso", "licensed"), "170");
  EXPECT_EQ(host.cli({"apply", "--plan", id}).status, 5) << "the plan is out of date now";

  const auto history = host.ask({"history", "contoso"});
  const auto& entries = history.at("calculations").as_array();
  ASSERT_GE(entries.size(), 2u);
  const auto& last = entries.back().as_object();
  EXPECT_EQ(last.at("cause").at("kind").as_string(), "apply");
  EXPECT_EQ(last.at("licences").as_array().at(0).at("licensed").to_number<std::int64_t>(), 170);
  EXPECT_THAT(host.cli({"history", "contoso"}).out, HasSubstr("lifecycle-management off"));
  EXPECT_EQ(host.stop(), 0);
}

TEST(operator_flow, a_licence_factor_of_ones_own_is_a_file) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  host.write("../factors.d/recording.yaml",
             "licences:\n  - id: recording\n    title: Call recording\n    factors:\n"
             "      - id: recorded\n        title: Recorded users\n        subject: user\n        priority: 1\n"
             "        services: [direct-routing-pro]\n        match: [ { lifecycle_template: '.' } ]\n");
  EXPECT_EQ(host.cli({"reload"}).status, 0);
  EXPECT_EQ(host.ask({"show", "contoso"}).at("licences").as_array().size(), 1u) << "pending until Apply";
  const auto plan = host.ask({"apply", "--all", "--rules", "--dry-run"});
  ASSERT_TRUE(plan.is_object());
  EXPECT_EQ(host.cli({"apply", "--plan", std::string(plan.at("plan").as_string())}).status, 0);
  const auto page = host.ask({"show", "contoso"});
  ASSERT_EQ(page.at("licences").as_array().size(), 2u);
  EXPECT_EQ(page.at("licences").as_array().at(0).at("factors").as_array().at(0).at("text").as_string(), "80 (200)");
  EXPECT_EQ(host.stop(), 0);
}

}  // namespace licaudit::test

#include "daemon/api/open_metrics.hpp"

#include "daemon/api/metrics_page.hpp"
#include "sample_house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

namespace licaudit::api {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(open_metrics_test, writes_families_samples_and_the_end) {
  open_metrics out;
  out.gauge("licence_used", "Licences in use.");
  out.sample({{"tenant", "contoso"}, {"licence", "ump"}}, 200);
  out.gauge("up", "Always 1.");
  out.sample({}, 1);
  EXPECT_EQ(out.take(),
            "# HELP licaudit_licence_used Licences in use.\n# TYPE licaudit_licence_used gauge\n"
            "licaudit_licence_used{tenant=\"contoso\",licence=\"ump\"} 200\n"
            "# HELP licaudit_up Always 1.\n# TYPE licaudit_up gauge\nlicaudit_up 1\n# EOF\n");
}

TEST(open_metrics_test, escapes_labels_and_writes_seconds) {
  open_metrics out;
  out.gauge("x_seconds", "X.");
  out.sample_seconds({{"source", "a\"b\\c\nd"}}, 1'793'500'000'007);
  out.sample_seconds({}, -1'500);
  const std::string text = out.take();
  EXPECT_THAT(text, HasSubstr(R"(licaudit_x_seconds{source="a\"b\\c\nd"} 1793500000.007)"));
  EXPECT_THAT(text, HasSubstr("licaudit_x_seconds -1.500"));
}

std::string sample_page() {
  sample_house rooms;
  sync::source_state state;
  state.source = "teams";
  state.condition = sync::source_condition::stale;
  state.failed_since_good = 17;
  state.last_good = sample_now - std::chrono::hours(3);
  source_run run;
  run.started = sample_now - std::chrono::seconds(9);
  run.ended = sample_now - std::chrono::seconds(7);
  run.users = 200;
  run.tenants = 1;
  state.last_run = run;
  rooms.sources.push_back(state);
  finding over;
  over.level = severity::warn;
  over.tenant = "contoso";
  over.subject = "ann@contoso.example";
  rooms.seen->findings.push_back(over);
  return metrics_page(*rooms.seen, rooms.known_facts, rooms.sources, sample_now);
}

TEST(open_metrics_test, tells_the_numbers_of_tenants_sources_and_the_daemon) {
  const std::string page = sample_page();
  EXPECT_THAT(page, HasSubstr("licaudit_build_info{version=\"0.1.0\"} 1\n"));
  EXPECT_THAT(page, HasSubstr("licaudit_licence_used{tenant=\"contoso\",licence=\"ump\"} 200\n"));
  EXPECT_THAT(page, HasSubstr("licaudit_licence_limit{tenant=\"contoso\",licence=\"ump\"} 500\n"));
  EXPECT_THAT(
      page,
      HasSubstr("licaudit_factor_configured{tenant=\"contoso\",licence=\"ump\",factor=\"direct-routing\"} 212\n"));
  EXPECT_THAT(page, HasSubstr("licaudit_source_ok{source=\"teams\"} 0\n"));
  EXPECT_THAT(page, HasSubstr("licaudit_source_sync_duration_seconds{source=\"teams\"} 2.000\n"));
  EXPECT_THAT(page, HasSubstr("licaudit_source_records{source=\"teams\"} 201\n"));
  EXPECT_THAT(page, HasSubstr("licaudit_source_failed_since_good{source=\"teams\"} 17\n"));
  EXPECT_THAT(page, HasSubstr("licaudit_findings{severity=\"warn\"} 1\n"));
  EXPECT_THAT(page, HasSubstr("licaudit_config_last_reload_successful 1\n"));
}

TEST(open_metrics_test, names_no_person) {
  EXPECT_THAT(sample_page(), Not(HasSubstr("ann@")));
}

/// The rules that promtool and the OpenMetrics grammar check, over every line.
TEST(open_metrics_test, is_well_formed) {
  const std::string page = sample_page();
  static const std::regex help("# HELP (licaudit_[a-z_]+) [A-Z1].*\\."), type("# TYPE (licaudit_[a-z_]+) gauge");
  static const std::regex sample(
      "(licaudit_[a-z_]+)(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\\})? -?[0-9]+(\\.[0-9]{3})?");
  std::set<std::string> families, samples;
  std::string line, family, last;
  std::istringstream lines(page);
  while (std::getline(lines, line)) {
    std::smatch match;
    last = line;
    if (line == "# EOF") continue;
    if (std::regex_match(line, match, help)) {
      family = match[1];
      EXPECT_TRUE(families.insert(family).second) << "a family must stand together: " << family;
      EXPECT_FALSE(family.size() > 6 && family.substr(family.size() - 6) == "_total") << "counters only: " << family;
    } else if (std::regex_match(line, match, type)) {
      EXPECT_EQ(match[1], family);
    } else {
      ASSERT_TRUE(std::regex_match(line, match, sample)) << line;
      EXPECT_EQ(match[1], family);
      EXPECT_TRUE(samples.insert(line.substr(0, line.rfind(' '))).second) << "twice: " << line;
    }
  }
  EXPECT_EQ(last, "# EOF");
  EXPECT_EQ(page.back(), '\n');
  EXPECT_GT(families.size(), 20U);
}

}  // namespace
}  // namespace licaudit::api

#include "cli/rendering/bill_page.hpp"
#include "cli/rendering/confirmations.hpp"
#include "cli/rendering/display_width.hpp"
#include "cli/rendering/finding_lines.hpp"
#include "cli/rendering/history_page.hpp"
#include "cli/rendering/licence_page.hpp"
#include "cli/rendering/plan_page.hpp"
#include "cli/rendering/status_page.hpp"
#include "tests/cli/golden.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace licaudit::cli::rendering {

using testing::HasSubstr;
using testing::Not;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

void expect_fits(const std::string& text, std::size_t width) {
  for (const auto& line : lines_of(text)) EXPECT_LE(display_width(line), width) << "at width " << width << ": " << line;
}

json::object& first_factor(json::object& page, std::size_t index) {
  return page["licences"].as_array()[0].as_object()["factors"].as_array()[index].as_object();
}

}  // namespace

TEST(page, shows_a_degraded_tenant_as_the_manual_does) {
  EXPECT_EQ(licence_page(golden_json("page_degraded.json"), plain_view()), golden_text("page_degraded.txt"));
}

TEST(page, explains_every_line_of_a_bill) {
  EXPECT_EQ(bill_page(golden_json("bill.json"), plain_view()), golden_text("bill.txt"));
  expect_fits(bill_page(golden_json("bill.json"), narrow_view(40)), 40);
}

TEST(page, says_utc_where_asked) {
  auto as = plain_view();
  as.utc = true;
  auto page = golden_json("page_degraded.json");
  page["time_zone"] = "America/New_York";
  EXPECT_THAT(licence_page(page, plain_view()), HasSubstr("Sat 21 Nov 2026 22:00 EST (7 min ago)"));
  const auto in_utc = licence_page(page, as);
  EXPECT_THAT(in_utc, HasSubstr("Sun 22 Nov 2026 03:00 UTC (7 min ago)"));
  EXPECT_THAT(in_utc, HasSubstr("times: UTC"));
}

TEST(page, names_pending_switches_and_the_command_that_applies_them) {
  auto page = golden_json("page_degraded.json");
  first_factor(page, 1)["pending"] = false;
  first_factor(page, 2)["pending"] = true;
  page["pending_rules"] = true;
  const auto text = licence_page(page, plain_view());
  EXPECT_THAT(text,
              HasSubstr("pending switches: lifecycle-management off, user-interface on (licaudit apply contoso)"));
  EXPECT_THAT(text, HasSubstr("pending rules (licaudit apply --all --rules)"));
}

TEST(page, names_the_licence_of_a_pending_switch_where_there_are_several) {
  auto page = golden_json("page_degraded.json");
  first_factor(page, 1)["pending"] = false;
  page["licences"].as_array().push_back(
      json::object{{"licence", "recording"}, {"title", "Recording"}, {"licensed", 0}});
  EXPECT_THAT(licence_page(page, plain_view()), HasSubstr("pending switches: ump/lifecycle-management off"));
}

TEST(page, is_readable_before_the_first_calculation) {
  const auto page =
      parse_json(R"({"tenant":"new","name":"New","service":"cx","parent":null,"calculated_at":null,"state":"never",
    "monitored":0,"findings":[],"licences":[{"licence":"ump","title":"UMP","acquired":null,"licensed":0,"available":null,
    "factors":[{"factor":"agents","title":"Agents","priority":1,"on":true,"calculated":0,"configured":null,"changed":null,"cause":null}]}]})");
  const auto text = licence_page(page.value().as_object(), plain_view());
  EXPECT_THAT(text, HasSubstr("License Calculation Time  never      NEVER\n"));
  EXPECT_THAT(text, HasSubstr("acquired -   licensed 0   available -   monitored 0"));
  EXPECT_THAT(text, HasSubstr("   1 Agents                               0 (n/a)\n"));
}

TEST(page, of_nothing_still_says_what_it_is) {
  const auto text = licence_page({{"tenant", "root"}, {"name", "Root"}, {"state", "ok"}}, plain_view());
  EXPECT_THAT(text, HasSubstr("no licence counts for this tenant\n"));
}

TEST(page, of_any_kind_never_exceeds_the_terminal) {
  for (const std::size_t width : {40U, 60U, 80U, 100U}) {
    expect_fits(licence_page(golden_json("page_degraded.json"), narrow_view(width)), width);
    expect_fits(history_page(golden_json("history_change.json"), narrow_view(width)), width);
    expect_fits(status_page(golden_json("status.json"), narrow_view(width)), width);
    expect_fits(findings_page(golden_json("findings.json"), narrow_view(width)), width);
    expect_fits(plan_page(golden_json("plan.json"), narrow_view(width)), width);
    expect_fits(rules_page(golden_json("rules.json"), narrow_view(width)), width);
  }
}

TEST(page, breaks_its_lines_between_what_belongs_together) {
  EXPECT_EQ(licence_page(golden_json("page_degraded.json"), narrow_view(60)), golden_text("page_narrow.txt"));
}

TEST(page, keeps_escape_sequences_of_names_away_from_the_terminal) {
  auto page = golden_json("page_degraded.json");
  page["name"] = "Evil\x1b[2J\xc2\x9b\x31m\r\nLtd";
  first_factor(page, 0)["cause"] = "\x1b]0;title\x07";
  const auto text = licence_page(page, plain_view());
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\xc2\x9b")));
  EXPECT_THAT(text, Not(HasSubstr("\r")));
  EXPECT_EQ(lines_of(text).size(), lines_of(golden_text("page_degraded.txt")).size());
}

TEST(page, colours_only_where_asked_and_changes_nothing_else) {
  auto as = plain_view();
  as.colours = true;
  auto text = licence_page(golden_json("page_degraded.json"), as);
  EXPECT_THAT(text, HasSubstr("\x1b[31mavailable -12\x1b[0m"));
  for (auto at = text.find('\x1b'); at != text.npos; at = text.find('\x1b'))
    text.erase(at, text.find('m', at) + 1 - at);
  EXPECT_EQ(text, golden_text("page_degraded.txt"));
}

TEST(history, shows_changes_as_the_manual_does) {
  EXPECT_EQ(history_page(golden_json("history_change.json"), plain_view()), golden_text("history_change.txt"));
}

TEST(history, names_months_and_their_peaks) {
  EXPECT_EQ(history_page(golden_json("history_month.json"), plain_view()), golden_text("history_month.txt"));
}

TEST(history, shows_seconds_where_two_rows_share_a_minute) {
  auto history = golden_json("history_change.json");
  auto& calculations = history["calculations"].as_array();
  calculations[0].as_object()["at"] = "2026-10-12T08:31:20.000Z";
  calculations[1].as_object()["at"] = "2026-10-12T08:31:25.500Z";
  const auto text = history_page(history, plain_view());
  EXPECT_THAT(text, HasSubstr("Mon 12 Oct 09:31:20"));
  EXPECT_THAT(text, HasSubstr("Mon 12 Oct 09:31:25"));
}

TEST(history, names_the_offset_where_the_clock_was_set_back_between_rows) {
  auto history = golden_json("history_change.json");
  auto& calculations = history["calculations"].as_array();
  calculations[0].as_object()["at"] = "2026-10-25T00:30:00.000Z";
  calculations[1].as_object()["at"] = "2026-10-25T01:30:00.000Z";
  const auto text = history_page(history, plain_view());
  EXPECT_THAT(text, HasSubstr("Sun 25 Oct 01:30 BST"));
  EXPECT_THAT(text, HasSubstr("Sun 25 Oct 01:30 GMT"));
}

TEST(history, has_one_table_per_licence_without_rows_of_the_other) {
  const auto history = parse_json(
      R"({"tenant":"t","by":"change","since":"2026-11-01T00:00:00Z","until":"2026-11-02T00:00:00Z","calculations":[
   {"at":"2026-11-01T01:00:00Z","state":"ok","licences":[{"licence":"a","licensed":1,"acquired":1,"available":0,"factors":[]},{"licence":"b","licensed":5,"acquired":null,"available":null,"factors":[]}]},
   {"at":"2026-11-01T02:00:00Z","state":"ok","licences":[{"licence":"a","licensed":2,"acquired":1,"available":-1,"factors":[]},{"licence":"b","licensed":5,"acquired":null,"available":null,"factors":[]}]}]})");
  const auto text = history_page(history.value().as_object(), plain_view());
  EXPECT_EQ(text, golden_text("history_two_licences.txt"));
}

TEST(history, of_no_calculation_says_so) {
  auto history = golden_json("history_change.json");
  history["calculations"].as_array().clear();
  history["before"] = nullptr;
  EXPECT_THAT(history_page(history, plain_view()), HasSubstr("contoso  no calculation  Thu 1 Oct 2026 00:00 BST"));
}

TEST(plan, says_what_would_move_and_how_to_do_it) {
  EXPECT_EQ(plan_page(golden_json("plan.json"), plain_view()), golden_text("plan.txt"));
}

TEST(plan, that_was_applied_names_calculation_and_operation) {
  auto applied = golden_json("plan.json");
  applied.erase("plan");
  applied["calculation"] = json::object{{"sequence", 4713}, {"at", "2026-11-22T03:08:00.000Z"}};
  applied["operation"] = 91;
  applied["time_zone"] = "Europe/London";
  const auto text = plan_page(applied, plain_view());
  EXPECT_THAT(text, HasSubstr("now effective: lifecycle-management off for contoso (ump)\n"));
  EXPECT_THAT(text, HasSubstr("applied: calculation 4713 of Sun 22 Nov 2026 03:08 GMT, operation 91\n"));
  EXPECT_THAT(text, Not(HasSubstr("--plan")));
}

TEST(plan, adds_up_the_factors_where_the_daemon_gives_no_totals) {
  auto plan = golden_json("plan.json");
  plan["tenants"].as_array()[0].as_object()["licences"].as_array()[0].as_object().erase("licensed");
  EXPECT_THAT(plan_page(plan, plain_view()), HasSubstr("  ump   licensed -4\n"));
}

TEST(plan, without_changes_says_so) {
  EXPECT_EQ(plan_page({{"plan", "p1"}, {"tenants", json::array()}}, plain_view()),
            "plan p1: nothing is changed yet\nno count would change\nto do this: licaudit apply --plan p1\n");
}

TEST(status, shows_daemon_and_sources) {
  EXPECT_EQ(status_page(golden_json("status.json"), plain_view()), golden_text("status.txt"));
}

TEST(status, of_rules_lists_factors_and_their_criteria) {
  EXPECT_EQ(rules_page(golden_json("rules.json"), plain_view()), golden_text("rules.txt"));
}

TEST(findings, stand_in_lines_with_what_to_do) {
  EXPECT_EQ(findings_page(golden_json("findings.json"), plain_view()), golden_text("findings.txt"));
  EXPECT_EQ(findings_page({}, plain_view()), "no findings\n");
}

TEST(findings, wrap_below_their_own_text) {
  EXPECT_EQ(finding_lines(golden_json("page_degraded.json")["findings"].as_array(), wall_clock({}, instant{}),
                          narrow_view(50)),
            golden_text("findings_narrow.txt"));
}

TEST(confirmation, of_a_switch_repeats_the_daemon_or_makes_its_own_sentence) {
  EXPECT_EQ(switch_text({{"text", "off; pending until: licaudit apply contoso"}}, plain_view()),
            "off; pending until: licaudit apply contoso\n");
  EXPECT_EQ(switch_text({{"tenant", "contoso"}, {"licence", "ump"}, {"factor", "ui"}, {"on", true}, {"pending", false}},
                        plain_view()),
            "ump/ui will be off for contoso; pending until: licaudit apply contoso\n");
  EXPECT_EQ(
      switch_text({{"tenant", "contoso"}, {"licence", "ump"}, {"factor", "ui"}, {"on", true}, {"pending", nullptr}},
                  plain_view()),
      "ump/ui is on for contoso\n");
}

TEST(confirmation, of_a_verification_lists_every_problem) {
  const json::object answer = {{"clean", false}, {"entries", 5},  {"calculations", 2},
                               {"tallies", 9},   {"head", "abc"}, {"problems", json::array{"entry 4: hash differs"}}};
  EXPECT_EQ(verification_text(answer, plain_view()),
            "NOT CLEAN: 5 entries, 2 calculations, 9 tallies   head abc\n ! entry 4: hash differs\n");
}

TEST(confirmation, of_a_reload_points_at_pending_rules) {
  EXPECT_THAT(
      reload_text({{"reloaded", true}, {"operation", 7}, {"rules", json::object{{"pending", "abc"}}}}, plain_view()),
      HasSubstr("licaudit apply --all --rules --dry-run"));
  EXPECT_EQ(
      reload_text({{"reloaded", true}, {"operation", 7}, {"rules", json::object{{"pending", nullptr}}}}, plain_view()),
      "reloaded, operation 7\n");
}

TEST(confirmation, of_progress_says_how_far_it_is) {
  EXPECT_EQ(progress_text({{"source", "teams"}, {"done", 1200}, {"total", 5000}}), "teams: 1200 of 5000");
  EXPECT_EQ(progress_text({{"source", "teams"}, {"state", "running"}}), "teams: running");
  EXPECT_EQ(progress_text({}), "working");
}

}  // namespace licaudit::cli::rendering

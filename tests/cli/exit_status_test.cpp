#include "cli/exit_status.hpp"
#include "tests/cli/golden.hpp"

#include <gtest/gtest.h>

namespace licaudit::cli {

namespace {

exit_status judge(exit_status (*how)(const json::object&), const char* document) {
  return how(parse_json(document).value().as_object());
}

}  // namespace

TEST(exit_status, has_the_documented_numbers) {
  EXPECT_EQ(static_cast<int>(exit_status::done), 0);
  EXPECT_EQ(static_cast<int>(exit_status::attention), 1);
  EXPECT_EQ(static_cast<int>(exit_status::usage), 2);
  EXPECT_EQ(static_cast<int>(exit_status::no_daemon), 3);
  EXPECT_EQ(static_cast<int>(exit_status::not_permitted), 4);
  EXPECT_EQ(static_cast<int>(exit_status::refused), 5);
  EXPECT_EQ(static_cast<int>(exit_status::unsound), 6);
  EXPECT_EQ(static_cast<int>(exit_status::timed_out), 7);
  EXPECT_EQ(static_cast<int>(exit_status::bad_configuration), 8);
  EXPECT_EQ(static_cast<int>(exit_status::internal), 70);
}

TEST(exit_status, follows_http) {
  EXPECT_EQ(status_for_http(401), exit_status::not_permitted);
  EXPECT_EQ(status_for_http(403), exit_status::not_permitted);
  for (const unsigned refused : {400U, 404U, 405U, 409U, 413U, 422U, 503U}) {
    EXPECT_EQ(status_for_http(refused), exit_status::refused) << refused;
  }
  EXPECT_EQ(status_for_http(408), exit_status::timed_out);
  EXPECT_EQ(status_for_http(500), exit_status::internal);
}

TEST(exit_status, of_unsound_data_wins_over_over_use) {
  EXPECT_EQ(graver(exit_status::attention, exit_status::unsound), exit_status::unsound);
  EXPECT_EQ(judge_licence_page(golden_json("page_degraded.json")), exit_status::unsound);
}

TEST(exit_status, of_a_page_tells_over_use) {
  EXPECT_EQ(judge(judge_licence_page, R"({"state":"ok","licences":[{"available":0},{"available":null}]})"),
            exit_status::done);
  EXPECT_EQ(judge(judge_licence_page, R"({"state":"ok","licences":[{"available":3},{"available":-1}]})"),
            exit_status::attention);
  EXPECT_EQ(judge(judge_licence_page, R"({"state":"ok","findings":[{"severity":"page"}]})"), exit_status::attention);
  EXPECT_EQ(judge(judge_licence_page, R"({"state":"ok","findings":[{"severity":"warn"}]})"), exit_status::done);
  EXPECT_EQ(judge(judge_licence_page, R"({"state":"held","licences":[]})"), exit_status::unsound);
  EXPECT_EQ(judge(judge_licence_page, R"({"state":"disabled","licences":[]})"), exit_status::done);
}

TEST(exit_status, of_status_tells_sources_and_findings) {
  EXPECT_EQ(
      judge(judge_status, R"({"state":"ok","sources":[{"state":"ok"},{"state":"running"}],"findings":{"page":0}})"),
      exit_status::done);
  EXPECT_EQ(judge(judge_status, R"({"state":"ok","sources":[],"findings":{"page":2}})"), exit_status::attention);
  EXPECT_EQ(judge(judge_status, R"({"state":"ok","sources":[{"state":"stale"}],"findings":{"page":2}})"),
            exit_status::unsound);
  EXPECT_EQ(judge(judge_status, R"({"state":"degraded"})"), exit_status::unsound);
}

TEST(exit_status, of_a_page_forgives_an_over_use_that_is_acknowledged) {
  const std::string licences = R"({"state":"ok","licences":[{"licence":"ump","available":-2},{"licence":"storage",)";
  const std::string other = R"({"licences":[{"licence":"storage","available":-1},{"licence":"ump",)";
  const std::string findings = R"("available":3}],"findings":[{"finding":"over-use","licence":"ump","severity":"page",)"
                               R"("acknowledged":{"until":"2026-12-01T00:00:00Z","by":"north","reason":"ordered"}}]})";
  EXPECT_EQ(judge(judge_licence_page, (licences + findings).c_str()), exit_status::done);
  EXPECT_EQ(judge(judge_licence_page, (other + findings).c_str()), exit_status::attention) << "of another licence";
}

TEST(exit_status, of_findings_verification_and_refresh) {
  EXPECT_EQ(judge(judge_findings, R"({"findings":[]})"), exit_status::done);
  EXPECT_EQ(judge(judge_findings, R"({"findings":[{"finding":"blank-gateway","severity":"info"}]})"),
            exit_status::done);
  EXPECT_EQ(judge(judge_findings, R"({"findings":[{"finding":"over-use","severity":"warn"}]})"),
            exit_status::attention);
  EXPECT_EQ(judge(judge_findings,
                  R"({"findings":[{"finding":"over-use","severity":"page"},{"finding":"stale","severity":"warn"}]})"),
            exit_status::unsound);
  EXPECT_EQ(
      judge(judge_findings,
            R"({"findings":[{"finding":"stale","severity":"page","acknowledged":{"until":"2026-12-01T00:00:00Z"}}]})"),
      exit_status::done);
  EXPECT_EQ(judge(judge_verification, R"({"clean":true})"), exit_status::done);
  EXPECT_EQ(judge(judge_verification, R"({"clean":false})"), exit_status::attention);
  EXPECT_EQ(judge(judge_refresh, R"({"sources":[{"state":"ok"}]})"), exit_status::done);
  EXPECT_EQ(judge(judge_refresh, R"({"sources":[{"state":"ok"},{"state":"failed"}]})"), exit_status::unsound);
}

}  // namespace licaudit::cli

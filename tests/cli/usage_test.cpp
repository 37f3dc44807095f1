#include "cli/rendering/licence_page.hpp"
#include "cli/rendering/usage_page.hpp"

#include "cli/exit_status.hpp"
#include "tests/cli/program_talk.hpp"

#include <gmock/gmock.h>

namespace licaudit::cli {

using namespace rendering;

namespace {

json::object object_of(const std::string& text) {
  return parse_json(text).value().as_object();
}

constexpr const char* no_more =
    R"({"allowed":false,"available":0,"reason":"the limit: 7000 of 7000 minute are used this month",)"
    R"("until":"2026-12-01T00:00:00.000Z","state":"ok","calculated_at":"2026-11-22T03:00:00.000Z"})";
constexpr const char* some_more = R"({"allowed":true,"available":12,"reason":null,"until":null,"state":"ok",)"
                                  R"("calculated_at":"2026-11-22T03:00:00.000Z"})";

}  // namespace

TEST(usage, shows_a_line_a_licence_and_what_its_meters_read) {
  EXPECT_EQ(usage_page(golden_json("usage.json"), plain_view()), golden_text("usage.txt"));
  EXPECT_EQ(usage_page(object_of(R"({"tenant":"root","name":"Root","state":"ok"})"), plain_view()),
            "root  Root   never calculated   ok\nno licence counts for this tenant\n");
}

TEST(usage, and_the_licence_page_say_what_replaces_a_deprecated_licence) {
  const auto page = [](const std::string& successors) {
    return licence_page(object_of(R"({"tenant":"contoso","state":"ok","licences":[{"licence":"storage","title":"S",)"
                                  R"("successors":)" +
                                  successors + R"(,"licensed":1,"factors":[]}]})"),
                        plain_view());
  };
  EXPECT_THAT(page(R"(["storage-2","archive"])"),
              testing::HasSubstr("storage  S   deprecated: storage-2, archive   acquired -"));
  EXPECT_THAT(page("[]"), testing::HasSubstr("storage  S   deprecated   acquired -"));
}

TEST(usage, exits_1_on_what_is_exhausted_or_over_and_6_on_what_is_unsound) {
  const auto judged = [](const std::string& state, const std::string& use) {
    return judge_usage(object_of(R"({"state":")" + state + R"(","licences":[{"use":"ok"},{"use":")" + use + R"("}]})"));
  };
  EXPECT_EQ(judged("ok", "ok"), exit_status::done);
  EXPECT_EQ(judged("ok", "near"), exit_status::done);
  EXPECT_EQ(judged("ok", "exhausted"), exit_status::attention);
  EXPECT_EQ(judged("ok", "over-use"), exit_status::attention);
  EXPECT_EQ(judged("degraded", "exhausted"), exit_status::unsound);
}

TEST(usage, asks_its_route) {
  fake_daemon daemon(always(json_answer(R"({"tenant":"contoso","state":"ok","licences":[{"use":"exhausted"}]})")));
  EXPECT_EQ(run(daemon, {"usage", "contoso"}).exit, 1);
  EXPECT_EQ(asked(daemon), "GET /v1/tenants/contoso/usage");
}

TEST(check, says_yes_and_how_much_is_left) {
  fake_daemon daemon(always(json_answer(some_more)));
  const auto result = run(daemon, {"check", "contoso", "agents"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_EQ(result.out, "yes, 12 left (ok, as of Sun 22 Nov 2026 03:00 UTC)\n");
  EXPECT_EQ(asked(daemon), "GET /v1/tenants/contoso/check?licence=agents");
}

TEST(check, says_no_why_and_when_again) {
  fake_daemon daemon(always(json_answer(no_more)));
  const auto result = run(daemon, {"check", "contoso", "speech-to-text", "30"});
  EXPECT_EQ(result.exit, 1);
  EXPECT_EQ(result.out,
            "no: the limit: 7000 of 7000 minute are used this month; again from Tue 1 Dec 2026 00:00 UTC "
            "(ok, as of Sun 22 Nov 2026 03:00 UTC)\n");
  EXPECT_EQ(asked(daemon), "GET /v1/tenants/contoso/check?licence=speech-to-text&quantity=30");
}

TEST(check, exits_6_on_a_yes_that_rests_on_something_unsound_and_1_on_any_no) {
  EXPECT_EQ(judge_check(object_of(R"({"allowed":true,"state":"ok"})")), exit_status::done);
  EXPECT_EQ(judge_check(object_of(R"({"allowed":true,"state":"degraded"})")), exit_status::unsound);
  EXPECT_EQ(judge_check(object_of(R"({"allowed":false,"state":"degraded"})")), exit_status::attention);
  EXPECT_EQ(judge_check({}), exit_status::attention) << "an answer that says nothing is no yes";
}

TEST(check, leaves_the_number_to_the_daemon) {
  fake_daemon daemon(always(json_answer(some_more)));
  for (const char* odd : {"-1", "1.5", "9223372036854775808"}) {
    const auto result = run(daemon, {"check", "contoso", "agents", "--", odd});
    EXPECT_EQ(result.exit, 0) << result.err;
  }
  EXPECT_EQ(asked(daemon, 2), "GET /v1/tenants/contoso/check?licence=agents&quantity=9223372036854775808");
}

}  // namespace licaudit::cli

// Commands that change something: what they send, and what they say of it.
#include "tests/cli/program_talk.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace licaudit::cli {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(changes, sets_attributes_that_the_manual_names_by_options_of_their_own) {
  fake_daemon daemon(always(json_answer(R"({"tenant":"t","operation":1})")));
  EXPECT_EQ(run(daemon, {"tenant", "set", "t", "--contract-number", "4711", "--country", "GB", "--onboarding-date",
                         "2026-11-21", "--attribute", "colour=red", "--attribute", "mail=", "--setting", "retention="})
                .exit,
            0);
  EXPECT_EQ(body_sent(daemon), R"({"settings":{"retention":null},"attributes":{"colour":"red","mail":null,)"
                               R"("contract_number":"4711","country":"GB","onboarding_date":"2026-11-21"}})");
  EXPECT_EQ(run(daemon, {"tenant", "add", "t", "--support-team", "north", "--attribute", "empty="}).exit, 0);
  EXPECT_EQ(body_sent(daemon, 1), R"({"id":"t","attributes":{"empty":"","support_team":"north"}})");
}

TEST(changes, switches_a_factor_by_its_id_alone) {
  fake_daemon daemon([](const std::string& request) {
    if (request.starts_with("GET")) return json_answer(golden_text("page_degraded.json"));
    return json_answer(
        R"({"tenant":"contoso","licence":"ump","factor":"lifecycle-management","on":true,"own":null,"pending":false})");
  });
  const auto result = run(daemon, {"factor", "off", "contoso", "lifecycle-management"});
  EXPECT_EQ(result.exit, 0) << result.err;
  EXPECT_EQ(asked(daemon, 1), "PUT /v1/tenants/contoso/factors/ump/lifecycle-management");
  EXPECT_EQ(body_sent(daemon, 1), R"({"on":false})");
  EXPECT_EQ(result.out, "ump/lifecycle-management will be off for contoso; pending until: licaudit apply contoso\n");
}

TEST(changes, switches_a_factor_by_its_full_name_without_asking) {
  fake_daemon daemon(always(json_answer(R"({"text":"done"})")));
  EXPECT_EQ(run(daemon, {"factor", "default", "contoso", "ump/user-interface"}).out, "done\n");
  EXPECT_EQ(asked(daemon), "DELETE /v1/tenants/contoso/factors/ump/user-interface");
}

TEST(changes, refuses_a_factor_id_that_two_licences_have_or_none) {
  fake_daemon daemon([](const std::string& request) {
    if (request.starts_with("GET /v1/rules")) return problem(403, "not yours");
    return json_answer(
        R"({"licences":[{"licence":"a","factors":[{"factor":"x"}]},{"licence":"b","factors":[{"factor":"x"}]}]})");
  });
  const auto two = run(daemon, {"factor", "on", "t", "x"});
  EXPECT_EQ(two.exit, 5);
  EXPECT_THAT(two.err, HasSubstr("say a/x or b/x"));
  const auto none = run(daemon, {"factor", "on", "t", "y"});
  EXPECT_EQ(none.exit, 5);
  expect_one_line(none);
}

TEST(changes, finds_a_factor_in_the_rules_where_the_tenant_does_not_show_it) {
  fake_daemon daemon([](const std::string& request) {
    if (request.starts_with("GET /v1/rules")) return json_answer(golden_text("rules.json"));
    return json_answer(R"({"licences":[],"text":"ok"})");
  });
  EXPECT_EQ(run(daemon, {"factor", "off", "root", "service-numbers"}).exit, 0);
  EXPECT_EQ(asked(daemon, 2), "PUT /v1/tenants/root/factors/ump/service-numbers");
}

TEST(changes, plans_and_applies) {
  fake_daemon daemon(golden("plan.json"));
  const auto dry = run(daemon, {"apply", "contoso", "northwind", "--rules", "--dry-run"});
  EXPECT_EQ(dry.exit, 0) << dry.err;
  EXPECT_EQ(dry.out, golden_text("plan.txt"));
  EXPECT_EQ(asked(daemon), "POST /v1/apply");
  EXPECT_EQ(body_sent(daemon), R"({"tenants":["contoso","northwind"],"rules":true,"dry_run":true})");
  EXPECT_EQ(run(daemon, {"apply", "--plan", "3f9c2a"}).exit, 0);
  EXPECT_EQ(body_sent(daemon, 1), R"({"plan":"3f9c2a"})");
  EXPECT_EQ(run(daemon, {"apply", "--all"}).exit, 0);
  EXPECT_EQ(body_sent(daemon, 2), R"({"all":true})");
}

TEST(changes, puts_and_removes_subjects) {
  fake_daemon daemon(always(json_answer(
      R"({"tenant":"contoso","operation":12,"calculation":{"sequence":3,"at":"2026-11-22T03:00:00.000Z"}})")));
  const auto put = run(daemon, {"user", "put", "contoso", "ann@contoso.example", "pstn_gateway=a", "pstn_gateway=b",
                                "line_uri=tel:+44", "--quantity", "2"});
  EXPECT_EQ(put.exit, 0) << put.err;
  EXPECT_EQ(put.out,
            "put user ann@contoso.example of contoso, calculation 3 of Sun 22 Nov 2026 03:00 UTC, operation 12\n");
  EXPECT_EQ(asked(daemon), "PUT /v1/tenants/contoso/users/ann%40contoso.example");
  EXPECT_EQ(body_sent(daemon), R"({"fields":{"pstn_gateway":["a","b"],"line_uri":"tel:+44"},"quantity":2})");
  EXPECT_EQ(run(daemon, {"number", "remove", "contoso", "CustDialPlan/+442079460100"}).exit, 0);
  EXPECT_EQ(asked(daemon, 1), "DELETE /v1/tenants/contoso/numbers/CustDialPlan%2F%2B442079460100");
}

TEST(changes, changes_tenants) {
  fake_daemon daemon(always(json_answer(R"({"tenant":"t","operation":1})")));
  EXPECT_EQ(run(daemon, {"tenant", "add", "t", "--name", "T Ltd", "--site", "London=gw1", "--acquired", "ump=5"}).exit,
            0);
  EXPECT_EQ(asked(daemon), "POST /v1/tenants");
  EXPECT_EQ(run(daemon, {"tenant", "disable", "t"}).out, "disabled tenant t, operation 1\n");
  EXPECT_EQ(asked(daemon, 1), "PATCH /v1/tenants/t");
  EXPECT_EQ(body_sent(daemon, 1), R"({"enabled":false})");
}

TEST(changes, moves_tenants_now_later_and_for_show) {
  fake_daemon daemon(always(json_answer(
      R"({"tenant":"t","from":"north","to":"south","effective":"2026-12-01T00:00:00.000Z","state":"planned","sums":[
          {"tenant":"north","licences":[{"licence":"ump","acquired":[10,null],"licensed":[4,0],
            "factors":[{"factor":"direct-routing","from":[3,3],"to":[0,0]}]}]},{"tenant":"south","licences":[]}],
          "pools":[{"tenant":"south","licence":"agents","size":[100,100],"handed_out":[40,60]}],
          "switches":[{"tenant":"t","licence":"ump","factor":"user-interface","from":true,"to":false}],
          "time_zones":[{"tenant":"t","from":"UTC","to":"Asia/Tokyo"}],"disabled":[],"operation":17})")));
  const auto planned = run(daemon, {"tenant", "move", "t", "--to", "south", "--effective", "2026-12-01"});
  EXPECT_EQ(planned.exit, 0) << planned.err;
  EXPECT_EQ(asked(daemon), "POST /v1/tenants/t/move");
  EXPECT_EQ(body_sent(daemon), R"({"to":"south","effective":"2026-12-01"})");
  EXPECT_EQ(planned.out, R"(to be moved: tenant t from north to south at Tue 1 Dec 2026 00:00 UTC, operation 17
what        of                         from   to
acquired    north  ump                 10     -
licensed    north  ump                 4      0
factor      north  ump/direct-routing  3 (3)  0 (0)
handed out  south  agents              40     60
switch      t      ump/user-interface  on     off
time zone   t      -                   UTC    Asia/Tokyo
cancel it: licaudit tenant move t --cancel
)");
  EXPECT_EQ(run(daemon, {"tenant", "move", "t", "--to", "south", "--dry-run"}).exit, 0);
  EXPECT_EQ(body_sent(daemon, 1), R"({"to":"south","dry_run":true})");
  EXPECT_THAT(run(daemon, {"--csv", "tenant", "move", "t", "--to", "south"}).out,
              StartsWith("what,tenant,name,from,to\r\nacquired,north,ump,10,\r\n"));
  EXPECT_EQ(run(daemon, {"tenant", "move", "t", "--cancel"}).out,
            "cancelled the planned move of tenant t, operation 17\n");
  EXPECT_EQ(asked(daemon, 3), "DELETE /v1/tenants/t/move");
  for (const auto& wrong : {std::vector<std::string>{"tenant", "move", "t"},
                            {"tenant", "move", "t", "--effective", "now"},
                            {"tenant", "move", "t", "--to", "south", "--cancel"},
                            {"tenant", "move", "t", "--to", ""}})
    EXPECT_EQ(run(daemon, wrong).exit, 2) << wrong.back();
}

TEST(changes, sends_the_deletion_secret_as_a_header_only) {
  fake_daemon daemon(always(json_answer(R"({"tenant":"t","operation":1})")));
  const auto path = daemon.directory() + "/secret";
  std::ofstream(path) << "open sesame\n";
  const auto result = run(daemon, {"tenant", "remove", "t", "--secret-file", path});
  EXPECT_EQ(result.exit, 0) << result.err;
  EXPECT_THAT(daemon.requests().at(0), HasSubstr("\r\nLicaudit-Deletion-Secret: open sesame\r\n"));
  EXPECT_THAT(result.out + result.err, Not(HasSubstr("sesame")));
  EXPECT_EQ(run(daemon, {"tenant", "remove", "t", "--secret-file", "-"}, {{}, "from input\n"}).exit, 0);
  EXPECT_THAT(daemon.requests().at(1), HasSubstr("\r\nLicaudit-Deletion-Secret: from input\r\n"));
  const auto missing = run(daemon, {"tenant", "remove", "t", "--secret-file", daemon.directory() + "/none"});
  EXPECT_EQ(missing.exit, 2);
  EXPECT_THAT(missing.err, HasSubstr("No such file"));
}

TEST(changes, refreshes_and_ends_with_6_when_a_source_failed) {
  const std::string stream =
      R"({"kind":"progress","source":"teams","done":1,"total":2})"
      "\n"
      R"({"kind":"result","calculation":{"sequence":9,"at":"2026-11-22T03:00:00.000Z"},"sources":[{"source":"teams","state":"failed","problem":"401"}]})"
      "\n";
  fake_daemon daemon(always(json_answer(stream, "200 OK", "application/x-ndjson")));
  const auto result = run(daemon, {"refresh", "teams"});
  EXPECT_EQ(result.exit, 6);
  EXPECT_THAT(result.out, HasSubstr("teams   failed  401\n"));
  EXPECT_THAT(result.out, EndsWith("calculation 9 of Sun 22 Nov 2026 03:00 UTC\n"));
  EXPECT_EQ(result.err, "");  // no progress where nobody looks
  EXPECT_EQ(body_sent(daemon), R"({"sources":["teams"]})");
  EXPECT_EQ(run(daemon, {"refresh", "--json"}).out, stream);
  EXPECT_EQ(run(daemon, {"refresh", "--csv"}).out, "source,state,problem\r\nteams,failed,401\r\n");
}

TEST(changes, reports_the_problem_that_ends_a_refresh) {
  fake_daemon daemon(always(json_answer("{\"kind\":\"problem\",\"status\":503,\"detail\":\"the disk is full\"}\n",
                                        "200 OK", "application/x-ndjson")));
  const auto result = run(daemon, {"refresh"});
  EXPECT_EQ(result.exit, 5);
  EXPECT_EQ(result.err, "licaudit: the disk is full\n");
}

TEST(changes, ends_with_8_and_every_error_when_the_configuration_is_invalid) {
  fake_daemon daemon(always(json_answer(
      R"({"status":422,"detail":"2 errors; the running configuration stays","errors":["a.yaml:1:2: x","a.yaml:3:4: y"]})",
      "422 Unprocessable", "application/problem+json")));
  const auto result = run(daemon, {"reload"});
  EXPECT_EQ(result.exit, 8);
  EXPECT_EQ(result.err,
            "licaudit: 2 errors; the running configuration stays\nlicaudit: a.yaml:1:2: x\nlicaudit: a.yaml:3:4: y\n");
}

TEST(changes, accepts_what_is_held) {
  fake_daemon daemon(always(json_answer(R"({"source":"teams","run":88,"tenants":["contoso"],"operation":5})")));
  const auto result = run(daemon, {"source", "accept", "teams", "--run", "88", "--tenant", "contoso"});
  EXPECT_EQ(result.out, "accepted run 88 of source teams for contoso, operation 5\n");
  EXPECT_EQ(asked(daemon), "POST /v1/sources/teams/accept");
  EXPECT_EQ(body_sent(daemon), R"({"run":88,"tenants":["contoso"]})");
}

TEST(changes, acknowledges_a_finding) {
  fake_daemon daemon(always(json_answer(
      R"({"finding":"0a1b2c3d4e5f","until":"2026-12-01T00:00:00.000Z","time_zone":"Europe/London","operation":5})")));
  const auto result = run(daemon, {"finding", "ack", "0a1b2c3d4e5f", "--until", "2026-11-30", "--reason", "ordered"});
  EXPECT_EQ(result.out, "finding 0a1b2c3d4e5f may wait until Tue 1 Dec 2026 00:00 GMT, operation 5\n");
  EXPECT_EQ(asked(daemon), "POST /v1/findings/0a1b2c3d4e5f/acknowledge");
  EXPECT_EQ(body_sent(daemon), R"({"until":"2026-11-30","reason":"ordered"})");
  EXPECT_EQ(run(daemon, {"finding", "ack", "0a1b2c3d4e5f", "--until", "+7d"}).exit, 2) << "without a reason";
}

}  // namespace licaudit::cli

#include "cli/rendering/display_width.hpp"
#include "tests/cli/fake_daemon.hpp"
#include "tests/cli/golden.hpp"
#include "tests/cli/program_run.hpp"

#include <gmock/gmock.h>

#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <fstream>
#include <sstream>

namespace licaudit::cli {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

using words = std::vector<std::string>;

fake_daemon::behaviour always(reaction what) {
  return [what = std::move(what)](const std::string&) { return what; };
}

fake_daemon::behaviour golden(const std::string& name) {
  return always(json_answer(golden_text(name)));
}

program_result run(const fake_daemon& daemon, words arguments, program_setting setting = {}) {
  setting.environment.push_back("LICAUDIT_SOCKET=" + daemon.socket());
  return run_licaudit(arguments, setting);
}

/// The method and target of the n-th request.
std::string asked(const fake_daemon& daemon, std::size_t n = 0) {
  const auto request = daemon.requests().at(n);
  return request.substr(0, request.find(" HTTP/1.1"));
}

std::string body_sent(const fake_daemon& daemon, std::size_t n = 0) {
  const auto request = daemon.requests().at(n);
  return request.substr(request.find("\r\n\r\n") + 4);
}

void expect_one_line(const program_result& result) {
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
  EXPECT_THAT(result.err, StartsWith("licaudit: "));
}

program_setting terminal(unsigned short columns, words environment = {}) {
  program_setting setting;
  setting.environment = std::move(environment);
  setting.terminal_columns = columns;
  return setting;
}

}  // namespace

TEST(program, without_a_daemon_ends_with_3_and_one_line) {
  const auto result = run_licaudit({"--socket", "/nonexistent/s", "status"});
  EXPECT_EQ(result.exit, 3);
  EXPECT_EQ(result.out, "");
  expect_one_line(result);
}

TEST(program, at_a_closed_socket_ends_with_4) {
  fake_daemon daemon(golden("status.json"));
  ASSERT_EQ(::chmod(daemon.socket().c_str(), 0), 0);
  program_setting stranger;
  stranger.as_nobody = true;  // where we are root, who may open every socket
  const auto result = run(daemon, {"status"}, stranger);
  EXPECT_EQ(result.exit, 4);
  expect_one_line(result);
}

TEST(program, that_is_used_wrongly_ends_with_2_and_one_line) {
  for (const auto& arguments :
       {words{}, words{"shwo"}, words{"show"}, words{"show", ""}, words{"status", "--json", "--csv"},
        words{"--timeout", "soon", "status"}, words{"apply"}, words{"apply", "--all", "x"},
        words{"apply", "--plan", "p", "x"}, words{"history", "x", "--by", "week"}, words{"tenants", "--columns", ""},
        words{"factor", "on", "t", "ump/"}, words{"user", "put", "t", "u", "noequals"}, words{"tenant", "set", "t"},
        words{"tenant", "remove", "t"}, words{"--color", "red", "status"}}) {
    const auto result = run_licaudit(arguments, {{"LICAUDIT_SOCKET=/nonexistent/s"}});
    EXPECT_EQ(result.exit, 2) << testing::PrintToString(arguments) << result.err;
    expect_one_line(result);
    EXPECT_EQ(result.out, "");
  }
}

TEST(program, explains_itself_with_0) {
  for (const auto& arguments : {words{"--help"}, words{"history", "--help"}, words{"tenant", "add", "-h"},
                                words{"--version"}, words{"version"}}) {
    const auto result = run_licaudit(arguments);
    EXPECT_EQ(result.exit, 0) << testing::PrintToString(arguments);
    EXPECT_THAT(result.out, HasSubstr(arguments.back().find("ersion") == std::string::npos ? "--socket" : "licaudit "))
        << testing::PrintToString(arguments);
    EXPECT_EQ(result.err, "");
  }
}

TEST(program, ends_with_the_status_of_a_refusal_and_its_detail) {
  const std::vector<std::pair<int, int>> expected = {{400, 5}, {401, 4},  {403, 4}, {404, 5},
                                                     {409, 5}, {500, 70}, {503, 5}};
  for (const auto& [http, exit] : expected) {
    fake_daemon daemon(always(problem(http, "no tenant contso; see: licaudit tenants")));
    const auto result = run(daemon, {"show", "contso"});
    EXPECT_EQ(result.exit, exit) << http;
    EXPECT_EQ(result.err, "licaudit: no tenant contso; see: licaudit tenants\n");
    EXPECT_EQ(result.out, "");
  }
}

TEST(program, ends_with_7_when_the_daemon_is_silent) {
  fake_daemon daemon(always({"", true}));
  const auto result = run(daemon, {"status", "--timeout", "150ms"});
  EXPECT_EQ(result.exit, 7);
  expect_one_line(result);
}

TEST(program, ends_with_70_when_the_answer_is_no_json) {
  fake_daemon daemon(always(json_answer("<html>")));
  EXPECT_EQ(run(daemon, {"status"}).exit, 70);
}

TEST(program, shows_a_licence_page_and_ends_with_6_when_it_is_degraded) {
  fake_daemon daemon(golden("page_degraded.json"));
  const auto result = run(daemon, {"show", "contoso"});
  EXPECT_EQ(result.exit, 6);
  EXPECT_THAT(result.out, HasSubstr("   1 Managed Users-Direct Routing         342 (350)"));
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(asked(daemon), "GET /v1/tenants/contoso/licences");
}

TEST(program, ends_with_1_for_over_use) {
  fake_daemon daemon(
      always(json_answer(R"({"tenant":"a","state":"ok","licences":[{"licence":"ump","available":-1}]})")));
  EXPECT_EQ(run(daemon, {"show", "a"}).exit, 1);
}

TEST(program, gives_the_daemons_own_json) {
  const std::string odd = "{ \"tenants\" : [], \"next\":null, \"n\": 1.50 }";
  fake_daemon daemon(always(json_answer(odd)));
  EXPECT_EQ(run(daemon, {"tenants", "--json"}).out, odd + "\n");
}

TEST(program, gives_a_list_as_json_lines_and_csv) {
  fake_daemon daemon(always(json_answer(R"({"tenants":[{"tenant":"a"},{"tenant":"b"}],"next":null})")));
  EXPECT_EQ(run(daemon, {"--jsonl", "tenants"}).out, "{\"tenant\":\"a\"}\n{\"tenant\":\"b\"}\n");
  EXPECT_EQ(run(daemon, {"tenants", "--csv", "--no-header"}).out.substr(0, 2), "a,");
}

TEST(program, reports_tenants_by_the_columns_that_are_asked_for) {
  fake_daemon daemon(always(json_answer(
      R"({"columns":["name","ump.licensed","enabled"],"tenants":[{"tenant":"a","values":["A, \"the\" first",370,true]},
          {"tenant":"b","values":["B",null,false]}],"next":null})")));
  const words asked_for{"tenants", "--columns", "name,ump.licensed,enabled"};
  const auto with = [&asked_for](words options) {
    options.insert(options.end(), asked_for.begin(), asked_for.end());
    return options;
  };
  EXPECT_EQ(run(daemon, with({"--csv"})).out,
            "name,ump.licensed,enabled\r\n\"A, \"\"the\"\" first\",370,true\r\nB,,false\r\n");
  EXPECT_EQ(asked(daemon), "GET /v1/tenants?columns=name%2Cump.licensed%2Cenabled&limit=1000");
  EXPECT_EQ(run(daemon, with({"--csv", "--no-header"})).out, "\"A, \"\"the\"\" first\",370,true\r\nB,,false\r\n");
  EXPECT_EQ(
      run(daemon, asked_for).out,
      "name            ump.licensed  enabled\nA, \"the\" first           370  yes\nB                          -  no\n");
}

TEST(program, sets_attributes_that_the_manual_names_by_options_of_their_own) {
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

TEST(program, reads_a_list_to_its_last_page) {
  const auto pages = [](const std::string& request) {
    if (request.find("after=b%2F1") != std::string::npos)
      return json_answer(R"({"tenants":[{"tenant":"c"}],"next":null})");
    return json_answer(R"({"tenants":[{"tenant":"a"},{"tenant":"b"}],"next":"b/1"})");
  };
  for (const auto& [form, text] : std::vector<std::pair<std::string, std::string>>{
           {"--jsonl", "{\"tenant\":\"a\"}\n{\"tenant\":\"b\"}\n{\"tenant\":\"c\"}\n"},
           {"--json", "{\"tenants\":[{\"tenant\":\"a\"},{\"tenant\":\"b\"},{\"tenant\":\"c\"}],\"next\":null}\n"}}) {
    fake_daemon daemon(pages);
    EXPECT_EQ(run(daemon, {"tenants", form}).out, text);
    EXPECT_EQ(asked(daemon, 0), "GET /v1/tenants?limit=1000");
    EXPECT_EQ(asked(daemon, 1), "GET /v1/tenants?limit=1000&after=b%2F1");
  }
}

TEST(program, does_not_follow_pages_in_a_circle) {
  fake_daemon daemon(always(json_answer(R"({"tenants":[],"next":"x"})")));
  EXPECT_EQ(run(daemon, {"tenants"}).exit, 70);
}

TEST(program, fails_in_the_middle_of_a_list_with_the_reason) {
  fake_daemon daemon([](const std::string& request) {
    return request.find("after=") == std::string::npos ? json_answer(R"({"tenants":[],"next":"x"})")
                                                       : problem(403, "no longer");
  });
  EXPECT_EQ(run(daemon, {"tenants", "--json"}).exit, 4);
}

TEST(program, asks_for_history_as_it_was_told) {
  fake_daemon daemon(golden("history_change.json"));
  const auto result =
      run(daemon, {"history", "contoso", "--since", "-7d", "--until=2026-11-01 13:00", "--licence", "ump"});
  EXPECT_EQ(result.exit, 0) << result.err;
  EXPECT_EQ(asked(daemon),
            "GET /v1/tenants/contoso/history?licence=ump&since=-7d&until=2026-11-01%2013%3A00&by=change");
  EXPECT_EQ(result.out, golden_text("history_change.txt"));
}

TEST(program, switches_a_factor_by_its_id_alone) {
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

TEST(program, switches_a_factor_by_its_full_name_without_asking) {
  fake_daemon daemon(always(json_answer(R"({"text":"done"})")));
  EXPECT_EQ(run(daemon, {"factor", "default", "contoso", "ump/user-interface"}).out, "done\n");
  EXPECT_EQ(asked(daemon), "DELETE /v1/tenants/contoso/factors/ump/user-interface");
}

TEST(program, refuses_a_factor_id_that_two_licences_have_or_none) {
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

TEST(program, finds_a_factor_in_the_rules_where_the_tenant_does_not_show_it) {
  fake_daemon daemon([](const std::string& request) {
    if (request.starts_with("GET /v1/rules")) return json_answer(golden_text("rules.json"));
    return json_answer(R"({"licences":[],"text":"ok"})");
  });
  EXPECT_EQ(run(daemon, {"factor", "off", "root", "service-numbers"}).exit, 0);
  EXPECT_EQ(asked(daemon, 2), "PUT /v1/tenants/root/factors/ump/service-numbers");
}

TEST(program, plans_and_applies) {
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

TEST(program, puts_and_removes_subjects) {
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

TEST(program, changes_tenants) {
  fake_daemon daemon(always(json_answer(R"({"tenant":"t","operation":1})")));
  EXPECT_EQ(run(daemon, {"tenant", "add", "t", "--name", "T Ltd", "--site", "London=gw1", "--acquired", "ump=5"}).exit,
            0);
  EXPECT_EQ(asked(daemon), "POST /v1/tenants");
  EXPECT_EQ(run(daemon, {"tenant", "disable", "t"}).out, "disabled tenant t, operation 1\n");
  EXPECT_EQ(asked(daemon, 1), "PATCH /v1/tenants/t");
  EXPECT_EQ(body_sent(daemon, 1), R"({"enabled":false})");
}

TEST(program, moves_tenants_now_later_and_for_show) {
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

TEST(program, sends_the_deletion_secret_as_a_header_only) {
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

TEST(program, refreshes_and_ends_with_6_when_a_source_failed) {
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

TEST(program, reports_the_problem_that_ends_a_refresh) {
  fake_daemon daemon(always(json_answer("{\"kind\":\"problem\",\"status\":503,\"detail\":\"the disk is full\"}\n",
                                        "200 OK", "application/x-ndjson")));
  const auto result = run(daemon, {"refresh"});
  EXPECT_EQ(result.exit, 5);
  EXPECT_EQ(result.err, "licaudit: the disk is full\n");
}

TEST(program, ends_with_8_and_every_error_when_the_configuration_is_invalid) {
  fake_daemon daemon(always(json_answer(
      R"({"status":422,"detail":"2 errors; the running configuration stays","errors":["a.yaml:1:2: x","a.yaml:3:4: y"]})",
      "422 Unprocessable", "application/problem+json")));
  const auto result = run(daemon, {"reload"});
  EXPECT_EQ(result.exit, 8);
  EXPECT_EQ(result.err,
            "licaudit: 2 errors; the running configuration stays\nlicaudit: a.yaml:1:2: x\nlicaudit: a.yaml:3:4: y\n");
}

TEST(program, ends_with_1_when_the_ledger_is_not_clean) {
  fake_daemon daemon(always(
      json_answer(R"({"clean":false,"entries":1,"calculations":1,"tallies":1,"head":"a","problems":["entry 1"]})")));
  EXPECT_EQ(run(daemon, {"verify"}).exit, 1);
  EXPECT_EQ(asked(daemon), "POST /v1/verify");
}

TEST(program, accepts_what_is_held) {
  fake_daemon daemon(always(json_answer(R"({"source":"teams","run":88,"tenants":["contoso"],"operation":5})")));
  const auto result = run(daemon, {"source", "accept", "teams", "--run", "88", "--tenant", "contoso"});
  EXPECT_EQ(result.out, "accepted run 88 of source teams for contoso, operation 5\n");
  EXPECT_EQ(asked(daemon), "POST /v1/sources/teams/accept");
  EXPECT_EQ(body_sent(daemon), R"({"run":88,"tenants":["contoso"]})");
}

TEST(program, acknowledges_a_finding) {
  fake_daemon daemon(always(json_answer(
      R"({"finding":"0a1b2c3d4e5f","until":"2026-12-01T00:00:00.000Z","time_zone":"Europe/London","operation":5})")));
  const auto result = run(daemon, {"finding", "ack", "0a1b2c3d4e5f", "--until", "2026-11-30", "--reason", "ordered"});
  EXPECT_EQ(result.out, "finding 0a1b2c3d4e5f may wait until Tue 1 Dec 2026 00:00 GMT, operation 5\n");
  EXPECT_EQ(asked(daemon), "POST /v1/findings/0a1b2c3d4e5f/acknowledge");
  EXPECT_EQ(body_sent(daemon), R"({"until":"2026-11-30","reason":"ordered"})");
  EXPECT_EQ(run(daemon, {"finding", "ack", "0a1b2c3d4e5f", "--until", "+7d"}).exit, 2) << "without a reason";
}

TEST(program, has_every_list_command_ask_its_route) {
  const std::vector<std::pair<words, std::string>> expected = {
      {{"status"}, "GET /v1/status"},
      {{"sources"}, "GET /v1/sources"},
      {{"findings", "contoso"}, "GET /v1/findings?tenant=contoso&limit=1000"},
      {{"rules", "--at", "yesterday"}, "GET /v1/rules?at=yesterday"},
      {{"source", "runs", "teams"}, "GET /v1/sources/teams/runs?limit=1000"},
      {{"subjects", "t", "--kind", "number", "--at", "-1d"},
       "GET /v1/tenants/t/subjects?at=-1d&kind=number&limit=1000"},
      {{"log", "--type", "apply", "--tenant", "t"}, "GET /v1/operations?type=apply&tenant=t&limit=1000"},
      {{"tenants", "--type", "customer", "--parent", "p", "--search", "x"},
       "GET /v1/tenants?type=customer&parent=p&search=x&limit=1000"}};
  fake_daemon daemon(always(json_answer("{}")));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto result = run(daemon, expected[i].first);
    EXPECT_EQ(result.exit, 0) << expected[i].second << result.err;
    EXPECT_EQ(asked(daemon, i), expected[i].second);
  }
}

TEST(program, takes_a_tenant_that_is_named_like_a_command) {
  fake_daemon daemon(always(json_answer("{}")));
  EXPECT_EQ(run(daemon, {"show", "status"}).exit, 0);
  EXPECT_EQ(asked(daemon), "GET /v1/tenants/status/licences");
}

TEST(program, colours_on_a_terminal_and_never_with_no_color) {
  fake_daemon daemon(golden("page_degraded.json"));
  EXPECT_THAT(run(daemon, {"show", "contoso"}, terminal(100)).out, HasSubstr("\x1b[31m"));
  EXPECT_THAT(run(daemon, {"show", "contoso"}, terminal(100, {"NO_COLOR=1"})).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(run(daemon, {"show", "contoso", "--color=never"}, terminal(100)).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(run(daemon, {"show", "contoso"}).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(run(daemon, {"show", "contoso", "--color=always"}).out, HasSubstr("\x1b[31m"));
  EXPECT_THAT(run(daemon, {"show", "contoso", "--color=always"}, {{"NO_COLOR=1"}}).out, Not(HasSubstr("\x1b")));
}

TEST(program, keeps_its_lines_inside_the_terminal) {
  fake_daemon daemon(golden("tenants.json"));
  for (const auto& setting : {terminal(50, {"NO_COLOR=1"}), terminal(200, {"NO_COLOR=1", "COLUMNS=50"})}) {
    std::istringstream lines(run(daemon, {"tenants"}, setting).out);
    std::size_t seen = 0;
    for (std::string line; std::getline(lines, line); ++seen) EXPECT_LE(rendering::display_width(line), 50U) << line;
    EXPECT_EQ(seen, 3U);
  }
}

TEST(program, sends_no_control_character_to_a_terminal_in_any_form) {
  fake_daemon daemon(
      always(json_answer("{\"tenants\":[{\"tenant\":\"a\",\"name\":\"x\\u001b[2J\xC2\x9Bz\"}],\"next\":null}")));
  for (const auto* form : {"--json", "--jsonl", "--csv", "--utc"}) {
    const auto out = run(daemon, {"tenants", form}, terminal(200, {"NO_COLOR=1"})).out;
    EXPECT_THAT(out, HasSubstr("x")) << form;
    EXPECT_THAT(out, Not(HasSubstr("\x1b"))) << form;
    EXPECT_THAT(out, Not(HasSubstr("\xC2\x9B"))) << form;
  }
}

TEST(program, does_not_call_a_lost_output_done) {
  fake_daemon daemon(golden("tenants.json"));
  program_setting full_disk;
  full_disk.output_file = "/dev/full";
  const auto result = run(daemon, {"tenants"}, full_disk);
  EXPECT_EQ(result.exit, 70);
  expect_one_line(result);
}

}  // namespace licaudit::cli

#include "tests/cli/program_talk.hpp"

#include <gmock/gmock.h>

#include <sys/stat.h>
#include <unistd.h>

namespace licaudit::cli {

using testing::HasSubstr;

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

TEST(program, ends_with_1_when_the_ledger_is_not_clean) {
  fake_daemon daemon(always(
      json_answer(R"({"clean":false,"entries":1,"calculations":1,"tallies":1,"head":"a","problems":["entry 1"]})")));
  EXPECT_EQ(run(daemon, {"verify"}).exit, 1);
  EXPECT_EQ(asked(daemon), "POST /v1/verify");
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

TEST(program, does_not_call_a_lost_output_done) {
  fake_daemon daemon(golden("tenants.json"));
  program_setting full_disk;
  full_disk.output_file = "/dev/full";
  const auto result = run(daemon, {"tenants"}, full_disk);
  EXPECT_EQ(result.exit, 70);
  expect_one_line(result);
}

}  // namespace licaudit::cli

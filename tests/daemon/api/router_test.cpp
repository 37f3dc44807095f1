#include "daemon/api/router.hpp"

#include "daemon/api/openapi.hpp"
#include "daemon/api/paging.hpp"
#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

route made(method how, std::string path) {
  route one;
  one.method = how;
  one.path = std::move(path);
  return one;
}

TEST(route_table_test, finds_routes_and_their_parameters) {
  route_table routes;
  routes.add(made(method::get, "/v1/tenants"));
  routes.add(made(method::get, "/v1/tenants/{t}"));
  routes.add(made(method::put, "/v1/tenants/{t}/users/{id}"));
  EXPECT_EQ(routes.find(method::get, {"v1", "tenants"}).found->path, "/v1/tenants");
  const std::vector<std::string> path{"v1", "tenants", "contoso", "users", "a/b"};
  const route_match one = routes.find(method::put, path);
  ASSERT_NE(one.found, nullptr);
  ASSERT_EQ(one.parameters.size(), 2U);
  EXPECT_EQ(one.parameters[0].name, "t");
  EXPECT_EQ(*one.parameters[0].text, "contoso");
  EXPECT_EQ(one.parameters[1].name, "id");
  EXPECT_EQ(*one.parameters[1].text, "a/b");
  EXPECT_THAT(routes.find(method::get, {"v1"}).allowed, IsEmpty());
  EXPECT_THAT(routes.find(method::get, {"v1", "tenants", ""}).allowed, IsEmpty());
}

TEST(route_table_test, prefers_plain_segments_and_lets_head_find_get) {
  route_table routes;
  routes.add(made(method::get, "/v1/{t}"));
  routes.add(made(method::get, "/v1/status"));
  EXPECT_EQ(routes.find(method::get, {"v1", "status"}).found->path, "/v1/status");
  EXPECT_EQ(routes.find(method::head, {"v1", "other"}).found->path, "/v1/{t}");
  const route_match none = routes.find(method::post, {"v1", "other"});
  EXPECT_EQ(none.found, nullptr);
  EXPECT_THAT(none.allowed, ElementsAre("GET", "HEAD"));
}

TEST(route_table_test, refuses_a_route_twice) {
  route_table routes;
  routes.add(made(method::get, "/v1/status"));
  EXPECT_THROW(routes.add(made(method::get, "/v1/status")), std::logic_error);
}

TEST(openapi_test, lists_exactly_the_routes_that_exist) {
  sample_api api;
  const json::value document = api.get("/v1/openapi.json");
  EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
  EXPECT_EQ(document.at("info").at("version").as_string(), "0.1.0");
  std::set<std::string> listed, existing;
  for (const auto& path : document.at("paths").as_object()) {
    for (const auto& verb : path.value().as_object())
      listed.insert(std::string(verb.key()) + " " + std::string(path.key()));
  }
  for (const route& one : api.routes().routes().all()) {
    std::string verb(to_text(one.method));
    std::transform(verb.begin(), verb.end(), verb.begin(), [](char c) { return static_cast<char>(c + 32); });
    existing.insert(verb + " " + one.path);
  }
  EXPECT_EQ(listed, existing);
}

TEST(openapi_test, has_every_route_of_the_contract) {
  sample_api api;
  std::set<std::string> existing;
  for (const route& one : api.routes().routes().all())
    existing.insert(std::string(to_text(one.method)) + " " + one.path);
  const std::set<std::string> contract{"GET /v1/status",
                                       "GET /v1/openapi.json",
                                       "GET /metrics",
                                       "GET /v1/tenants",
                                       "POST /v1/tenants",
                                       "GET /v1/tenants/{t}",
                                       "PATCH /v1/tenants/{t}",
                                       "DELETE /v1/tenants/{t}",
                                       "PUT /v1/tenants/{t}/users/{id}",
                                       "DELETE /v1/tenants/{t}/users/{id}",
                                       "PUT /v1/tenants/{t}/numbers/{id}",
                                       "DELETE /v1/tenants/{t}/numbers/{id}",
                                       "POST /v1/tenants/{t}/move",
                                       "DELETE /v1/tenants/{t}/move",
                                       "GET /v1/tenants/{t}/licences",
                                       "GET /v1/tenants/{t}/usage",
                                       "GET /v1/tenants/{t}/check",
                                       "GET /v1/tenants/{t}/history",
                                       "GET /v1/tenants/{t}/subjects",
                                       "PUT /v1/tenants/{t}/factors/{licence}/{factor}",
                                       "DELETE /v1/tenants/{t}/factors/{licence}/{factor}",
                                       "GET /v1/tenants/{t}/order",
                                       "POST /v1/tenants/{t}/order",
                                       "DELETE /v1/tenants/{t}/order",
                                       "POST /v1/tenants/{t}/order/confirm",
                                       "PUT /v1/tenants/{t}/limits/{licence}",
                                       "GET /v1/bills",
                                       "GET /v1/bills/{month}/subjects",
                                       "POST /v1/bills/{month}/close",
                                       "POST /v1/bills/{month}/accept",
                                       "POST /v1/bills/{month}/correct",
                                       "POST /v1/apply",
                                       "POST /v1/backup",
                                       "POST /v1/refresh",
                                       "GET /v1/sources",
                                       "GET /v1/sources/{s}/runs",
                                       "POST /v1/sources/{s}/accept",
                                       "GET /v1/findings",
                                       "POST /v1/findings/{id}/acknowledge",
                                       "GET /v1/operations",
                                       "GET /v1/rules",
                                       "POST /v1/reload",
                                       "POST /v1/verify"};
  EXPECT_EQ(existing, contract);
}

TEST(openapi_test, describes_parameters_bodies_and_answers) {
  sample_api api;
  const json::value document = api.get("/v1/openapi.json");
  const json::value& history = document.at("paths").at("/v1/tenants/{t}/history").at("get");
  std::vector<std::string> names;
  for (const json::value& one : history.at("parameters").as_array()) {
    names.emplace_back(one.at("name").as_string());
    EXPECT_EQ(one.at("required").as_bool(), one.at("in").as_string() == "path");
    EXPECT_FALSE(one.at("description").as_string().empty());
  }
  EXPECT_THAT(names, ElementsAre("t", "licence", "factor", "since", "until", "by", "limit", "after"));
  const json::value& put = document.at("paths").at("/v1/tenants/{t}/factors/{licence}/{factor}").at("put");
  EXPECT_TRUE(put.at("requestBody").at("required").as_bool());
  EXPECT_FALSE(document.at("paths").at("/v1/refresh").at("post").at("requestBody").at("required").as_bool());
  for (const route& one : api.routes().routes().all()) EXPECT_FALSE(one.summary.empty()) << one.path;
  EXPECT_TRUE(document.at("components").at("schemas").as_object().contains("problem"));
}

TEST(router_test, answers_404_405_and_head) {
  sample_api api;
  EXPECT_THAT(api.problem_of(method::get, "/v1/nothing"), HasSubstr("404 there is no /v1/nothing"));
  EXPECT_EQ(api.status(method::get, "/"), 404);
  const response wrong = api.ask(method::remove, "/v1/status");
  EXPECT_EQ(wrong.status, 405);
  ASSERT_THAT(wrong.headers, SizeIs(1));
  EXPECT_EQ(wrong.headers[0], std::make_pair(std::string("Allow"), std::string("GET, HEAD")));
  EXPECT_EQ(api.status(method::head, "/v1/status"), 200);
  EXPECT_EQ(api.status(method::other, "/v1/status"), 405);
}

TEST(router_test, refuses_unknown_query_parameters_by_name) {
  sample_api api;
  const std::string detail = api.problem_of(method::get, "/v1/tenants?serch=x&color=1&limit=5");
  EXPECT_THAT(detail, HasSubstr("400 unknown query parameter color, serch"));
  EXPECT_THAT(detail, HasSubstr("knows type, parent, search, columns, limit, after"));
  EXPECT_THAT(api.problem_of(method::get, "/v1/status?x=1"), HasSubstr("knows none"));
}

TEST(router_test, wants_a_body_where_there_must_be_one) {
  sample_api api;
  EXPECT_THAT(api.problem_of(method::post, "/v1/apply"), HasSubstr("411"));
  EXPECT_THAT(api.problem_of(method::post, "/v1/apply", "{"), HasSubstr("400 the body is no JSON"));
  EXPECT_THAT(api.problem_of(method::post, "/v1/apply", "[]"), HasSubstr("400 the body must be a JSON object"));
  EXPECT_THAT(api.problem_of(method::post, "/v1/apply", R"({"all":true,"al":1})"), HasSubstr("400"));
  EXPECT_EQ(api.status(method::post, "/v1/verify"), 200);
}

TEST(router_test, hides_tenants_outside_the_callers_subtree) {
  sample_api api;
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::get, "/v1/tenants/contoso/licences"), 200);
  const std::string hidden = api.problem_of(method::get, "/v1/tenants/fabrikam/licences");
  std::string missing = api.problem_of(method::get, "/v1/tenants/nosuch/licences");
  missing.replace(missing.find("nosuch"), 6, "fabrikam");
  EXPECT_EQ(hidden, missing) << "nobody must be able to tell the two apart";
  EXPECT_THAT(hidden, HasSubstr("404 there is no tenant fabrikam"));
  EXPECT_EQ(api.status(method::put, "/v1/tenants/fabrikam/factors/ump/x", R"({"on":true})"), 404);
  EXPECT_THAT(api.refused, IsEmpty());
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST(router_test, refuses_and_logs_what_is_not_granted) {
  sample_api api;
  api.become(access::role::customer, "contoso");
  const std::string detail =
      api.problem_of(method::put, "/v1/tenants/contoso/factors/ump/lifecycle-management", R"({"on":true})");
  EXPECT_THAT(detail, HasSubstr("403 north may not switch and apply factors"));
  ASSERT_THAT(api.refused, SizeIs(1));
  EXPECT_EQ(api.refused[0].type, "refused");
  EXPECT_EQ(api.refused[0].caller, "north");
  EXPECT_EQ(api.refused[0].tenant, "contoso");
  EXPECT_EQ(api.refused[0].text,
            "PUT /v1/tenants/{t}/factors/{licence}/{factor}: north may not switch and apply factors");
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST(router_test, logs_no_name_of_a_person_with_a_refusal) {
  sample_api api;
  api.become(access::role::customer, "contoso");
  EXPECT_EQ(api.status(method::put, "/v1/tenants/contoso/users/ann%40contoso.example", "{}"), 403);
  ASSERT_THAT(api.refused, SizeIs(1));
  EXPECT_THAT(api.refused[0].text, testing::Not(HasSubstr("ann")));
}

TEST(router_test, logs_attempts_at_a_decision_with_why_they_were_refused) {
  sample_api api;
  api.rooms.fails = failure{errc::conflict, "tenant contoso comes from source tenants: change it there"};
  EXPECT_EQ(api.status(method::patch, "/v1/tenants/contoso", R"({"name":"x"})"), 409);
  EXPECT_EQ(api.status(method::patch, "/v1/tenants/contoso", R"({"name":)"), 400);
  api.rooms.fails.reset();
  api.rooms.reloaded.errors.emplace_back("licauditd.yaml:3:1: sorces: unknown key");
  EXPECT_EQ(api.status(method::post, "/v1/reload"), 422);
  ASSERT_THAT(api.refused, SizeIs(3));
  EXPECT_EQ(api.refused[0].text, "PATCH /v1/tenants/{t}: tenant contoso comes from source tenants: change it there");
  EXPECT_EQ(api.refused[0].tenant, "contoso");
  EXPECT_EQ(api.refused[0].caller, "root");
  EXPECT_THAT(api.refused[1].text, HasSubstr("PATCH /v1/tenants/{t}: the body is no JSON"));
  EXPECT_THAT(api.refused[2].text, HasSubstr("POST /v1/reload: the settings have 1 problem(s); nothing was changed"));
}

TEST(router_test, logs_no_question_no_dry_run_and_no_trouble_of_the_host) {
  sample_api api;
  api.rooms.fails = failure{errc::unreachable, "disk full"};
  EXPECT_EQ(api.status(method::patch, "/v1/tenants/contoso", R"({"name":"x"})"), 503);
  api.rooms.fails = failure{errc::refused, "no"};
  EXPECT_EQ(api.status(method::get, "/v1/tenants/contoso/history"), 422);
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"all":true,"dry_run":true})"), 422);
  EXPECT_THAT(api.refused, IsEmpty());
}

TEST(router_test, logs_of_a_refused_subject_that_it_was_and_no_more) {
  sample_api api;
  api.rooms.fails = failure{errc::unknown, "user ann@contoso.example of contoso was not put here"};
  EXPECT_EQ(api.status(method::remove, "/v1/tenants/contoso/users/ann%40contoso.example"), 404);
  EXPECT_EQ(api.status(method::put, "/v1/tenants/contoso/numbers/1", R"({"fields":{"name":7}})"), 400);
  ASSERT_THAT(api.refused, SizeIs(2));
  EXPECT_EQ(api.refused[0].text, "DELETE /v1/tenants/{t}/users/{id}");
  EXPECT_EQ(api.refused[1].text, "PUT /v1/tenants/{t}/numbers/{id}");
}

TEST(router_test, refuses_callers_without_a_mapping_everything) {
  sample_api api;
  api.uid = 1043;
  for (const char* target : {"/v1/status", "/v1/openapi.json", "/v1/tenants", "/v1/nothing", "/metrics"}) {
    EXPECT_EQ(api.status(method::get, target), 403) << target;
  }
  EXPECT_THAT(api.refused, SizeIs(5));
  EXPECT_EQ(api.refused[0].caller, "uid 1043");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(api.status(method::get, "/v1/status"), 403);
  EXPECT_THAT(api.refused, SizeIs(10)) << "the ledger must not fill with refusals";
}

TEST(router_test, keeps_what_concerns_the_daemon_for_operators) {
  sample_api api;
  api.become(access::role::reseller, "northwind");
  for (const char* target : {"/metrics", "/v1/sources", "/v1/rules", "/v1/sources/teams/runs"}) {
    EXPECT_EQ(api.status(method::get, target), 403) << target;
  }
  for (const char* target : {"/v1/refresh", "/v1/reload", "/v1/verify", "/v1/sources/teams/accept"}) {
    EXPECT_EQ(api.status(method::post, target, "{}"), 403) << target;
  }
  sample_api auditor;
  auditor.become(access::role::auditor, "");
  EXPECT_EQ(auditor.status(method::get, "/metrics"), 200);
  EXPECT_EQ(auditor.status(method::post, "/v1/refresh", "{}"), 403);
}

TEST(router_test, checks_every_route_against_the_rights_table) {
  sample_api listed;
  for (const route& one : listed.routes().routes().all()) {
    sample_api api;
    api.become(access::role::auditor, "host");
    const bool reads = one.method == method::get || one.path == "/v1/verify";
    std::string target = one.path;
    for (const auto& [name, value] : {std::pair("{t}", "contoso"), std::pair("{s}", "teams"), std::pair("{id}", "x"),
                                      std::pair("{licence}", "ump"), std::pair("{factor}", "f")}) {
      const std::size_t place = target.find(name);
      if (place != std::string::npos) target.replace(place, std::string_view(name).size(), value);
    }
    const int status = api.status(one.method, target, reads ? "" : "{}");
    // An auditor at the root changes nothing, has no cart, and sees subjects of his own tenant only.
    const bool refused = !reads || one.path == "/v1/tenants/{t}/subjects" || one.path == "/v1/tenants/{t}/order";
    EXPECT_EQ(status == 403, refused) << one.path << " answered " << status;
  }
}

TEST(router_test, hides_the_inside_of_an_exception_and_reports_it) {
  sample_api api;
  api.rooms.on_command = [] { throw std::runtime_error("/var/lib/licaudit: disk I/O error"); };
  const std::string detail = api.problem_of(method::remove, "/v1/tenants/contoso/users/x");
  EXPECT_THAT(detail, HasSubstr("500"));
  EXPECT_THAT(detail, testing::Not(HasSubstr("disk")));
  ASSERT_THAT(api.reports, SizeIs(1));
  EXPECT_EQ(api.reports[0], "DELETE /v1/tenants/{t}/users/{id}: /var/lib/licaudit: disk I/O error");
}

TEST(router_test, turns_failures_into_problems) {
  sample_api api;
  api.rooms.fails = failure{errc::conflict, "the plan is out of date"};
  EXPECT_EQ(api.problem_of(method::post, "/v1/apply", R"({"all":true})"), "409 the plan is out of date");
  api.rooms.fails = failure{errc::refused, "not switchable"};
  EXPECT_EQ(api.problem_of(method::remove, "/v1/tenants/contoso/factors/ump/f"), "422 not switchable");
}

TEST(paging_test, refuses_pages_that_make_no_sense) {
  sample_api api;
  for (const char* limit : {"0", "1001", "-1", "x", "", "1.5", "99999999999999999999"}) {
    EXPECT_THAT(api.problem_of(method::get, std::string("/v1/tenants?limit=") + limit), HasSubstr("400 limit"));
  }
  EXPECT_THAT(api.problem_of(method::get, "/v1/operations?after=x"), HasSubstr("400 after"));
  EXPECT_EQ(api.status(method::get, "/v1/tenants?limit=1000"), 200);
}

}  // namespace
}  // namespace licaudit::api

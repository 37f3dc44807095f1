// Every answer keeps what its schema in openapi.json promises.
#include "sample_api.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

std::string type_of(const json::value& value) {
  if (value.is_null()) return "null";
  if (value.is_bool()) return "boolean";
  if (value.is_int64() || value.is_uint64()) return "integer";
  if (value.is_double()) return "number";
  if (value.is_string()) return "string";
  return value.is_array() ? "array" : "object";
}

bool is_one_of(const json::value& types, const std::string& type) {
  if (types.is_string()) return types.as_string() == type;
  for (const json::value& one : types.as_array()) {
    if (one.as_string() == type) return true;
  }
  return false;
}

/// The part of JSON Schema that our schemas use. Members that a schema does not name are errors: whoever adds one to an
/// answer describes it.
class schema_check {
 public:
  std::vector<std::string> problems;

  void check(const json::value& value, const json::value& schema, const std::string& path) {
    const json::object& rules = schema.as_object();
    if (const json::value* type = rules.if_contains("type"); type != nullptr && !is_one_of(*type, type_of(value))) {
      problems.push_back(path + ": is a " + type_of(value) + ", not " + json::serialize(*type));
    }
    if (const json::value* allowed = rules.if_contains("enum")) check_enum(value, allowed->as_array(), path);
    if (const json::value* only = rules.if_contains("const"); only != nullptr && *only != value) {
      problems.push_back(path + ": is not the constant");
    }
    if (value.is_object()) check_object(value.as_object(), rules, path);
    if (value.is_array() && rules.contains("items")) {
      for (const json::value& one : value.as_array()) check(one, rules.at("items"), path + "[]");
    }
  }

 private:
  void check_enum(const json::value& value, const json::array& allowed, const std::string& path) {
    for (const json::value& one : allowed) {
      if (one == value) return;
    }
    problems.push_back(path + ": " + json::serialize(value) + " is none of " + json::serialize(allowed));
  }

  void check_object(const json::object& value, const json::object& rules, const std::string& path) {
    if (const json::value* required = rules.if_contains("required")) {
      for (const json::value& name : required->as_array()) {
        if (!value.contains(name.as_string())) problems.push_back(path + ": lacks " + std::string(name.as_string()));
      }
    }
    const json::value* properties = rules.if_contains("properties");
    if (properties == nullptr) return;
    for (const auto& member : value) {
      const json::value* of = properties->as_object().if_contains(member.key());
      if (of == nullptr) problems.push_back(path + ": " + std::string(member.key()) + " is not described");
      if (of != nullptr) check(member.value(), *of, path + "." + std::string(member.key()));
    }
  }
};

/// Asks, and checks the answer against the schema of the route in openapi.json.
void expect_described(sample_api& api, method how, const std::string& target, const std::string& route_path,
                      const std::string& verb, std::string body = {}) {
  const json::value document = api.get("/v1/openapi.json");
  const json::value& schema = document.at("paths")
                                  .at(route_path)
                                  .at(verb)
                                  .at("responses")
                                  .at("200")
                                  .at("content")
                                  .at("application/json")
                                  .at("schema");
  schema_check check;
  check.check(api.ask_json(how, target, std::move(body)), schema, target);
  for (const std::string& problem : check.problems) ADD_FAILURE() << problem;
}

void fill(sample_house& rooms) {
  rooms.before = sample_entry(10, "2026-10-20T00:00:00Z", 90);
  rooms.entries.push_back(sample_entry(11, "2026-11-01T00:10:00Z", 95));
  sync::source_state teams;
  teams.source = "teams";
  source_run run;
  run.id = 7;
  run.source = "teams";
  run.left_out["soft-deleted"] = 12;
  teams.last_run = run;
  rooms.sources.push_back(teams);
  rooms.known_runs.push_back(run);
  rooms.seen->held.push_back({"teams", "contoso", 7, "reason"});
  finding over;
  over.kind = "over-use";
  over.tenant = "contoso";
  rooms.seen->findings.push_back(over);
  operation one;
  one.sequence = 1;
  one.type = "factor";
  rooms.logged.push_back(one);
  rooms.then.text = "{}";
  ledger::dated_subject ann;
  ann.key = "k";
  ann.value.name = {"contoso", subject_kind::user, "ann"};
  rooms.inventory.subjects.push_back(ann);
  rooms.inventory.holdings.push_back({0, "ump", "", {}, {}});
  rooms.plan.id = "p1";
}

class schema_test : public testing::Test {
 protected:
  schema_test() { fill(api.rooms); }
  sample_api api;
};

TEST_F(schema_test, of_status_and_tenants_holds) {
  expect_described(api, method::get, "/v1/status", "/v1/status", "get");
  expect_described(api, method::get, "/v1/tenants", "/v1/tenants", "get");
  expect_described(api, method::patch, "/v1/tenants/contoso", "/v1/tenants/{t}", "patch", R"({"name":"x"})");
  api.rooms.known_facts.deletion_secret_sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  api.deletion_secret = "test";
  expect_described(api, method::remove, "/v1/tenants/contoso", "/v1/tenants/{t}", "delete");
}

TEST_F(schema_test, of_reports_and_moves_holds) {
  expect_described(api, method::get, "/v1/tenants?columns=tenant,country,ump.licensed", "/v1/tenants", "get");
  audit::relocation::licence ump;
  ump.licence = "ump";
  ump.acquired_to = 5;
  ump.factors = {{"direct-routing", 0, 0, 1, 2}};
  api.rooms.moved = {"contoso",
                     "albion",
                     "northwind",
                     {},
                     {{"albion", {ump}}},
                     {{"albion", "ump", pool{}, {}}},
                     {{"contoso", "ump", "direct-routing", true, false}},
                     {{"contoso", "UTC", "Asia/Tokyo"}},
                     {{"contoso", false, true}}};
  const std::string path = "/v1/tenants/{t}/move", target = "/v1/tenants/contoso/move";
  expect_described(api, method::post, target, path, "post", R"({"to":"northwind"})");
  expect_described(api, method::post, target, path, "post", R"({"to":"northwind","dry_run":true})");
  expect_described(api, method::post, target, path, "post", R"({"to":"northwind","effective":"2030-01-01"})");
  expect_described(api, method::remove, target, path, "delete");
  auto planned = sample_tenant("contoso", "albion", tenant_type::customer, 0);
  planned->decided.change().planned =
      ledger::stored_move{"contoso", "northwind", sample_now, 17, "north", "it is impossible"};
  api.rooms.seen->tenants["contoso"] = planned;
  expect_described(api, method::get, "/v1/tenants/contoso", "/v1/tenants/{t}", "get");
}

TEST_F(schema_test, of_one_tenant_holds) {
  const std::string path = "/v1/tenants/{t}";
  expect_described(api, method::get, "/v1/tenants/contoso", path, "get");
  expect_described(api, method::get, "/v1/tenants/host", path, "get");
}

TEST_F(schema_test, of_licences_holds) {
  expect_described(api, method::get, "/v1/tenants/contoso/licences", "/v1/tenants/{t}/licences", "get");
  auto fresh = sample_tenant("contoso", "albion", tenant_type::customer, 0);
  fresh->calculated.reset();
  fresh->tally.change().licences[0].acquired.reset();
  fresh->tally.change().licences[0].factors[0].factor = "left-the-rules";
  fresh->tally.change().licences[0].factors[1].configured.reset();
  api.rooms.seen->tenants["contoso"] = fresh;
  expect_described(api, method::get, "/v1/tenants/contoso/licences", "/v1/tenants/{t}/licences", "get");
}

TEST_F(schema_test, of_history_holds) {
  for (const char* by : {"calculation", "change", "day", "month"}) {
    expect_described(api, method::get, std::string("/v1/tenants/contoso/history?by=") + by, "/v1/tenants/{t}/history",
                     "get");
  }
}

TEST_F(schema_test, of_bills_holds) {
  observation held;
  held.at = sample_now - std::chrono::hours(1);
  held.sequence = 80;
  held.state = tally_state::held;
  observation sound = held;
  sound.at -= std::chrono::hours(1);
  sound.state = tally_state::ok;
  observed_tenant contoso;
  contoso.tenant = "contoso";
  contoso.places = {{sound.at, "albion"}};
  contoso.licences["ump"] = {sound, held};
  contoso.licences["storage"] = {held};
  observed_tenant albion = contoso;
  albion.tenant = "albion";
  albion.places = {{sound.at, "host"}};
  api.rooms.observed.tenants = {albion, contoso};
  api.rooms.observed.quiet = {{sound.at, held.at}};
  expect_described(api, method::get, "/v1/bills?month=2026-11", "/v1/bills", "get");
}

TEST_F(schema_test, of_closed_and_corrected_bills_and_of_rulings_holds) {
  observation held;
  held.at = parse_rfc3339("2026-10-01T00:00:00Z").value();
  held.sequence = 7;
  held.licensed = 9;
  held.state = tally_state::held;
  observed_tenant contoso;
  contoso.tenant = "contoso";
  contoso.places = {{held.at, "host"}};
  contoso.licences["ump"] = {held};
  api.rooms.observed.tenants = {contoso};
  api.rooms.observed.known_until = instant::max();
  const auto rule = [this](const std::string& what, const std::string& body) {
    const std::string path = "/v1/bills/{month}/" + what;
    expect_described(api, method::post, "/v1/bills/2026-10/" + what, path, "post", body);
  };
  rule("accept", R"({"tenant":"contoso","licence":"ump","at":"2026-10-05"})");
  rule("correct", R"({"tenant":"contoso","licence":"ump","quantity":3,"reason":"x"})");
  rule("close", "{}");
  ASSERT_EQ(api.rooms.bill_decisions.size(), 3U);
  auto& papers = api.rooms.observed.papers;
  papers.accepted = api.rooms.bill_decisions[0].papers.accepted;
  papers.corrected = api.rooms.bill_decisions[1].papers.corrected;
  papers.closed = api.rooms.bill_decisions[2].papers.closed;
  expect_described(api, method::get, "/v1/bills?month=2026-10&tenant=contoso", "/v1/bills", "get");
}

TEST_F(schema_test, of_subjects_holds) {
  expect_described(api, method::get, "/v1/tenants/contoso/subjects", "/v1/tenants/{t}/subjects", "get");
  for (const std::string plural : {"users", "numbers"}) {
    const std::string path = "/v1/tenants/{t}/" + plural + "/{id}";
    expect_described(api, method::put, "/v1/tenants/contoso/" + plural + "/x", path, "put", R"({"fields":{"a":"b"}})");
    expect_described(api, method::remove, "/v1/tenants/contoso/" + plural + "/x", path, "delete");
  }
}

TEST_F(schema_test, of_backups_holds) {
  expect_described(api, method::post, "/v1/backup", "/v1/backup", "post", R"({"path":"/srv/l.db"})");
}

TEST_F(schema_test, of_switches_and_apply_holds) {
  const std::string path = "/v1/tenants/{t}/factors/{licence}/{factor}";
  expect_described(api, method::put, "/v1/tenants/contoso/factors/ump/lifecycle-management", path, "put",
                   R"({"on":true})");
  expect_described(api, method::remove, "/v1/tenants/contoso/factors/ump/other", path, "delete");
  expect_described(api, method::post, "/v1/apply", "/v1/apply", "post", R"({"all":true})");
  expect_described(api, method::post, "/v1/apply", "/v1/apply", "post", R"({"all":true,"dry_run":true})");
  api.rooms.outcome.calculation.reset();
  expect_described(api, method::post, "/v1/apply", "/v1/apply", "post", R"({"all":true})");
}

TEST_F(schema_test, of_sources_findings_and_operations_holds) {
  expect_described(api, method::get, "/v1/sources", "/v1/sources", "get");
  expect_described(api, method::get, "/v1/sources/teams/runs", "/v1/sources/{s}/runs", "get");
  expect_described(api, method::post, "/v1/sources/teams/accept", "/v1/sources/{s}/accept", "post", R"({"run":7})");
  expect_described(api, method::get, "/v1/findings", "/v1/findings", "get");
  finding seen;
  seen.kind = "failed-criterion";
  seen.tenant = seen.site = seen.licence = seen.factor = seen.subject = seen.source = "contoso";
  seen.acknowledged = acknowledgement{sample_now + std::chrono::hours(1), "north", "ordered"};
  api.rooms.seen->findings.push_back(seen);
  expect_described(api, method::get, "/v1/findings", "/v1/findings", "get");
  expect_described(api, method::post, "/v1/findings/" + finding_id(seen) + "/acknowledge",
                   "/v1/findings/{id}/acknowledge", "post", R"({"until":"+1d","reason":"ordered"})");
  expect_described(api, method::get, "/v1/operations", "/v1/operations", "get");
}

TEST_F(schema_test, of_rules_reload_and_verify_holds) {
  expect_described(api, method::get, "/v1/rules", "/v1/rules", "get");
  expect_described(api, method::get, "/v1/rules?at=2026-10-01", "/v1/rules", "get");
  expect_described(api, method::post, "/v1/reload", "/v1/reload", "post");
  expect_described(api, method::post, "/v1/verify", "/v1/verify", "post");
}

TEST(schema_check_test, finds_what_it_is_there_to_find) {
  schema_check check;
  const json::value schema = parse_json(R"({"type":"object","required":["a"],"properties":{"b":{"type":"integer"},
    "c":{"enum":["x"]},"d":{"const":true},"e":{"type":"array","items":{"type":"string"}}}})")
                                 .value();
  check.check(parse_json(R"({"b":"x","c":"y","d":false,"e":[1],"f":1})").value(), schema, "");
  EXPECT_EQ(check.problems.size(), 6U);
}

}  // namespace
}  // namespace licaudit::api

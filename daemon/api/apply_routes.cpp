#include "daemon/api/apply_page.hpp"
#include "daemon/api/json_text.hpp"
#include "daemon/api/router.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/tenant_json.hpp"

#include <algorithm>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr const char* switch_schema = R"({"type":"object","required":["on"],"properties":{"on":{"type":"boolean"}},
  "additionalProperties":false})";
constexpr const char* switched_schema = R"({"type":"object","properties":{"tenant":{"type":"string"},
  "licence":{"type":"string"},"factor":{"type":"string"},"on":{"type":"boolean"},"own":{"type":["boolean","null"]},
  "pending":{"type":["boolean","null"]},"text":{"type":"string"},"operation":{"type":"integer"},
  "calculation":{"type":"object"}}})";
constexpr const char* apply_schema = R"({"type":"object","properties":{"tenants":{"type":"array",
  "items":{"type":"string"}},"all":{"type":"boolean"},"rules":{"type":"boolean"},"dry_run":{"type":"boolean"},
  "plan":{"type":"string"}},"additionalProperties":false})";
constexpr const char* applied_schema = R"({"type":"object","properties":{"plan":{"type":"string"},
  "tenants":{"type":"array","items":{"type":"object","properties":{"tenant":{"type":"string"},
    "licences":{"type":"array","items":{"type":"object","properties":{"licence":{"type":"string"},
      "licensed":{"type":"array","items":{"type":"integer"}},
      "factors":{"type":"array","items":{"type":"object","properties":{"factor":{"type":"string"},
        "from":{"type":"array","items":{"type":"integer"}},"to":{"type":"array","items":{"type":"integer"}}}}}}}},
    "moved":{"type":"integer"}}}},
  "rules":{"type":["object","null"]},"pending_switches":{"type":"array","items":{"type":"object"}},
  "calculation":{"type":["object","null"]},"operation":{"type":"integer"}}})";

std::string pending_text(const std::string& tenant, const std::string& factor, const audit::switch_view& now) {
  if (!now.pending) return factor + " is " + (now.on ? "on" : "off") + " for " + tenant;
  return factor + " will be " + (*now.pending ? "on" : "off") + " for " + tenant + "; pending until: licaudit apply " +
         tenant;
}

/// A switch of a tenant that has none of its own in the view, such as a node above customers.
audit::switch_view switch_of(const audit::view& seen, const std::string& tenant, const std::string& licence,
                             const std::string& factor, std::optional<bool> asked) {
  const audit::tenant_view* of = seen.find(tenant);
  if (of != nullptr) {
    const auto is_it = [&](const audit::switch_view& s) { return s.licence == licence && s.factor == factor; };
    const auto one = std::find_if(of->switches->begin(), of->switches->end(), is_it);
    if (one != of->switches->end()) return *one;
  }
  audit::switch_view unknown;
  unknown.pending = asked;
  return unknown;
}

answer_of_handler set_switch(const house& all, const call& asked, std::optional<bool> on) {
  const std::string& tenant = asked.parameter("t");
  const std::string& licence = asked.parameter("licence");
  const std::string& factor = asked.parameter("factor");
  const auto done = co_await all.audit.set_switch(tenant, licence, factor, on, asked.caller());
  if (!done) co_return done.error();
  const auto seen = all.audit.view();
  const audit::switch_view now = switch_of(*seen, tenant, licence, factor, on);
  json_text out;
  out.begin_object().member("tenant", tenant).member("licence", licence).member("factor", factor);
  out.member("on", now.on).member("own", now.own).member("pending", now.pending);
  out.member("text", pending_text(tenant, factor, now));
  add_done(out, *done);
  out.end_object();
  co_return json_answer(out.take());
}

answer_of_handler put_switch(const house& all, const call& asked) {
  const auto body = asked.body();
  if (!body) co_return body.error();
  json_reader in(*body, "factor");
  const json::value* on = in.optional_value("on");
  if (on == nullptr || !on->is_bool()) in.refuse("on", "true or false");
  if (auto wrong = in.finish()) co_return *wrong;
  co_return co_await set_switch(all, asked, on->as_bool());
}

/// What the body of an Apply says.
struct apply_question {
  audit::apply_request request{};
  bool dry_run = false;
  std::string plan{};
};

result<apply_question> question_of(const call& asked) {
  const auto body = asked.body();
  if (!body) return body.error();
  json_reader in(*body, "apply");
  apply_question question;
  const json::array* tenants = in.optional_array("tenants");
  question.request.all = in.optional_flag("all", false);
  question.request.rules = in.optional_flag("rules", false);
  question.dry_run = in.optional_flag("dry_run", false);
  question.plan = in.optional_text("plan");
  for (const json::value& one : tenants != nullptr ? *tenants : json::array()) {
    if (one.is_string()) question.request.tenants.emplace_back(one.as_string());
    if (!one.is_string()) in.refuse("tenants", "a list of ids");
  }
  if (auto wrong = in.finish()) return *wrong;
  const bool names = !question.request.tenants.empty();
  if (!question.plan.empty() && (names || question.request.all || question.request.rules || question.dry_run)) {
    return failure{errc::malformed, "a plan stands alone: it says already what is applied"};
  }
  if (question.plan.empty() && names == question.request.all) {
    return failure{errc::malformed, "name the tenants in `tenants`, or say `all`: one of both"};
  }
  return question;
}

/// For a caller who may not do it everywhere, `all` is all that he may.
result<audit::apply_request> permitted(const call& asked, audit::apply_request what) {
  if (what.rules && !asked.may_operate()) throw lacking_right{access::right::operate, {}};
  if (what.all && !asked.who().may_everywhere(access::right::switch_factors, asked.tree())) {
    what.all = false;
    what.tenants = asked.who().tenants_with(access::right::switch_factors, asked.tree());
  }
  for (const std::string& tenant : what.tenants) {
    if (auto granted = require(asked, access::right::switch_factors, tenant); !granted) return granted.error();
  }
  return what;
}

answer_of_handler apply_plan(const house& all, const call& asked, std::string plan) {
  auto about = co_await all.audit.request_of_plan(plan);
  if (!about) co_return about.error();
  const auto allowed = permitted(asked, *about);
  if (!allowed) co_return allowed.error();
  if (about->all != allowed->all) throw lacking_right{access::right::switch_factors, {}};
  const auto done = co_await all.audit.apply_plan(plan, asked.caller());
  if (!done) co_return done.error();
  co_return json_answer(apply_page(done->plan, done->outcome));
}

answer_of_handler apply(const house& all, const call& asked) {
  const auto question = question_of(asked);
  if (!question) co_return question.error();
  if (!question->plan.empty()) co_return co_await apply_plan(all, asked, question->plan);
  auto request = permitted(asked, question->request);
  if (!request) co_return request.error();
  if (question->dry_run) {
    const auto plan = co_await all.audit.dry_run(*request);
    if (!plan) co_return plan.error();
    co_return json_answer(apply_page(*plan));
  }
  const auto done = co_await all.audit.apply(*request, asked.caller());
  if (!done) co_return done.error();
  co_return json_answer(apply_page(done->plan, done->outcome));
}

}  // namespace

void add_apply_routes(route_table& routes, const house& all) {
  route put;
  put.method = method::put;
  put.path = "/v1/tenants/{t}/factors/{licence}/{factor}";
  put.right = access::right::switch_factors;
  put.summary = "Switch a factor; pending until Apply";
  put.request_schema = switch_schema;
  put.response_schema = switched_schema;
  put.handler = [all](const call& asked) { return put_switch(all, asked); };
  routes.add(std::move(put));

  route restore;
  restore.method = method::remove;
  restore.path = "/v1/tenants/{t}/factors/{licence}/{factor}";
  restore.right = access::right::switch_factors;
  restore.summary = "Restore the default of a factor's switch; pending until Apply";
  restore.response_schema = switched_schema;
  restore.handler = [all](const call& asked) { return set_switch(all, asked, std::nullopt); };
  routes.add(std::move(restore));

  route all_of_it;
  all_of_it.method = method::post;
  all_of_it.path = "/v1/apply";
  all_of_it.right = access::right::switch_factors;
  all_of_it.summary =
      "Apply licence factors: make pending switches, and with `rules` pending rules, effective; or plan it";
  all_of_it.request_schema = apply_schema;
  all_of_it.response_schema = applied_schema;
  all_of_it.handler = [all](const call& asked) { return apply(all, asked); };
  routes.add(std::move(all_of_it));
}

}  // namespace licaudit::api

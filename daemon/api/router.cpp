#include "daemon/api/router.hpp"

#include "daemon/api/problem.hpp"
#include "model/names.hpp"

#include <algorithm>
#include <exception>
#include <string>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string path_text(const request& asked) {
  std::string text;
  for (const std::string& segment : asked.path) text += "/" + segment;
  return text.empty() ? "/" : text;
}

failure no_such_tenant(std::string_view tenant) {
  return {errc::unknown, "there is no tenant " + std::string(tenant) + "; GET /v1/tenants lists those you may see"};
}

/// What is wrong with the query or the body before any handler looks at it.
std::optional<response> check_form(const route& to, const request& asked) {
  std::vector<std::string> unknown;
  for (const auto& one : asked.query) {
    const auto known = [&one](const query_parameter& p) { return p.name == one.first; };
    if (!std::any_of(to.query.begin(), to.query.end(), known)) unknown.push_back(one.first);
  }
  if (!unknown.empty()) {
    std::string knows;
    for (const query_parameter& one : to.query) knows += (knows.empty() ? "" : ", ") + std::string(one.name);
    return problem(
        400, "unknown query parameter " + joined(unknown) + "; this route knows " + (knows.empty() ? "none" : knows));
  }
  if (!to.request_schema.empty() && !to.body_optional && asked.method != method::get && !asked.has_length &&
      asked.body.empty()) {
    return problem(411, "send a JSON object as body, with Content-Length");
  }
  return std::nullopt;
}

/// An attempt at a decision, and no question: not even what a decision would do.
bool would_decide(const call& asked) {
  const method how = asked.asked().method;
  if (how == method::get || how == method::head) return false;
  const auto body = asked.body();
  if (!body) return true;
  const json::value* dry_run = body->as_object().if_contains("dry_run");
  return dry_run == nullptr || *dry_run != json::value(true);
}

/// The one that it is about: of the path, else of the body, as with bills.
std::string tenant_of(const call& asked) {
  if (!asked.parameter("t").empty()) return asked.parameter("t");
  const auto body = asked.body();
  const json::value* named = body ? body->as_object().if_contains("tenant") : nullptr;
  return named != nullptr && named->is_string() ? std::string(named->as_string()) : std::string();
}

}  // namespace

result<void> require(const call& on_its_way, access::right what, std::string_view tenant) {
  switch (on_its_way.who().may(what, tenant, on_its_way.tree())) {
    case access::decision::granted:
      return {};
    case access::decision::hidden:
      return no_such_tenant(tenant);
    case access::decision::refused:
      break;
  }
  throw lacking_right{what, std::string(tenant)};
}

router::router(route_table routes, router_wiring wiring) : routes_(std::move(routes)), wiring_(std::move(wiring)) {}

reply router::answer(const request& asked) {
  const instant now = wiring_.now();
  call on_its_way(asked, known_.standing_of(asked.caller, wiring_.policy(), now), wiring_.view(), now);
  const route_match match = routes_.find(asked.method, asked.path);
  if (auto refused = check(match, on_its_way)) return std::move(*refused);
  if (match.found->at_once) return answer_at_once(*match.found, on_its_way);
  return run_handler(*match.found, std::move(on_its_way));
}

std::optional<response> router::check(const route_match& match, call& on_its_way) {
  const request& asked = on_its_way.asked();
  if (!on_its_way.who().is_known()) return forbid(match.found, on_its_way, access::right::status);
  if (match.found == nullptr && match.allowed.empty()) {
    return problem(404, "there is no " + path_text(asked) + "; GET /v1/openapi.json lists what there is");
  }
  if (match.found == nullptr) {
    response answer = problem(405, path_text(asked) + " knows " + joined(match.allowed));
    answer.headers.emplace_back("Allow", joined(match.allowed));
    return answer;
  }
  on_its_way.set_parameters(match.parameters);
  if (auto refused = check_tenant(*match.found, on_its_way)) return refused;
  return check_form(*match.found, asked);
}

std::optional<response> router::check_tenant(const route& to, const call& on_its_way) {
  const std::string& tenant = on_its_way.parameter("t");
  if (tenant.empty()) {
    if (on_its_way.who().may_somewhere(to.right, on_its_way.tree())) return std::nullopt;
    return forbid(&to, on_its_way, to.right);
  }
  const auto decided = to.looks_back ? on_its_way.may_look_back(to.right, tenant)
                                     : on_its_way.who().may(to.right, tenant, on_its_way.tree());
  switch (decided) {
    case access::decision::granted:
      return std::nullopt;
    case access::decision::refused:
      return forbid(&to, on_its_way, to.right);
    case access::decision::hidden:
      break;
  }
  return problem(no_such_tenant(tenant));
}

response router::forbid(const route* to, const call& on_its_way, access::right what) {
  const request& asked = on_its_way.asked();
  const bool known = on_its_way.who().is_known();
  const std::string wish =
      on_its_way.caller() + " may not " + (known ? std::string(access::to_text(what)) : "use licaudit");
  log_refused(to, on_its_way, wish);
  if (!known && asked.caller.door == access::door::listener) {
    response answer = problem(401, on_its_way.who().unknown_because());
    answer.headers.emplace_back("WWW-Authenticate", asked.caller.token
                                                        ? R"(Bearer realm="licaudit", error="invalid_token")"
                                                        : R"(Bearer realm="licaudit")");
    return answer;
  }
  return problem(403, wish + "; a provider can grant it in `access` of licauditd.yaml");
}

void router::log_refused(const route* to, const call& on_its_way, const std::string& why) {
  const auto swallowed = throttle_.admit(on_its_way.caller(), on_its_way.now());
  if (!swallowed) return;
  operation refused;
  refused.at = on_its_way.now();
  refused.type = "refused";
  refused.caller = on_its_way.caller();
  const std::string tenant = tenant_of(on_its_way);
  if (on_its_way.tree().exists(tenant)) refused.tenant = tenant;
  // The template and not the path: no name of a person may come into the hash chain.
  refused.text = std::string(to_text(on_its_way.asked().method)) + " " + (to != nullptr ? to->path : "of no route");
  if (!why.empty()) refused.text += ": " + why;
  if (*swallowed != 0) refused.text += "; " + std::to_string(*swallowed) + " more were not logged";
  wiring_.refused(std::move(refused));
}

response router::refuse(const route& to, const call& on_its_way, const failure& why) {
  const bool by_rule = why.code == errc::malformed || why.code == errc::unknown || why.code == errc::refused ||
                       why.code == errc::conflict;
  if (by_rule && would_decide(on_its_way)) {
    log_refused(&to, on_its_way, to.names_subjects ? std::string() : why.detail);
  }
  return problem(why);
}

/// Where a handler has more to say than a failure can, as a reload with all its errors.
void router::note_refusal(const route& to, const call& on_its_way, const response& answer) {
  if (answer.status < 400 || answer.status >= 500 || !would_decide(on_its_way)) return;
  const auto body = parse_json(answer.text());
  const json::value* detail = body && body->is_object() ? body->as_object().if_contains("detail") : nullptr;
  const bool said = detail != nullptr && detail->is_string() && !to.names_subjects;
  log_refused(&to, on_its_way, said ? std::string(detail->as_string()) : std::string());
}

response router::answer_at_once(const route& to, const call& on_its_way) {
  try {
    auto made = to.at_once(on_its_way);
    if (!made) return refuse(to, on_its_way, made.error());
    note_refusal(to, on_its_way, *made);
    return std::move(*made);
  } catch (...) {
    return what_was_thrown(to, on_its_way, std::current_exception());
  }
}

asio::awaitable<response> router::run_handler(const route& to, call on_its_way) {
  try {
    auto made = co_await to.handler(on_its_way);
    if (!made) co_return refuse(to, on_its_way, made.error());
    note_refusal(to, on_its_way, *made);
    co_return std::move(*made);
  } catch (...) {
    co_return what_was_thrown(to, on_its_way, std::current_exception());
  }
}

response router::what_was_thrown(const route& to, const call& on_its_way, const std::exception_ptr& thrown) {
  std::string broken;
  try {
    std::rethrow_exception(thrown);
  } catch (const lacking_right& lack) {
    return forbid(&to, on_its_way, lack.what);
  } catch (const std::exception& error) {
    broken = error.what();
  } catch (...) {
    broken = "unknown exception";
  }
  wiring_.report(std::string(to_text(to.method)) + " " + to.path + ": " + broken);
  return problem(500, "licauditd could not do this; its journal says why");
}

}  // namespace licaudit::api

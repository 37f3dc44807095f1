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

asio::awaitable<response> router::answer(const request& asked) {
  const instant now = wiring_.now();
  call on_its_way(asked, wiring_.policy()->standing_of(asked.caller, now), wiring_.view(), now);
  const route_match match = routes_.find(asked.method, asked.path);
  if (auto refused = check(match, on_its_way)) co_return std::move(*refused);
  co_return co_await run_handler(*match.found, on_its_way);
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
  for (const auto& one : match.parameters) on_its_way.set_parameter(one.first, one.second);
  if (auto refused = check_tenant(*match.found, on_its_way)) return refused;
  return check_form(*match.found, asked);
}

std::optional<response> router::check_tenant(const route& to, const call& on_its_way) {
  const std::string& tenant = on_its_way.parameter("t");
  if (tenant.empty()) {
    if (on_its_way.who().may_somewhere(to.right, on_its_way.tree())) return std::nullopt;
    return forbid(&to, on_its_way, to.right);
  }
  switch (on_its_way.who().may(to.right, tenant, on_its_way.tree())) {
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
  if (const auto swallowed = throttle_.admit(asked.caller.uid, on_its_way.now())) {
    operation refused;
    refused.at = on_its_way.now();
    refused.type = "refused";
    refused.caller = on_its_way.caller();
    const std::string& tenant = on_its_way.parameter("t");
    if (on_its_way.tree().exists(tenant)) refused.tenant = tenant;
    // The template and not the path: no name of a person may come into the hash chain.
    refused.text = std::string(to_text(asked.method)) + " " + (to != nullptr ? to->path : "of no route") + ": " + wish;
    if (*swallowed != 0) refused.text += "; " + std::to_string(*swallowed) + " more were not logged";
    wiring_.refused(std::move(refused));
  }
  return problem(403, wish + "; a provider can grant it in `access` of licauditd.yaml");
}

asio::awaitable<response> router::run_handler(const route& to, const call& on_its_way) {
  // Nothing can be awaited in a catch clause, so that what was caught is carried out of it.
  std::string broken;
  try {
    auto made = co_await to.handler(on_its_way);
    if (!made) co_return problem(made.error());
    co_return std::move(*made);
  } catch (const lacking_right& lack) {
    co_return forbid(&to, on_its_way, lack.what);
  } catch (const std::exception& error) {
    broken = error.what();
  } catch (...) {
    broken = "unknown exception";
  }
  wiring_.report(std::string(to_text(to.method)) + " " + to.path + ": " + broken);
  co_return problem(500, "licauditd could not do this; its journal says why");
}

}  // namespace licaudit::api

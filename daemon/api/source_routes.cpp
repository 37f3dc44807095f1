#include "daemon/api/json_text.hpp"
#include "daemon/api/paging.hpp"
#include "daemon/api/refresh_stream.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/status_page.hpp"
#include "daemon/api/tenant_json.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr const char* refresh_schema = R"({"type":"object","properties":{"sources":{"type":"array",
  "items":{"type":"string"}}},"additionalProperties":false})";
constexpr const char* accept_schema = R"({"type":"object","properties":{"run":{"type":"integer"},
  "tenants":{"type":"array","items":{"type":"string"}}},"additionalProperties":false})";
constexpr const char* accepted_schema = R"({"type":"object","properties":{"source":{"type":"string"},
  "run":{"type":["integer","null"]},"tenants":{"type":"array","items":{"type":"string"}},
  "left":{"type":"boolean"},"operation":{"type":"integer"},"calculation":{"type":"object"}}})";
constexpr const char* runs_schema = R"({"type":"object","properties":{"source":{"type":"string"},
  "runs":{"type":"array","items":{"type":"object"}},"next":{"type":["string","null"]}}})";
constexpr const char* line_schema = R"({"type":"object","required":["kind"],"properties":{
  "kind":{"enum":["progress","result","problem"]}}})";

bool is_known(const house& all, const std::string& source) {
  const auto states = all.sources.states();
  return std::any_of(states.begin(), states.end(), [&](const sync::source_state& s) { return s.source == source; });
}

failure no_such_source(const std::string& source) {
  return {errc::unknown, "there is no source " + source + "; see: licaudit sources"};
}

result<std::vector<std::string>> texts_of(json_reader& in, std::string_view key) {
  std::vector<std::string> texts;
  const json::array* list = in.optional_array(key);
  if (list == nullptr) return texts;
  for (const json::value& one : *list) {
    if (!one.is_string()) return failure{errc::malformed, std::string(key) + ": expected a list of names"};
    texts.emplace_back(one.as_string());
  }
  return texts;
}

answer_of_handler refresh(const house& all, const call& asked) {
  const auto body = asked.body();
  if (!body) co_return body.error();
  json_reader in(*body, "refresh");
  auto sources = texts_of(in, "sources");
  if (!sources) co_return sources.error();
  if (auto wrong = in.finish()) co_return *wrong;
  for (const std::string& one : *sources) {
    if (!is_known(all, one)) co_return no_such_source(one);
  }
  response answer;
  answer.lines = refresh_lines(all, std::move(*sources), asked.caller());
  co_return answer;
}

answer_of_handler list_runs(const house& all, const call& asked) {
  const std::string source = asked.parameter("s");
  const auto page = page_of(asked);
  if (!page) co_return page.error();
  const auto before = number_after(*page);
  if (!before) co_return before.error();
  const auto runs = co_await all.ledger.runs(source, *before, page->limit);
  if (!runs) co_return runs.error();
  // A source that left the settings still has its runs.
  if (runs->empty() && *before == 0 && !is_known(all, source)) co_return no_such_source(source);
  json_text out;
  out.begin_object().member("source", source).key("runs").begin_array();
  for (const source_run& one : *runs) out.raw(json::serialize(run_json(one)));
  const bool more = runs->size() == page->limit && runs->back().id > 1;
  out.end_array().text_or_null("next", more ? std::to_string(runs->back().id) : std::string()).end_object();
  co_return json_answer(out.take());
}

/// A source that left the settings and whose inventory has not left yet.
bool is_abandoned(const audit::view& seen, const std::string& source) {
  return std::any_of(seen.findings.begin(), seen.findings.end(),
                     [&](const finding& one) { return one.kind == "unconfigured-source" && one.source == source; });
}

/// The tenants that are held of a source, of one run or of any.
std::vector<std::string> held_tenants(const audit::view& seen, const std::string& source, std::int64_t run) {
  std::vector<std::string> tenants;
  for (const audit::held_view& one : seen.held) {
    if (one.source == source && (run == 0 || one.run == run)) tenants.push_back(one.tenant);
  }
  return tenants;
}

answer_of_handler accept(const house& all, const call& asked) {
  const std::string source = asked.parameter("s");
  const auto body = asked.body();
  if (!body) co_return body.error();
  json_reader in(*body, "accept");
  const auto run = in.optional_integer("run");
  auto tenants = texts_of(in, "tenants");
  if (!tenants) co_return tenants.error();
  if (auto wrong = in.finish()) co_return *wrong;
  const auto held = tenants->empty() ? held_tenants(asked.view(), source, run.value_or(0)) : *tenants;
  const bool abandoned = is_abandoned(asked.view(), source);
  if (held.empty() && !abandoned && !is_known(all, source)) co_return no_such_source(source);
  const auto done = co_await all.audit.accept(source, run.value_or(0), *tenants, asked.caller());
  if (!done) co_return done.error();
  all.sources.accepted(source);
  json_text out;
  out.begin_object().member("source", source).member("run", run).member("tenants", held).member("left", abandoned);
  add_done(out, *done);
  out.end_object();
  co_return json_answer(out.take());
}

void add_reading(route_table& routes, const house& all) {
  route states;
  states.path = "/v1/sources";
  states.right = access::right::inspect;
  states.summary = "Where the inventory comes from, and how that goes";
  states.response_schema = R"({"type":"object","properties":{"sources":{"type":"array","items":{"type":"object"}}}})";
  states.at_once = [all](const call& asked) -> result<response> {
    return json_answer(sources_page(asked.view(), all.sources.states()));
  };
  routes.add(std::move(states));

  route runs;
  runs.path = "/v1/sources/{s}/runs";
  runs.right = access::right::inspect;
  runs.summary = "The runs of one source, newest first";
  runs.query = {limit_parameter, after_parameter};
  runs.response_schema = runs_schema;
  runs.handler = [all](const call& asked) { return list_runs(all, asked); };
  routes.add(std::move(runs));
}

}  // namespace

void add_source_routes(route_table& routes, const house& all) {
  add_reading(routes, all);

  route run;
  run.method = method::post;
  run.path = "/v1/refresh";
  run.right = access::right::operate;
  run.summary = "Run sources now and calculate; answers line by line, the last one is the result";
  run.request_schema = refresh_schema;
  run.body_optional = true;
  run.response_schema = line_schema;
  run.content_type = "application/x-ndjson";
  run.handler = [all](const call& asked) { return refresh(all, asked); };
  routes.add(std::move(run));

  route release;
  release.method = method::post;
  release.path = "/v1/sources/{s}/accept";
  release.right = access::right::operate;
  release.summary =
      "Let what a guard holds take effect, or what a source that left the settings gave leave; neither: 409";
  release.request_schema = accept_schema;
  release.body_optional = true;
  release.response_schema = accepted_schema;
  release.handler = [all](const call& asked) { return accept(all, asked); };
  routes.add(std::move(release));
}

}  // namespace licaudit::api

#include "daemon/api/json_text.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/tenant_json.hpp"

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr const char* rules_schema = R"({"type":"object","properties":{"revision":{"type":"string"},
  "since":{"type":"string","format":"date-time"},"pending":{"type":["object","null"]},"rules":{"type":"object"}}})";
constexpr const char* verified_schema = R"({"type":"object","properties":{"clean":{"type":"boolean"},
  "entries":{"type":"integer"},"calculations":{"type":"integer"},"tallies":{"type":"integer"},"head":{"type":"string"},
  "problems":{"type":"array","items":{"type":"string"}}}})";

answer_of_handler rules_at(const house& all, const call& asked, std::string_view text) {
  const auto at = parse_date(text, range_end::since, asked.view().zone_of({}), asked.now());
  if (!at) co_return at.error();
  const auto then = co_await all.ledger.rules_at(*at);
  if (!then) co_return then.error();
  json_text out;
  out.begin_object().member("revision", then->name).member("since", then->since).key("pending").add(nullptr);
  out.key("rules").raw(then->text).end_object();
  co_return json_answer(out.take());
}

answer_of_handler show_rules(const house& all, const call& asked) {
  if (const auto at = asked.query("at")) co_return co_await rules_at(all, asked, *at);
  const audit::view& seen = asked.view();
  if (!seen.rules) co_return failure{errc::unreachable, "no rules are in force yet; ask again in a moment"};
  json_text out;
  out.begin_object().member("revision", seen.rules->revision().name).member("since", seen.rules_since).key("pending");
  if (seen.pending) {
    out.begin_object().member("revision", seen.pending->revision().name);
    out.key("rules").raw(seen.pending->revision().text).end_object();
  } else {
    out.add(nullptr);
  }
  out.key("rules").raw(seen.rules->revision().text).end_object();
  co_return json_answer(out.take());
}

answer_of_handler reload(const house& all, const call& asked) {
  const auto outcome = co_await all.daemon.reload(asked.caller());
  if (!outcome) co_return outcome.error();
  if (!outcome->errors.empty()) {
    json::object more;
    more["errors"] = json::array(outcome->errors.begin(), outcome->errors.end());
    co_return problem(422,
                      "the settings have " + std::to_string(outcome->errors.size()) +
                          " problem(s); nothing was changed: " + outcome->errors.front(),
                      more);
  }
  const auto seen = all.audit.view();
  json_text out;
  out.begin_object().member("reloaded", true).key("rules").begin_object();
  out.text_or_null("revision", seen->rules ? seen->rules->revision().name : std::string());
  out.text_or_null("pending", seen->pending ? seen->pending->revision().name : std::string()).end_object();
  add_done(out, outcome->done);
  out.end_object();
  co_return json_answer(out.take());
}

operation verify_operation(const std::string& caller, std::size_t problems) {
  operation what;
  what.type = "verify";
  what.caller = caller;
  what.text = problems == 0 ? "verify: clean" : "verify: " + std::to_string(problems) + " problem(s)";
  return what;
}

answer_of_handler verify(const house& all, const call& asked) {
  const auto body = asked.body();
  if (!body) co_return body.error();
  json_reader in(*body, "verify");
  const bool full = in.optional_flag("full", false);
  if (auto wrong = in.finish()) co_return *wrong;
  auto found = co_await all.ledger.verify(full);
  if (!found) co_return found.error();
  auto recounted = co_await all.audit.recount();
  if (!recounted) co_return recounted.error();
  found->problems.insert(found->problems.end(), recounted->begin(), recounted->end());
  operation what = verify_operation(asked.caller(), found->problems.size());
  // The finding stands even where it cannot be written down, as on a full disk.
  co_await all.audit.record(std::move(what));
  json_text out;
  out.begin_object().member("clean", found->clean()).member("entries", found->entries);
  out.member("calculations", found->calculations).member("tallies", found->tallies).member("head", found->head);
  out.member("problems", found->problems).end_object();
  co_return json_answer(out.take());
}

}  // namespace

void add_rules_routes(route_table& routes, const house& all) {
  route show;
  show.path = "/v1/rules";
  show.right = access::right::inspect;
  show.summary = "The factor set in force, now or then, and the one that waits for Apply";
  show.query = {{"at", "The instant; absent: now"}};
  show.response_schema = rules_schema;
  show.handler = [all](const call& asked) { return show_rules(all, asked); };
  routes.add(std::move(show));

  route again;
  again.method = method::post;
  again.path = "/v1/reload";
  again.right = access::right::operate;
  again.summary = "Read the settings again; bad ones change nothing and answer 422 with all errors";
  again.response_schema = R"({"type":"object","properties":{"reloaded":{"const":true},"rules":{"type":"object"},
    "operation":{"type":"integer"}}})";
  again.handler = [all](const call& asked) { return reload(all, asked); };
  routes.add(std::move(again));

  route prove;
  prove.method = method::post;
  prove.path = "/v1/verify";
  prove.right = access::right::inspect;
  prove.summary = "Recompute hash chain and counts; with `full` every subject version too";
  prove.request_schema = R"({"type":"object","properties":{"full":{"type":"boolean"}},"additionalProperties":false})";
  prove.body_optional = true;
  prove.response_schema = verified_schema;
  prove.handler = [all](const call& asked) { return verify(all, asked); };
  routes.add(std::move(prove));
}

}  // namespace licaudit::api

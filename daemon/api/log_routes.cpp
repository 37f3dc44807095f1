#include "daemon/api/operations_page.hpp"
#include "daemon/api/paging.hpp"
#include "daemon/api/router.hpp"
#include "daemon/api/routes.hpp"

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

/// May the caller read the operations of this tenant, which may have been removed?
bool may_read_log_of(const call& asked, std::string_view tenant) {
  return asked.may_look_back(access::right::operation_log, tenant) == access::decision::granted;
}

/// The tenants whose operations are asked for and may be seen, removed ones included; none given: all, with those that
/// name no tenant.
result<std::vector<std::string>> tenants_of(const call& asked) {
  const auto named = asked.query("tenant");
  if (named && !(asked.view().is_retired(*named) && may_read_log_of(asked, *named))) {
    if (auto seen = require(asked, access::right::operation_log, *named); !seen) return seen.error();
  }
  std::vector<std::string> tenants;
  if (!named && asked.who().may_everywhere(access::right::operation_log, asked.tree())) return tenants;
  const auto add = [&](const std::string& tenant) {
    if (named && !asked.view().is_within(tenant, *named)) return;
    if (may_read_log_of(asked, tenant)) tenants.push_back(tenant);
  };
  for (const auto& one : asked.view().tenants) add(one.first);
  if (asked.view().retired != nullptr)
    for (const auto& one : *asked.view().retired) add(one.first);
  return tenants;
}

answer_of_handler list_operations(const house& all, const call& asked) {
  const auto page = page_of(asked);
  if (!page) co_return page.error();
  const auto after = number_after(*page);
  if (!after) co_return after.error();
  const auto range = asked.range(asked.query("tenant").value_or(""));
  if (!range) co_return range.error();
  auto tenants = tenants_of(asked);
  if (!tenants) co_return tenants.error();
  ledger::operation_query query;
  query.since = range->since;
  query.until = range->until;
  query.type = std::string(asked.query("type").value_or(""));
  query.caller = std::string(asked.query("caller").value_or(""));
  query.tenants = std::move(*tenants);
  query.after = *after;
  query.limit = page->limit;
  const auto found = co_await all.ledger.operations(query);
  if (!found) co_return found.error();
  // A page may end early where its operations are large (ledger::most_operation_bytes); the text is larger still.
  const std::string last = found->empty() ? std::string() : std::to_string(found->back().sequence);
  const bool full = found->size() == page->limit || operations_page(*found, last).size() > ledger::most_operation_bytes;
  const std::string next = full ? last : std::string();
  if (asked.asked().accept.find("text/csv") == std::string::npos) co_return json_answer(operations_page(*found, next));
  response answer;
  answer.content_type = "text/csv; charset=utf-8; header=present";
  answer.body = operations_csv(*found);
  if (full) answer.headers.emplace_back("Licaudit-Next", next);
  co_return answer;
}

}  // namespace

void add_log_routes(route_table& routes, const house& all) {
  route log;
  log.path = "/v1/operations";
  log.right = access::right::operation_log;
  log.summary = "The operation log, oldest first; with `Accept: text/csv` as CSV";
  log.query = {{"since", "As journalctl takes it, or RFC 3339; absent: the first of this month"},
               {"until", "Not included; a bare date includes that day; absent: now"},
               {"type", "factor, apply, tenant, subject, accept, refresh, reload, refused, ..."},
               {"tenant", "Only of this tenant and its subtree, those that were removed included"},
               {"caller", "Only by this caller"},
               limit_parameter,
               after_parameter};
  log.response_schema = R"({"type":"object","properties":{"operations":{"type":"array","items":{"type":"object",
    "required":["operation","at","type","caller","text"],"properties":{"operation":{"type":"integer"},
    "at":{"type":"string","format":"date-time"},"type":{"type":"string"},"caller":{"type":"string"},
    "tenant":{"type":["string","null"]},"text":{"type":"string"},"detail":{"type":"object",
      "description":"`before` and `after` of a decision, and what else belongs to its type"}}}},"next":{"type":["string","null"]}}})";
  log.handler = [all](const call& asked) { return list_operations(all, asked); };
  routes.add(std::move(log));
}

}  // namespace licaudit::api

#include "daemon/api/json_text.hpp"
#include "daemon/api/paging.hpp"
#include "daemon/api/router.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/tally_json.hpp"
#include "daemon/api/tenant_json.hpp"

#include <algorithm>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr const char* acknowledge_schema = R"({"type":"object","required":["until","reason"],"properties":{
  "until":{"type":"string","description":"As journalctl takes it, or RFC 3339, in the zone of the finding's tenant"},
  "reason":{"type":"string"}},"additionalProperties":false})";
constexpr const char* acknowledged_schema =
    R"({"type":"object","required":["finding","until","operation"],"properties":{
  "finding":{"type":"string"},"tenant":{"type":["string","null"]},"until":{"type":"string","format":"date-time"},
  "time_zone":{"type":"string"},"operation":{"type":"integer"},"calculation":{"type":["object","null"]}}})";

struct finding_filter {
  std::string tenant{};  ///< with its subtree; empty: all that the caller sees
  std::optional<severity> level{};
};

result<finding_filter> filter_of(const call& asked) {
  finding_filter filter;
  if (const auto text = asked.query("severity")) {
    const auto level = parse_severity(*text);
    if (!level) return level.error();
    filter.level = *level;
  }
  if (const auto text = asked.query("tenant")) {
    if (auto seen = require(asked, access::right::read, *text); !seen) return seen.error();
    filter.tenant = std::string(*text);
  }
  return filter;
}

/// Findings of no tenant concern the daemon and are for those who inspect it.
bool is_shown(const call& asked, const finding_filter& filter, const finding& one) {
  if (filter.level && one.level != *filter.level) return false;
  if (one.tenant.empty()) return filter.tenant.empty() && asked.may_inspect();
  if (!filter.tenant.empty() && !asked.view().is_within(one.tenant, filter.tenant)) return false;
  return asked.may(access::right::read, one.tenant);
}

result<response> list_findings(const call& asked) {
  const auto page = page_of(asked);
  if (!page) return page.error();
  const auto filter = filter_of(asked);
  if (!filter) return filter.error();
  json_text out;
  out.begin_object().key("findings").begin_array();
  bool begun = page->after.empty();
  std::size_t shown = 0;
  std::string last, next;
  for (const finding& one : asked.view().findings) {
    if (!is_shown(asked, *filter, one)) continue;
    if (!begun) {
      begun = finding_id(one) == page->after;
      continue;
    }
    if (shown == page->limit) {
      next = last;
      break;
    }
    // Of no tenant: its subject is a thing of the daemon, such as an unknown tenant or a place in the rules, unless
    // the record of a person named no tenant.
    const bool names = one.tenant.empty() ? one.kind != "set-aside" : asked.may(access::right::names, one.tenant);
    add_finding(out, one, names, times_of(asked.view(), one, asked.now()));
    last = finding_id(one);
    ++shown;
  }
  if (!begun)
    return failure{errc::conflict, "the findings have changed since the page before; begin again without `after`"};
  out.end_array().text_or_null("next", next).end_object();
  return json_answer(out.take());
}

/// Of those that the caller sees.
result<finding> find(const call& asked, const std::string& id) {
  const auto& all = asked.view().findings;
  const auto known = std::find_if(all.begin(), all.end(), [&](const finding& one) { return finding_id(one) == id; });
  if (known == all.end() || !is_shown(asked, {}, *known))
    return failure{errc::unknown,
                   "there is no finding " + id + ", or it has ended; GET /v1/findings lists those there are"};
  return *known;
}

answer_of_handler acknowledge(const house& all, const call& asked) {
  const std::string id = asked.parameter("id");
  const auto which = find(asked, id);
  if (!which) co_return which.error();
  if (!which->tenant.empty()) {
    if (auto seen = require(asked, access::right::operate, which->tenant); !seen) co_return seen.error();
  }
  const auto body = asked.body();
  if (!body) co_return body.error();
  json_reader in(*body, "acknowledge");
  const auto until = in.text("until");
  const auto reason = in.text("reason");
  if (auto wrong = in.finish()) co_return *wrong;
  const auto zone = asked.view().zone_of(which->tenant);
  const auto end = parse_date(until, range_end::until, zone, asked.now());
  if (!end) co_return failure{end.error().code, "until: " + end.error().detail};
  const auto done = co_await all.audit.acknowledge(id, *end, reason, asked.caller());
  if (!done) co_return done.error();
  json_text out;
  out.begin_object().member("finding", id).text_or_null("tenant", which->tenant).member("until", *end);
  out.member("time_zone", zone.name());
  add_done(out, *done);
  out.end_object();
  co_return json_answer(out.take());
}

}  // namespace

void add_finding_routes(route_table& routes, const house& all) {
  route findings;
  findings.path = "/v1/findings";
  findings.right = access::right::read;
  findings.summary = "What a person should look at, worst first";
  findings.query = {{"tenant", "Only of this tenant and its subtree"},
                    {"severity", "page, warn or info"},
                    limit_parameter,
                    after_parameter};
  findings.response_schema = R"({"type":"object","properties":{"findings":{"type":"array","items":{"type":"object",
    "required":["id","finding","severity","since","last","count","text"],"properties":{"id":{"type":"string"},
      "finding":{"type":"string"},"severity":{"enum":["page","warn","info"]},"tenant":{"type":"string"},
      "site":{"type":"string"},"licence":{"type":"string"},"factor":{"type":"string"},"subject":{"type":"string"},
      "source":{"type":"string"},"since":{"type":"string","format":"date-time"},"last":{"type":["string","null"],"format":"date-time"},
      "count":{"type":"integer"},"text":{"type":"string"},"action":{"type":"string"},
      "acknowledged":{"type":"object","required":["until","by","reason"],"properties":{
        "until":{"type":"string","format":"date-time"},"by":{"type":"string"},"reason":{"type":"string"}}}}}},
    "next":{"type":["string","null"]}}})";
  findings.at_once = list_findings;
  routes.add(std::move(findings));

  route seen;
  seen.method = method::post;
  seen.path = "/v1/findings/{id}/acknowledge";
  seen.right = access::right::operate;
  seen.summary = "Hear no more of a finding until then: it stays in the lists, and is raised again if it is still true";
  seen.request_schema = acknowledge_schema;
  seen.response_schema = acknowledged_schema;
  seen.handler = [all](const call& asked) { return acknowledge(all, asked); };
  routes.add(std::move(seen));
}

}  // namespace licaudit::api

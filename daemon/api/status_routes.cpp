#include "daemon/api/metrics_page.hpp"
#include "daemon/api/open_metrics.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/status_page.hpp"

namespace licaudit::api {
namespace {

constexpr const char* status_schema =
    R"({"type":"object","required":["version","state","sources","rules"],"properties":{
  "version":{"type":"string"},"uptime_seconds":{"type":"integer"},"now":{"type":"string","format":"date-time"},
  "host":{"type":"string"},"state":{"enum":["ok","degraded"]},"time_zone":{"type":"string"},
  "last_calculation":{"type":["object","null"],"properties":{"at":{"type":"string","format":"date-time"},
    "cause":{"type":"string"},"sequence":{"type":"integer"}}},
  "sources":{"type":"array","items":{"type":"object"}},
  "rules":{"type":"object","properties":{"revision":{"type":["string","null"]},
    "since":{"type":"string","format":"date-time"},"pending":{"type":["string","null"]}}},
  "tenants":{"type":"integer"},"users":{"type":"integer"},"numbers":{"type":"integer"},
  "findings":{"type":"object","properties":{"page":{"type":"integer"},"warn":{"type":"integer"},"info":{"type":"integer"},
    "acknowledged":{"type":"integer"}}},
  "database":{"type":"object","properties":{"bytes":{"type":"integer"},"wal_bytes":{"type":"integer"}}},
  "chain":{"type":"object","properties":{"sequence":{"type":"integer"},"head":{"type":"string"}}},
  "ledger":{"type":"string"},"epoch":{"type":"integer"},"loading":{"type":"boolean"},"problem":{"type":["string","null"]}}})";

}  // namespace

void add_status_routes(route_table& routes, const house& all) {
  route status;
  status.path = "/v1/status";
  status.right = access::right::status;
  status.summary = "How the daemon, its sources, its rules and its ledger stand";
  status.response_schema = status_schema;
  status.at_once = [all](const call& asked) -> result<response> {
    return json_answer(status_page(asked, all.daemon.facts(), all.sources.states()));
  };
  routes.add(std::move(status));

  route metrics;
  metrics.path = "/metrics";
  metrics.right = access::right::inspect;
  metrics.summary = "OpenMetrics";
  metrics.content_type = open_metrics::content_type;
  metrics.at_once = [all](const call& asked) -> result<response> {
    response answer = json_answer(metrics_page(asked.view(), all.daemon.facts(), all.sources.states(), asked.now()));
    answer.content_type = open_metrics::content_type;
    return answer;
  };
  routes.add(std::move(metrics));
}

}  // namespace licaudit::api

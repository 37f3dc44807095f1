#include "daemon/api/routes.hpp"

#include "daemon/api/openapi.hpp"

#include <memory>

namespace licaudit::api {

response json_answer(std::string body) {
  response answer;
  answer.body = std::move(body);
  return answer;
}

route_table all_routes(const house& all) {
  route_table routes;
  add_status_routes(routes, all);
  add_tenant_routes(routes, all);
  add_move_routes(routes, all);
  add_subject_routes(routes, all);
  add_licence_routes(routes, all);
  add_apply_routes(routes, all);
  add_source_routes(routes, all);
  add_finding_routes(routes, all);
  add_log_routes(routes, all);
  add_rules_routes(routes, all);
  add_backup_routes(routes, all);
  add_bill_routes(routes, all);
  add_order_routes(routes, all);
  add_bill_life_routes(routes, all);
  add_bill_subjects_routes(routes, all);
  add_usage_routes(routes, all);

  // The version is known when the daemon runs, so that the document is written when it is asked for. It is written from
  // the table without its handlers: a table whose handler owns the table would never end.
  auto described = std::make_shared<route_table>();
  route self;
  self.path = "/v1/openapi.json";
  self.right = access::right::status;
  self.summary = "This description";
  self.response_schema = R"({"type":"object"})";
  self.at_once = [all, described](const call&) -> result<response> {
    return json_answer(openapi_document(*described, all.daemon.facts().version));
  };
  routes.add(std::move(self));
  for (route one : routes.all()) {
    one.handler = nullptr;
    one.at_once = nullptr;
    described->add(std::move(one));
  }
  return routes;
}

}  // namespace licaudit::api

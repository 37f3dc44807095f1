#include "tests/daemon/access/claimed_routes.hpp"

namespace licaudit::test {

const std::vector<claim>& all_claims() {
  static const std::vector<claim> all{
      {"get /v1/status", "/v1/status", "", {"status"}, ""},
      {"get /v1/openapi.json", "/v1/openapi.json", "", {"status"}, ""},
      {"get /v1/tenants", "/v1/tenants", "", {"counts"}, ""},
      {"get /v1/tenants", "/v1/tenants?parent={t}", "", {"counts"}, ""},
      {"get /v1/tenants/{t}", "/v1/tenants/{t}", "", {"counts"}, ""},
      {"get /v1/tenants/{t}/licences", "/v1/tenants/{t}/licences", "", {"counts"}, ""},
      {"get /v1/tenants/{t}/history", "/v1/tenants/{t}/history", "", {"counts"}, ""},
      {"get /v1/bills", "/v1/bills", "", {"counts"}, ""},
      {"get /v1/bills", "/v1/bills?tenant={t}", "", {"counts"}, ""},
      {"get /v1/findings", "/v1/findings", "", {"counts"}, ""},
      {"get /v1/findings", "/v1/findings?tenant={t}", "", {"counts"}, ""},
      {"get /v1/tenants/{t}/subjects", "/v1/tenants/{t}/subjects", "", {"subjects"}, ""},
      {"put /v1/tenants/{t}/factors/{licence}/{factor}",
       "/v1/tenants/{t}/factors/ump/user-interface",
       "{}",
       {"switch and apply"},
       ""},
      {"delete /v1/tenants/{t}/factors/{licence}/{factor}",
       "/v1/tenants/{t}/factors/ump/none",
       "",
       {"switch and apply"},
       ""},
      {"post /v1/apply", "/v1/apply", R"({"tenants":["{t}"],"dry_run":true})", {"switch and apply"}, ""},
      {"patch /v1/tenants/{t}", "/v1/tenants/{t}", R"({"name":7})", {"attributes"}, ""},
      {"put /v1/tenants/{t}/users/{id}", "/v1/tenants/{t}/users/ann", "[]", {"attributes"}, ""},
      {"delete /v1/tenants/{t}/users/{id}", "/v1/tenants/{t}/users/ann", "", {"attributes"}, ""},
      {"put /v1/tenants/{t}/numbers/{id}", "/v1/tenants/{t}/numbers/1", "[]", {"attributes"}, ""},
      {"delete /v1/tenants/{t}/numbers/{id}", "/v1/tenants/{t}/numbers/1", "", {"attributes"}, ""},
      {"patch /v1/tenants/{t}", "/v1/tenants/{t}", R"({"enabled":7})", {"attributes", "create, enable, move"}, ""},
      {"post /v1/tenants",
       "/v1/tenants",
       R"({"id":"!","name":"x","parent":"{t}"})",
       {"create, enable, move"},
       "set partner"},
      {"delete /v1/tenants/{t}", "/v1/tenants/{t}", "", {"delete"}, ""},
      {"get /v1/operations", "/v1/operations", "", {"operation log"}, ""},
      {"get /v1/operations", "/v1/operations?tenant={t}", "", {"operation log"}, ""},
      {"get /v1/sources", "/v1/sources", "", {"inspect the daemon"}, ""},
      {"get /v1/sources/{s}/runs", "/v1/sources/tenants/runs", "", {"inspect the daemon"}, ""},
      {"get /v1/rules", "/v1/rules", "", {"inspect the daemon"}, ""},
      {"post /v1/verify", "/v1/verify", "{}", {"inspect the daemon"}, ""},
      {"get /metrics", "/metrics", "", {"inspect the daemon"}, ""},
      {"post /v1/refresh", "/v1/refresh", R"({"sources":["none"]})", {"operate the daemon"}, ""},
      {"post /v1/sources/{s}/accept", "/v1/sources/none/accept", "{}", {"operate the daemon"}, ""},
      {"post /v1/reload", "/v1/reload", "{}", {"operate the daemon"}, ""},
      {"post /v1/backup", "/v1/backup", R"({"path":"not-absolute"})", {"operate the daemon"}, ""},
  };
  return all;
}

}  // namespace licaudit::test

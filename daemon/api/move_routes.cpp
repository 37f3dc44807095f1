#include "daemon/api/move_page.hpp"
#include "daemon/api/router.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/tenant_json.hpp"
#include "daemon/api/tenant_place.hpp"
#include "model/json.hpp"

namespace asio = boost::asio;

namespace licaudit::api {

result<void> require_place_under(const call& asked, std::string_view parent) {
  if (auto granted = require(asked, access::right::manage_tenants, parent); !granted) return granted;
  const audit::tenant_view* above = asked.view().find(parent);
  if (above->record->type == tenant_type::partner) return require(asked, access::right::set_partner, parent);
  return {};
}

result<void> require_move(const call& asked, std::string_view parent) {
  const std::string& tenant = asked.parameter("t");
  if (auto granted = require(asked, access::right::manage_tenants, tenant); !granted) return granted;
  if (auto granted = require_place_under(asked, parent); !granted) return granted;
  const audit::tenant_view* before = asked.view().find(asked.tenant().record->parent);
  if (before == nullptr || before->record->type != tenant_type::partner) return {};
  return require(asked, access::right::set_partner, tenant);
}

namespace {

using answer_of_handler = asio::awaitable<result<response>>;

struct move_question {
  audit::relocation_request what;
  bool dry_run = false;
};

result<move_question> question_of(const call& asked) {
  const auto body = asked.body();
  if (!body) return body.error();
  json_reader in(*body, "a move");
  move_question question;
  question.what.tenant = asked.parameter("t");
  question.what.to = in.text("to");
  const std::string effective = in.optional_text("effective");
  question.dry_run = in.optional_flag("dry_run", false);
  if (auto wrong = in.finish()) return *wrong;
  if (effective.empty()) return question;
  const auto zone = asked.view().zone_of(question.what.tenant);
  const auto at = parse_date(effective, range_end::since, zone, asked.now());
  if (!at) return failure{errc::malformed, "effective: " + at.error().detail};
  if (*at < asked.now())
    return failure{errc::refused, "effective: " + to_rfc3339(*at) +
                                      " lies in the past; history stays as it was, name a time to come or none"};
  if (*at > asked.now()) question.what.effective = *at;
  return question;
}

answer_of_handler move_tenant(const house& all, const call& asked) {
  auto question = question_of(asked);
  if (!question) co_return question.error();
  auto granted = require_move(asked, question->what.to);
  if (!granted) co_return granted.error();
  if (question->dry_run) {
    const auto tried = co_await all.audit.try_move(question->what);
    if (!tried) co_return tried.error();
    co_return json_answer(move_page(*tried, std::nullopt));
  }
  const auto made = co_await all.audit.move(question->what, asked.caller());
  if (!made) co_return made.error();
  co_return json_answer(move_page(made->what, made->outcome));
}

answer_of_handler cancel_move(const house& all, const call& asked) {
  const auto made = co_await all.audit.cancel_move(asked.parameter("t"), asked.caller());
  if (!made) co_return made.error();
  json_text out;
  out.begin_object().member("tenant", asked.parameter("t")).member("cancelled", true);
  add_done(out, *made);
  out.end_object();
  co_return json_answer(out.take());
}

}  // namespace

void add_move_routes(route_table& routes, const house& all) {
  route move;
  move.method = method::post;
  move.path = "/v1/tenants/{t}/move";
  move.right = access::right::manage_tenants;
  move.summary =
      "Put a tenant of the source local under another parent, at once or at a time to come; what that changes, with "
      "`dry_run` only that";
  move.request_schema = R"({"type":"object","required":["to"],"properties":{"to":{"type":"string"},
    "effective":{"type":"string"},"dry_run":{"type":"boolean"}},"additionalProperties":false})";
  move.response_schema =
      R"({"type":"object","required":["tenant","from","to","effective","state","sums","pools","switches",
    "time_zones","disabled"],"properties":{"tenant":{"type":"string"},"from":{"type":"string"},"to":{"type":"string"},
    "effective":{"type":["string","null"],"format":"date-time"},"state":{"enum":["dry-run","planned","moved"]},
    "sums":{"type":"array","items":{"type":"object","required":["tenant","licences"],"properties":{
      "tenant":{"type":"string"},"licences":{"type":"array","items":{"type":"object","required":["licence","acquired",
        "licensed","factors"],"properties":{"licence":{"type":"string"},
        "acquired":{"type":"array","items":{"type":["integer","null"]}},
        "licensed":{"type":"array","items":{"type":"integer"}},"factors":{"type":"array","items":{"type":"object",
          "properties":{"factor":{"type":"string"},"from":{"type":"array","items":{"type":"integer"}},
          "to":{"type":"array","items":{"type":"integer"}}}}}}}}}}},
    "pools":{"type":"array","items":{"type":"object","properties":{"tenant":{"type":"string"},
      "licence":{"type":"string"},"size":{"type":"array","items":{"type":["integer","null"]}},
      "handed_out":{"type":"array","items":{"type":["integer","null"]}}}}},
    "switches":{"type":"array","items":{"type":"object"}},"time_zones":{"type":"array","items":{"type":"object"}},
    "disabled":{"type":"array","items":{"type":"object"}},"operation":{"type":"integer"},
    "calculation":{"type":"object"}}})";
  move.handler = [all](const call& asked) { return move_tenant(all, asked); };
  routes.add(std::move(move));

  route cancel;
  cancel.method = method::remove;
  cancel.path = "/v1/tenants/{t}/move";
  cancel.right = access::right::manage_tenants;
  cancel.summary = "Cancel the planned move of a tenant";
  cancel.response_schema = R"({"type":"object","properties":{"tenant":{"type":"string"},"cancelled":{"const":true},
    "operation":{"type":"integer"},"calculation":{"type":"object"}}})";
  cancel.handler = [all](const call& asked) { return cancel_move(all, asked); };
  routes.add(std::move(cancel));
}

}  // namespace licaudit::api

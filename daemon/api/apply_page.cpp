#include "daemon/api/apply_page.hpp"

#include "daemon/api/json_text.hpp"
#include "daemon/api/tally_json.hpp"

namespace licaudit::api {
namespace {

// Of a tenant whose factors of one licence move. After an Apply to all it is ten thousand of them, and a text that
// grows is copied at each doubling.
constexpr std::size_t usual_bytes_of_tenant = 320;

void add_pair(json_text& out, std::string_view name, std::int64_t first, std::int64_t second) {
  out.key(name).begin_array().add(first).add(second).end_array();
}

void add_move(json_text& out, const audit::tenant_move& of) {
  out.begin_object().member("tenant", of.tenant).key("licences").begin_array();
  for (const audit::licence_move& licence : of.licences) {
    out.begin_object().member("licence", licence.licence);
    add_pair(out, "licensed", licence.licensed_from, licence.licensed_to);
    out.key("factors").begin_array();
    for (const audit::factor_move& one : licence.factors) {
      out.begin_object().member("factor", one.factor);
      add_pair(out, "from", one.from_n1, one.from_n2);
      add_pair(out, "to", one.to_n1, one.to_n2);
      out.end_object();
    }
    out.end_array().end_object();
  }
  out.end_array().member("moved", of.moved).end_object();
}

}  // namespace

std::string apply_page(const audit::apply_plan& plan, const std::optional<audit::done>& done) {
  json_text out((plan.tenants.size() + 1) * usual_bytes_of_tenant);
  out.begin_object();
  if (!done) out.member("plan", plan.id);
  out.key("tenants").begin_array();
  for (const audit::tenant_move& one : plan.tenants) add_move(out, one);
  out.end_array().key("rules");
  if (plan.rules) {
    out.begin_object().member("from", plan.rules->first).member("to", plan.rules->second).end_object();
  } else {
    out.add(nullptr);
  }
  out.key("pending_switches").begin_array();
  for (const audit::effective_switch& one : plan.switches) {
    out.begin_object().member("tenant", one.tenant).member("licence", one.licence).member("factor", one.factor);
    out.member("on", one.on).end_object();
  }
  out.end_array();
  if (done) {
    out.key("calculation");
    add_stamp(out, done->calculation);
    out.member("operation", done->operation);
  }
  out.end_object();
  return out.take();
}

}  // namespace licaudit::api

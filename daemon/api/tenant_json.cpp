#include "daemon/api/tenant_json.hpp"

#include "daemon/api/tally_json.hpp"

#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

void begin_tenant(json_text& out, const audit::tenant_view& of) {
  out.begin_object().member("tenant", of.record->id).member("name", of.record->name);
  out.text_or_null("parent", of.record->parent).member("type", to_text(of.record->type));
  out.text_or_null("service", of.record->service).member("time_zone", of.zone.name()).member("enabled", of.enabled);
  out.member("gone", of.gone).member("origin", of.origin).member("children", of.children);
}

void add_site(json_text& out, const site& one) {
  out.begin_object();
  for (const auto& text : one.texts) out.member(text.first, text.second);
  if (!one.former_gateways.empty()) {
    out.key("former_gateways").begin_array();
    for (const former_gateway& former : one.former_gateways) {
      out.begin_object().member("gateway", former.gateway).member("until", former.until).end_object();
    }
    out.end_array();
  }
  out.end_object();
}

void add_switch(json_text& out, const audit::switch_view& one) {
  out.begin_object().member("licence", one.licence).member("factor", one.factor).member("on", one.on);
  out.member("own", one.own).member("pending", one.pending).end_object();
}

void add_planned_move(json_text& out, const std::optional<ledger::stored_move>& planned) {
  if (!planned) {
    out.add(nullptr);
    return;
  }
  out.begin_object().member("to", planned->to).member("effective", planned->effective);
  out.member("operation", planned->operation).member("caller", planned->caller);
  out.text_or_null("refused", planned->refused).end_object();
}

void add_record(json_text& out, const audit::tenant_view& of) {
  const tenant& record = *of.record;
  out.key("sites").begin_array();
  for (const site& one : record.sites) add_site(out, one);
  out.end_array().key("acquired").begin_object();
  auto acquired = of.decided->ordered;  // it holds where there is one
  acquired.insert(record.acquired.begin(), record.acquired.end());
  for (const auto& one : acquired) out.member(one.first, one.second);
  out.end_object().key("settings").raw(json::serialize(record.settings));
  out.key("attributes").raw(json::serialize(record.attributes));
  out.text_or_null("ms_tenant_id", record.ms_tenant_id).text_or_null("customer_guid", record.customer_guid);
  out.member("monitored", record.monitored).member("formerly", record.formerly);
}

}  // namespace

void add_tenant(json_text& out, const audit::tenant_view& of) {
  begin_tenant(out, of);
  out.end_object();
}

void add_done(json_text& out, const audit::done& what) {
  out.member("operation", what.operation);
  if (!what.calculation) return;
  out.key("calculation");
  add_stamp(out, what.calculation);
}

std::string tenant_page(const audit::tenant_view& of, const std::optional<audit::done>& done) {
  json_text out;
  begin_tenant(out, of);
  add_record(out, of);
  out.key("switches").begin_array();
  for (const audit::switch_view& one : *of.switches) add_switch(out, one);
  out.end_array().key("planned_move");
  add_planned_move(out, of.decided->planned);
  if (done) add_done(out, *done);
  out.end_object();
  return out.take();
}

}  // namespace licaudit::api

#include "daemon/api/licence_page.hpp"

#include "daemon/api/json_text.hpp"
#include "daemon/api/tally_json.hpp"

#include <algorithm>

namespace licaudit::api {
namespace {

void add_pending(json_text& out, const audit::tenant_view& of, const std::string& licence, const std::string& factor) {
  const auto one = std::find_if(of.switches->begin(), of.switches->end(), [&](const audit::switch_view& s) {
    return s.licence == licence && s.factor == factor;
  });
  out.key("pending");
  if (one == of.switches->end()) {
    out.add(nullptr);
  } else {
    out.add(one->pending);
  }
}

void add_change(json_text& out, const audit::tenant_view& of, const std::string& licence, const std::string& factor) {
  const auto* change = of.change_of(licence, factor);
  if (change == nullptr) {
    out.key("changed").add(nullptr).key("cause").add(nullptr);
  } else {
    out.member("changed", change->at).text_or_null("cause", change->cause);
  }
}

void add_factor(json_text& out, const audit::view& all, const audit::tenant_view& of, const std::string& licence,
                const factor_tally& tally) {
  const factor* rule = all.rules ? all.rules->set().find(licence, tally.factor) : nullptr;
  begin_factor(out, tally);
  out.member("title", rule != nullptr ? rule->title : tally.factor.text());
  out.key("priority");
  if (rule != nullptr) {
    out.add(rule->priority);
  } else {
    out.add(nullptr);
  }
  add_pending(out, of, licence, tally.factor);
  add_change(out, of, licence, tally.factor);
  out.end_object();
}

/// What was set for the tenant, where the licence is sold so.
void add_sale(json_text& out, const audit::tenant_view& of, const std::string& id, const licence* rule,
              const pool* handed_out) {
  if (rule != nullptr && rule->terms.limit) {
    const auto own = of.decided->limits.find(id);
    out.member("limit", own == of.decided->limits.end() ? std::nullopt : std::optional(own->second));
  }
  if (handed_out != nullptr) out.member("handed_out", handed_out->handed_out);
}

void add_licence(json_text& out, const audit::view& all, const audit::tenant_view& of, const licence_tally& tally) {
  const licence* rule = all.rules ? all.rules->set().find(tally.licence) : nullptr;
  begin_licence(out, tally, available_at(of, tally));
  out.member("title", rule != nullptr ? rule->title : tally.licence.text());
  add_sale(out, of, tally.licence, rule, pool_of(of, tally.licence));
  if (rule != nullptr && rule->terms.successors) out.member("successors", *rule->terms.successors);
  out.key("factors").begin_array();
  for (const factor_tally& one : tally.factors) add_factor(out, all, of, tally.licence, one);
  out.end_array().end_object();
}

void add_head(json_text& out, const audit::view& all, const audit::tenant_view& of) {
  const audit::tenant_view* parent = all.find(of.record->parent);
  out.member("tenant", of.record->id).member("name", of.record->name).member("type", to_text(of.record->type));
  out.text_or_null("service", of.record->service).text_or_null("parent", of.record->parent).key("parent_type");
  if (parent != nullptr) {
    out.add(to_text(parent->record->type));
  } else {
    out.add(nullptr);
  }
  out.member("time_zone", of.zone.name()).member("enabled", of.enabled).key("calculated_at");
  if (const auto& calculated = all.calculated(of)) {
    out.add(calculated->at);
  } else {
    out.add(nullptr);
  }
  out.member("state", page_state(of))
      .member("degraded_since", of.trouble->since)
      .text_or_null("reason", of.trouble->reason);
  out.member("monitored", of.tally->monitored).member("aggregated", of.tally->aggregated);
  out.member("pending_rules", all.pending != nullptr);
}

}  // namespace

std::string_view page_state(const audit::tenant_view& of) {
  if (!of.calculated) return to_text(tally_state::never);
  const tally_state state = of.tally->state();
  return to_text(state == tally_state::ok && of.tally->disabled ? tally_state::disabled : state);
}

std::string licence_page(const audit::view& all, const audit::tenant_view& of, bool names, instant now) {
  json_text out;
  out.begin_object();
  add_head(out, all, of);
  out.key("licences").begin_array();
  for (const licence_tally& one : of.tally->licences) add_licence(out, all, of, one);
  out.end_array().key("findings").begin_array();
  for (const finding& one : of.findings) add_finding(out, one, names, times_of(all, one, now));
  out.end_array().end_object();
  return out.take();
}

}  // namespace licaudit::api

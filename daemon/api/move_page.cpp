#include "daemon/api/move_page.hpp"

#include "daemon/api/json_text.hpp"
#include "daemon/api/tenant_json.hpp"

namespace licaudit::api {
namespace {

template <class From, class To>
void add_pair(json_text& out, std::string_view name, const From& from, const To& to) {
  out.key(name).begin_array().add(from).add(to).end_array();
}

void add_sum(json_text& out, const audit::relocation::sum& of) {
  out.begin_object().member("tenant", of.tenant).key("licences").begin_array();
  for (const auto& licence : of.licences) {
    out.begin_object().member("licence", licence.licence);
    add_pair(out, "acquired", licence.acquired_from, licence.acquired_to);
    add_pair(out, "licensed", licence.licensed_from, licence.licensed_to);
    out.key("factors").begin_array();
    for (const auto& one : licence.factors) {
      out.begin_object().member("factor", one.factor);
      add_pair(out, "from", one.from_n1, one.from_n2);
      add_pair(out, "to", one.to_n1, one.to_n2);
      out.end_object();
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
}

void add_pool(json_text& out, const audit::relocation::pool_change& one) {
  const auto figure = [](const std::optional<pool>& of, std::int64_t pool::*member) {
    return of ? std::optional((*of).*member) : std::nullopt;
  };
  out.begin_object().member("tenant", one.tenant).member("licence", one.licence);
  add_pair(out, "size", figure(one.from, &pool::size), figure(one.to, &pool::size));
  add_pair(out, "handed_out", figure(one.from, &pool::handed_out), figure(one.to, &pool::handed_out));
  out.end_object();
}

template <class Change>
void add_change(json_text& out, const Change& one) {
  out.begin_object().member("tenant", one.tenant).member("from", one.from).member("to", one.to).end_object();
}

}  // namespace

std::string move_page(const audit::relocation& what, const std::optional<audit::done>& outcome) {
  json_text out;
  out.begin_object().member("tenant", what.tenant).member("from", what.from).member("to", what.to);
  out.member("effective", what.effective);
  out.member("state", !outcome ? "dry-run" : what.effective ? "planned" : "moved");
  out.key("sums").begin_array();
  for (const auto& one : what.sums) add_sum(out, one);
  out.end_array().key("pools").begin_array();
  for (const auto& one : what.pools) add_pool(out, one);
  out.end_array().key("switches").begin_array();
  for (const auto& one : what.switches) {
    out.begin_object().member("tenant", one.tenant).member("licence", one.licence).member("factor", one.factor);
    out.member("from", one.from).member("to", one.to).end_object();
  }
  out.end_array().key("time_zones").begin_array();
  for (const auto& one : what.zones) add_change(out, one);
  out.end_array().key("disabled").begin_array();
  for (const auto& one : what.disabled) add_change(out, one);
  out.end_array();
  if (outcome) add_done(out, *outcome);
  out.end_object();
  return out.take();
}

}  // namespace licaudit::api

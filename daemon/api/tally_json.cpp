#include "daemon/api/tally_json.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace licaudit::api {

void begin_factor(json_text& out, const factor_tally& tally) {
  out.begin_object().member("factor", tally.factor).member("on", tally.on);
  out.member("calculated", tally.calculated).member("configured", tally.configured).member("text", to_text(tally));
}

void begin_licence(json_text& out, const licence_tally& tally) {
  begin_licence(out, tally, tally.available());
}

void begin_licence(json_text& out, const licence_tally& tally, std::optional<std::int64_t> available) {
  out.begin_object().member("licence", tally.licence).member("acquired", tally.acquired);
  out.member("licensed", tally.licensed).member("available", available).member("state", to_text(tally.state));
}

const pool* pool_of(const audit::tenant_view& of, std::string_view licence) {
  for (const audit::pool_view& one : of.pools)
    if (one.licence == licence) return &one.stands;
  return nullptr;
}

std::optional<std::int64_t> available_at(const audit::tenant_view& of, const licence_tally& tally) {
  const pool* handed_out = pool_of(of, tally.licence);
  const bool of_places = handed_out != nullptr && handed_out->kind == pool_kind::tenants;
  return of_places ? std::optional(handed_out->free()) : tally.available();
}

void add_stamp(json_text& out, const std::optional<audit::calculation_stamp>& stamp) {
  if (!stamp) {
    out.add(nullptr);
    return;
  }
  out.begin_object().member("sequence", stamp->sequence).member("at", stamp->at).end_object();
}

finding_times times_of(const audit::view& all, const finding& one, instant now) {
  finding_times times{now, {}};
  const audit::tenant_view* of = all.find(one.tenant);
  const auto& calculated = of != nullptr ? all.calculated(*of) : all.last_calculation;
  if (calculated) times.last = std::max(calculated->at, one.since);
  return times;
}

void add_finding(json_text& out, const finding& one, bool names, const finding_times& times) {
  json::object members = to_json(one);
  members["last"] = times.last ? json::value(to_rfc3339(*times.last)) : json::value(nullptr);
  if (!one.is_acknowledged(times.now)) members.erase("acknowledged");
  if (!names && !one.subject.empty()) {
    members.erase("subject");
    std::string text = one.text;
    static constexpr std::string_view anybody = "(a subject)";
    // On from behind the replacement, which may hold the id itself: an id can be `a`.
    for (std::size_t at = text.find(one.subject); at != std::string::npos;
         at = text.find(one.subject, at + anybody.size())) {
      text.replace(at, one.subject.size(), anybody);
    }
    members["text"] = text;
  }
  out.raw(json::serialize(members));
}

}  // namespace licaudit::api

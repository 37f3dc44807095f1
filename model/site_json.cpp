#include "model/site_json.hpp"

#include "model/names.hpp"

#include <chrono>

namespace licaudit {

namespace {

/// A bare date includes that day, in the time zone that the record names or UTC.
result<instant> parse_end(std::string_view text, const time_zone& zone) {
  if (const auto day = parse_day(text)) {
    return zone.start_of(std::chrono::year_month_day{std::chrono::sys_days{*day} + std::chrono::days{1}});
  }
  return parse_rfc3339(text);
}

result<former_gateway> former_gateway_from_json(const json::value& value, const std::string& what,
                                                const time_zone& zone) {
  json_reader in(value, what);
  former_gateway out;
  out.gateway = trimmed(in.text("gateway"));
  if (out.gateway.empty()) in.refuse("gateway", "the former name of the gateway");
  if (const std::string until(trimmed(in.optional_text("until"))); !until.empty()) {
    const auto end = parse_end(until, zone);
    if (end)
      out.until = *end;
    else
      in.refuse("until", "a day like 2026-11-21 or an instant like 2026-11-21T23:00:00Z");
  }
  if (auto wrong = in.finish()) return *wrong;
  return out;
}

}  // namespace

json::object to_json(const site& value) {
  json::object out;
  for (const auto& [field, text] : value.texts) out[field] = text;
  if (value.former_gateways.empty()) return out;
  json::array former;
  for (const auto& each : value.former_gateways) {
    json::object entry{{"gateway", each.gateway}};
    if (each.until) entry["until"] = to_rfc3339(*each.until);
    former.push_back(std::move(entry));
  }
  out["former_gateways"] = std::move(former);
  return out;
}

result<site> site_from_json(const json::value& value, const std::string& what, const time_zone& zone) {
  json_reader in(value, what);
  site out;
  const auto* former = in.optional_array("former_gateways");
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      if (member.key() == "former_gateways") continue;
      out.texts.emplace(member.key(), trimmed(in.text(member.key())));
    }
  }
  if (auto wrong = in.finish()) return *wrong;
  for (const auto& each : former != nullptr ? *former : json::array()) {
    auto read = former_gateway_from_json(each, what + ": former_gateways", zone);
    if (!read) return read.error();
    out.former_gateways.push_back(std::move(*read));
  }
  return out;
}

}  // namespace licaudit

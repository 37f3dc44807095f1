#include "model/calculation.hpp"

#include "model/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace licaudit {

namespace {

constexpr std::array all_states = {tally_state::ok, tally_state::disabled, tally_state::never, tally_state::degraded,
                                   tally_state::held};

json::value or_null(std::optional<std::int64_t> number) {
  return number ? json::value(*number) : json::value(nullptr);
}

json::object to_json(const factor_tally& tally) {
  return {{"factor", tally.factor.text()},
          {"on", tally.on},
          {"calculated", tally.calculated},
          {"configured", or_null(tally.configured)}};
}

json::object to_json(const licence_tally& tally) {
  json::array factors;
  for (const auto& factor : tally.factors) factors.push_back(to_json(factor));
  return {{"licence", tally.licence.text()},
          {"acquired", or_null(tally.acquired)},
          {"licensed", tally.licensed},
          {"state", licaudit::to_text(tally.state)},
          {"factors", std::move(factors)}};
}

result<factor_tally> factor_tally_from_json(const json::value& value) {
  json_reader in(value, "factor tally");
  factor_tally tally;
  tally.factor = in.text("factor");
  tally.on = in.optional_flag("on", true);
  tally.calculated = in.integer("calculated");
  tally.configured = in.optional_integer("configured");
  if (auto wrong = in.finish()) return *wrong;
  return tally;
}

result<licence_tally> licence_tally_from_json(const json::value& value) {
  json_reader in(value, "licence tally");
  licence_tally tally;
  tally.licence = in.text("licence");
  tally.acquired = in.optional_integer("acquired");
  tally.licensed = in.integer("licensed");
  const auto state = parse_tally_state(in.text("state"));
  if (!state) in.refuse("state", "ok, disabled, never, degraded or held");
  const auto* factors = in.optional_array("factors");
  if (auto wrong = in.finish()) return *wrong;
  tally.state = *state;
  for (const auto& each : factors != nullptr ? *factors : json::array()) {
    auto factor = factor_tally_from_json(each);
    if (!factor) return factor.error();
    tally.factors.push_back(*factor);
  }
  return tally;
}

}  // namespace

std::string_view to_text(tally_state state) {
  switch (state) {
    case tally_state::ok:
      return "ok";
    case tally_state::disabled:
      return "disabled";
    case tally_state::never:
      return "never";
    case tally_state::degraded:
      return "degraded";
    case tally_state::held:
      return "held";
  }
  return {};
}

result<tally_state> parse_tally_state(std::string_view text) {
  for (const auto state : all_states) {
    if (text == to_text(state)) return state;
  }
  return failure{errc::malformed,
                 in_quotes(text) + " is no state of a tally: expected ok, disabled, never, degraded or held"};
}

std::string to_text(const factor_tally& tally) {
  if (!tally.configured) return "0 (n/a)";
  return std::to_string(tally.calculated) + " (" + std::to_string(*tally.configured) + (tally.on ? ")" : ") (n/a)");
}

const licence_tally* tenant_tally::find(std::string_view licence) const {
  const auto known = std::find_if(licences.begin(), licences.end(),
                                  [licence](const licence_tally& one) { return one.licence == licence; });
  return known == licences.end() ? nullptr : &*known;
}

licence_tally* tenant_tally::find(std::string_view licence) {
  return const_cast<licence_tally*>(std::as_const(*this).find(licence));
}

tally_state tenant_tally::state() const {
  tally_state worst = disabled ? tally_state::disabled : tally_state::ok;
  for (const auto& licence : licences) worst = std::max(worst, licence.state);
  return worst;
}

json::object to_json(const tenant_tally& tally) {
  json::array licences;
  for (const auto& licence : tally.licences) licences.push_back(to_json(licence));
  return {{"tenant", tally.tenant},
          {"aggregated", tally.aggregated},
          {"disabled", tally.disabled},
          {"monitored", tally.monitored},
          {"licences", std::move(licences)}};
}

result<tenant_tally> tenant_tally_from_json(const json::value& value) {
  json_reader in(value, "tally");
  tenant_tally tally;
  tally.tenant = in.text("tenant");
  tally.aggregated = in.optional_flag("aggregated", false);
  tally.disabled = in.optional_flag("disabled", false);
  tally.monitored = in.integer("monitored");
  const auto* licences = in.optional_array("licences");
  if (auto wrong = in.finish()) return *wrong;
  for (const auto& each : licences != nullptr ? *licences : json::array()) {
    auto licence = licence_tally_from_json(each);
    if (!licence) return failure{licence.error().code, "tally of " + tally.tenant + ": " + licence.error().detail};
    tally.licences.push_back(std::move(*licence));
  }
  return tally;
}

json::object to_json(const calculation_cause& cause) {
  json::object out{{"kind", cause.kind}};
  if (!cause.source.empty()) out["source"] = cause.source;
  if (cause.run != 0) out["run"] = cause.run;
  if (cause.operation != 0) out["operation"] = cause.operation;
  if (!cause.caller.empty()) out["caller"] = cause.caller;
  if (!cause.text.empty()) out["text"] = cause.text;
  return out;
}

result<calculation_cause> calculation_cause_from_json(const json::value& value) {
  json_reader in(value, "cause");
  calculation_cause cause;
  cause.kind = in.text("kind");
  cause.source = in.optional_text("source");
  cause.run = in.optional_integer("run").value_or(0);
  cause.operation = in.optional_integer("operation").value_or(0);
  cause.caller = in.optional_text("caller");
  cause.text = in.optional_text("text");
  if (auto wrong = in.finish()) return *wrong;
  return cause;
}

}  // namespace licaudit

#include "bench/workload_rules.hpp"

#include <stdexcept>
#include <string>

namespace licaudit::bench {
namespace {

constexpr const char* rules_json = R"json({"licences": [
  {"id": "calling", "factors": [
    {"id": "site-policy", "priority": 1, "configured": [{"voice_routing_policy": "^.*(?i)${site.name}.*$"}]},
    {"id": "odd-dial-plan", "priority": 2, "configured": [{"dial_plan": "^DP-[A-Z]\\w+-\\d*[13579]$"}]},
    {"id": "extension", "priority": 3, "configured": [{"line_uri": "^.*;ext=.*$"}]}]},
  {"id": "contact-centre", "factors": [
    {"id": "agents", "priority": 1, "configured": [{"group": "^grp-(sales|support)-\\d{5}-(emea|apac)$"}]},
    {"id": "supervisors", "priority": 2, "configured": [{"display_name": "^(?i)(grace|alan|ada) .*$"}]},
    {"id": "round-number", "priority": 3, "configured": [{"line_uri": "00$"}]}]},
  {"id": "recording", "factors": [
    {"id": "compliance", "priority": 1, "configured": [{"pstn_gateway": "^_PSTNGATEWAY_TO_REPLACE_$"}]},
    {"id": "important", "priority": 2, "switchable": true, "configured": [{"tag": "^VIP$"}]}]},
  {"id": "ump", "factors": [
    {"id": "direct-routing", "priority": 1, "switchable": true,
     "match": [{"pstn_gateway": "^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$"}]},
    {"id": "operator-connect", "priority": 2, "configured": [{"line_uri": "^tel:\\+1.*$"}]},
    {"id": "lifecycle-management", "priority": 3, "switchable": true, "configured": [{"group": "^.*(?i)-finance-.*$"}]},
    {"id": "service-numbers", "subject": "number", "priority": 4, "switchable": true,
     "reject": [{"tag": "^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$"}]}]}
]})json";

factor_set parsed(std::string_view text) {
  return factor_set_from_json(parse_json(text).value()).value();
}

}  // namespace

factor_set workload_rules() {
  return parsed(rules_json);
}

factor_set no_rules() {
  return parsed(R"({"licences": [{"id": "none", "factors": [{"id": "nobody", "configured": [{"tag": "^(?!)$"}]}]}]})");
}

factor_set with_pattern(factor_set rules, std::string_view factor_path, std::string_view pattern) {
  for (auto& of : rules.licences) {
    for (auto& one : of.factors) {
      if (factor_path != of.id + "/" + one.id) continue;
      one.configured.at(0).tests.at(0).pattern = pattern;
      return rules;
    }
  }
  throw std::logic_error("the workload has no factor " + std::string(factor_path));
}

}  // namespace licaudit::bench

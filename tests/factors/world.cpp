#include "world.hpp"

#include <algorithm>
#include <stdexcept>

namespace licaudit::factors::testing {
namespace {

// domain.md 3 and the vendor's page "Regex Criteria for User License Factor Calculations".
constexpr const char* ump_json = R"json({
  "services": {"hosted-essentials": {"monitors_users": false}},
  "licences": [{"id": "ump", "title": "UMP user licence", "factors": [
    {"id": "direct-routing", "subject": "user", "priority": 1,
     "services": ["direct-routing-plus", "direct-routing-pro", "ump-365"],
     "configured": [{"pstn_gateway": "."}],
     "match": [{"pstn_gateway": "^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$", "setting": "CriteriaToMatchAsLicensedUsersByGW"}]},
    {"id": "operator-connect", "subject": "user", "priority": 2, "services": ["operator-connect", "ump-365"],
     "configured": [{"number_type": "^OperatorConnect$"}]},
    {"id": "lifecycle-management", "subject": "user", "priority": 3, "switchable": true,
     "services": ["direct-routing-plus", "direct-routing-pro", "operator-connect", "ump-365"],
     "configured": [{"lifecycle_template": "."}]},
    {"id": "user-interface", "subject": "user", "priority": 4, "switchable": true,
     "services": ["direct-routing-plus", "direct-routing-pro", "operator-connect", "ump-365"],
     "configured": [{"ui_managed": "^(?i)(true|yes|1)$"}]},
    {"id": "service-numbers", "subject": "number", "priority": 5, "switchable": true,
     "reject": [
       {"tag": "(^_MSTENANTID_TO_REPLACE_$)|(^_UMPCUSTOMERGUID_TO_REPLACE_$)|(^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$)",
        "setting": "CriteriaToMatchAsDRNumbers"},
       {"tag": "(?!)", "setting": "CriteriaToRejectAsServiceNumbers", "default": "none"},
       {"assigned_to": "."}]}
  ]}]})json";

std::string joined(const std::vector<rule_error>& errors) {
  std::string text;
  for (const auto& error : errors) text += error.path + ": " + error.what + "\n";
  return text;
}

}  // namespace

factor_set ump_set() {
  return set_of(ump_json);
}
factor_set set_of(const std::string& json) {
  return factor_set_from_json(parse_json(json).value()).value();
}
factor_set licence_of(const std::string& factors_json) {
  return set_of(R"({"licences": [{"id": "l", "title": "L", "factors": [)" + factors_json + "]}]}");
}

std::shared_ptr<const rules> compiled_rules(factor_set set, const value_test_kinds& kinds) {
  auto made = rules::compile(std::move(set), kinds);
  if (const auto* errors = std::get_if<1>(&made)) throw std::runtime_error(joined(*errors));
  return std::get<0>(made);
}

std::vector<std::string> compile_errors(factor_set set, const value_test_kinds& kinds) {
  auto made = rules::compile(std::move(set), kinds);
  std::vector<std::string> texts;
  if (const auto* errors = std::get_if<1>(&made)) {
    for (const auto& error : *errors) texts.push_back(error.path + ": " + error.what);
  }
  return texts;
}

site site_of(std::string name, std::string gateway) {
  site made;
  made.texts["name"] = std::move(name);
  made.texts["pstn_gateway"] = std::move(gateway);
  return made;
}

tenant tenant_of(std::string id, std::string service, std::vector<site> sites) {
  tenant made;
  made.id = std::move(id);
  made.name = made.id;
  made.service = std::move(service);
  made.sites = std::move(sites);
  return made;
}

subject subject_of(std::string tenant, subject_kind kind, std::string id, const fields& values) {
  subject made;
  made.name = {std::move(tenant), kind, std::move(id)};
  for (const auto& [field, texts] : values) {
    auto value = make_field_value(texts);
    if (!value.empty()) made.fields[field] = std::move(value);
  }
  return made;
}

world::world(factor_set set) : engine_(compiled_rules(std::move(set))) {}

void world::put(const tenant& value, instant now) {
  engine_.put_tenant(value, now);
  tenant_ = value.id;
}

void world::add(subject_kind kind, int count, const fields& values) {
  for (int i = 0; i < count; ++i) {
    const auto number = next_++;
    engine_.put_subject(number, subject_of(tenant_, kind, "s" + std::to_string(number), values));
  }
}

switch_position world::switches() const {
  return [off = off_](const licence& of, const factor& which) {
    return std::find(off.begin(), off.end(), of.id + "/" + which.id) == off.end();
  };
}

const factor_count* world::find(const std::vector<licence_count>& counts, const std::string& path) const {
  for (const auto& one : counts) {
    for (const auto& each : one.factors) {
      if (one.which->id + "/" + each.which->id == path) return &each;
    }
  }
  return nullptr;
}

std::string world::shown(const std::string& factor_id) const {
  const auto counts = engine_.count(tenant_, switches());
  const auto* found = find(counts, factor_id.find('/') == std::string::npos ? "ump/" + factor_id : factor_id);
  if (found == nullptr) return "-";
  return std::to_string(found->n1) + " (" + std::to_string(found->n2) + ")" + (found->on ? "" : " (n/a)");
}

std::int64_t world::licensed(const std::string& licence_id) const {
  std::int64_t sum = 0;
  for (const auto& one : engine_.count(tenant_, switches())) {
    if (one.which->id != licence_id) continue;
    for (const auto& each : one.factors) sum += each.n1;
  }
  return sum;
}

}  // namespace licaudit::factors::testing

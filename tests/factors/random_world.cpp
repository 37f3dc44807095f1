#include "random_world.hpp"

#include "world.hpp"

#include <algorithm>
#include <string_view>

namespace licaudit::factors::testing {
namespace {

constexpr const char* field_names[] = {"pstn_gateway", "tag", "group", "id"};
constexpr const char* service_names[] = {"pro", "plus", "essentials"};

constexpr const char* unit_names[] = {"second", "minute", "hour", "MB", "GB", "TB", "token"};

}  // namespace

const random_world::known_values& random_world::known_prefixes() {
  static const known_values all{{"+9723975[3000-3099]", 100},
                                {"+4420794600xx", 100},
                                {"+44zn", 72},
                                {"*", 1},
                                {"+1.", 1},
                                {"+4420[1,3,5-9]", 7},
                                {"12", 1},
                                {"+1([00-49])", 50}};
  return all;
}

const random_world::known_values& random_world::known_retentions() {
  static const known_values all{{"14 days", 0},   {"3 months", 1},  {"9 months", 3},
                                {"15 months", 5}, {"10 months", 1}, {"for ever", 1}};
  return all;
}

std::int64_t random_world::known_value(const known_values& among, const std::string& text) {
  for (const auto& [known, value] : among) {
    if (known == text) return value;
  }
  return 1;
}

counting_terms random_world::some_terms(subject_kind kind) {
  counting_terms made;
  if (one_in(4)) made.units = unit_scale{"retention", {0, 3}, {14, 0}};
  if (kind == subject_kind::number) made.expanded = one_in(2);
  if (kind == subject_kind::meter && !one_in(4)) made.unit = any_of(unit_names);
  if (one_in(4)) {
    made.package = package_terms{static_cast<std::int64_t>(1 + pick(20)), {}};
    if (kind == subject_kind::meter && one_in(2)) made.package->unit = any_of(unit_names);
    made.unit.clear();
  }
  return made;
}

std::string random_world::a_gateway() {
  const char* const values[] = {"gw1", "gw2", "sbc1.example", "sbc1Xexample", "GW1", "a", "", "x y#z+[1]"};
  return any_of(values);
}

std::string random_world::a_text() {
  const char* const values[] = {"gw1",  "GW1",    "my-gw2-x", "sbc1.example", "SBC1.EXAMPLE", "sbc1Xexample", "ms-1",
                                "MS-1", "guid-1", "t1",       "fax",          "x y#z+[1]",    "a\nb",         "London"};
  if (one_in(200)) return std::string(300, 'a');
  if (one_in(200)) return std::string(28, 'a') + (one_in(2) ? "!" : "?");
  return any_of(values);
}

std::string random_world::a_pattern() {
  const char* const values[] = {
      "^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$",
      "(^_MSTENANTID_TO_REPLACE_$)|(^_UMPCUSTOMERGUID_TO_REPLACE_$)|(^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$)",
      "^${tenant.id}$",
      "^${site.name}|^[gG]w\\d*_PSTNGATEWAY_TO_REPLACE_",
      ".",
      "^$",
      "fax|gw",
      "^(?i)(gw1|fax)$",
      "[a-m]$",
      "^(\\w+\\s?)*$",
      "sbc1.example",
      "(?i)MS-1",
      "^(?!gw)",
  };
  // The last but three is dear, so it is rare.
  const std::string chosen = any_of(values);
  return chosen == "^(\\w+\\s?)*$" && !one_in(8) ? "." : chosen;
}

criterion random_world::a_criterion() {
  criterion made;
  for (std::size_t left = one_in(4) ? 2 : 1; left > 0; --left) {
    const std::string field = any_of(field_names);
    const bool known =
        std::any_of(made.tests.begin(), made.tests.end(), [&](const auto& test) { return test.field == field; });
    if (!known) made.tests.push_back({field, "regex", a_pattern(), {}});
  }
  if (made.tests.size() == 1 && one_in(4)) {
    made.setting = one_in(2) ? "S1" : "S2";
    made.only_where_set = one_in(2);
  }
  return made;
}

criteria random_world::some_criteria(std::size_t at_most) {
  criteria made;
  for (auto left = pick(at_most + 1); left > 0; --left) made.push_back(a_criterion());
  return made;
}

factor random_world::a_factor(const std::string& id, std::int64_t priority) {
  factor made;
  made.id = id;
  made.title = id;
  made.kind = one_in(3) ? subject_kind::number : one_in(4) ? subject_kind::meter : subject_kind::user;
  if (one_in(3)) made.counting = some_terms(made.kind);
  made.priority = priority;
  made.switchable = one_in(2);
  if (one_in(2)) made.services = {"essentials", "pro"};
  made.configured = some_criteria(1);
  made.match = some_criteria(2);
  made.reject = some_criteria(2);
  return made;
}

factor_set random_world::rules() {
  factor_set made;
  for (const char* id : {"agents", "ump", "voice"}) {
    if (id == std::string_view("voice") && !one_in(4)) continue;
    licence one;
    one.id = id;
    one.title = id;
    const auto count = 1 + pick(5);
    for (std::size_t i = 0; i < count; ++i) {
      // Priorities against the order of the set.
      one.factors.push_back(a_factor("f" + std::to_string(i), static_cast<std::int64_t>(10 - i)));
    }
    if (one_in(2)) one.terms.limit = limit_terms{0, {}, true};
    made.licences.push_back(std::move(one));
  }
  return made;
}

factor_set random_world::edited(factor_set rules) {
  for (auto left = pick(3); left > 0; --left) {
    auto& factors = rules.licences[pick(rules.licences.size())].factors;
    auto& one = factors[pick(factors.size())];
    if (one_in(4)) one.counting = some_terms(one.kind);
    auto& list = one_in(3) ? one.configured : one_in(2) ? one.match : one.reject;
    list = some_criteria(2);
  }
  return rules;
}

factor_set random_world::widest_rules() {
  factor_set made = random_world(1).rules();
  for (const auto kind : {subject_kind::user, subject_kind::number, subject_kind::meter}) {
    factor wide;
    wide.id = "wide-" + std::string(to_text(kind));
    wide.kind = kind;
    wide.priority = 99;
    wide.counting.expanded = kind == subject_kind::number;
    for (const char* field : field_names) wide.match.push_back({{{field, "regex", ".", {}}}, {}, false});
    made.licences.front().factors.push_back(std::move(wide));
  }
  return made;
}

site random_world::a_site() {
  auto made = site_of(one_in(2) ? "London" : "Leeds", a_gateway());
  if (one_in(4)) made.former_gateways.push_back({"gw2", from_milliseconds(static_cast<std::int64_t>(pick(1000)))});
  if (one_in(8)) made.former_gateways.push_back({"a", std::nullopt});
  return made;
}

tenant random_world::a_tenant(const std::string& id) {
  auto made = tenant_of(id, one_in(12) ? "" : any_of(service_names));
  for (auto left = pick(4); left > 0; --left) made.sites.push_back(a_site());
  if (!one_in(3)) made.ms_tenant_id = "ms-1";
  if (!one_in(3)) made.customer_guid = "guid-1";
  if (one_in(3)) made.application_settings["S1"] = a_pattern();
  if (one_in(3)) made.application_settings["S2"] = a_pattern();
  if (one_in(3)) made.criteria["ump/f0"].match = some_criteria(2);
  if (one_in(6)) made.criteria["agents/f1"].reject = some_criteria(2);
  if (one_in(6)) made.criteria["agents/f0"].configured = some_criteria(1);
  if (one_in(2)) made.settings["retention"] = known_retentions()[pick(known_retentions().size())].first;
  return made;
}

void random_world::read(subject& meter) {
  std::string used = std::to_string(pick(1500));
  if (one_in(2)) used += "." + std::to_string(1 + pick(9)) + (one_in(2) ? "" : "00001");
  meter.fields["used"] = {std::move(used)};
  meter.fields["unit"] = {any_of(unit_names)};
  meter.fields["at"] = {to_rfc3339(from_milliseconds(static_cast<std::int64_t>(pick(1000))))};
}

subject random_world::a_subject(const std::string& tenant_id, std::uint64_t number) {
  subject made;
  const auto kind = one_in(3) ? subject_kind::number : one_in(4) ? subject_kind::meter : subject_kind::user;
  made.name = {tenant_id, kind, one_in(3) ? a_text() : "s" + std::to_string(number)};
  for (const char* field : {"pstn_gateway", "tag", "group", "unread"}) {
    std::vector<std::string> texts;
    for (std::size_t left = one_in(5) ? 0 : one_in(4) ? 2 : 1; left > 0; --left) texts.push_back(a_text());
    auto value = make_field_value(std::move(texts));
    if (!value.empty()) made.fields[field] = std::move(value);
  }
  const auto& prefixes = known_prefixes();
  if (kind == subject_kind::meter) read(made);
  if (kind == subject_kind::number) made.fields["number"] = {prefixes[pick(prefixes.size())].first};
  if (kind != subject_kind::meter && one_in(4)) made.quantity = static_cast<std::int64_t>(pick(5));
  return made;
}

}  // namespace licaudit::factors::testing

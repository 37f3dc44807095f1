#include "daemon/settings/factor_reader.hpp"

#include "daemon/settings/criteria_reader.hpp"
#include "daemon/settings/terms_reader.hpp"
#include "model/names.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace licaudit::settings {

namespace {

result<std::string> one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  if (std::find(words.begin(), words.end(), text) != words.end()) return std::string(text);
  return failure{errc::malformed, "another word"};
}

std::vector<std::string> read_service_names(const yaml_value& value) {
  std::set<std::string> names;
  for (const auto& item : value.items()) {
    if (auto name = item.name()) names.insert(std::move(*name));
  }
  return {names.begin(), names.end()};
}

}  // namespace

void factor_reader::read(const yaml_value& document) {
  yaml_map in(document);
  if (const auto services = in.find("services")) read_services(*services);
  if (const auto licences = in.find("licences")) {
    for (const auto& item : licences->items()) read_licence(item);
  }
  in.finish();
}

void factor_reader::read_services(const yaml_value& value) {
  if (value.kind() != yaml_kind::map) {
    value.refuse("a map of services");
    return;
  }
  for (const auto& entry : value.node().entries) {
    const yaml_value service = value.member(entry);
    if (!is_name(entry.key)) service.refuse("the name of a service as key", "'" + entry.key + "'");
    bool monitors = true;
    if (service.kind() != yaml_kind::nothing) {
      yaml_map in(service);
      if (const auto given = in.find("monitors_users")) monitors = given->flag().value_or(true);
      in.finish();
    }
    const std::string rule_path = "services." + entry.key;
    const auto [first, is_new] = set_.monitors_users.emplace(entry.key, monitors);
    if (!is_new && first->second != monitors) {
      service.refuse("what " + places_.line_of(rule_path) + " says of this service", "something else");
    }
    places_.put(rule_path, service);
  }
}

licence& factor_reader::licence_of(const std::string& id) {
  for (auto& known : set_.licences) {
    if (known.id == id) return known;
  }
  licence fresh;
  fresh.id = id;
  fresh.billing_of.clear();  // until some file says so
  fresh.billing_by.clear();
  set_.licences.push_back(std::move(fresh));
  return set_.licences.back();
}

void factor_reader::settle(const std::string& rule_path, std::string& current, const std::string& given,
                           const yaml_value& value) {
  if (!current.empty() && current != given) {
    value.refuse("'" + current + "' as in " + places_.line_of(rule_path), "'" + given + "'");
    return;
  }
  current = given;
  places_.put(rule_path, value);
}

void factor_reader::read_title(const yaml_value& value, licence& into) {
  const auto text = value.text();
  if (text) settle("licences." + into.id + ".title", into.title, std::string(trimmed(*text)), value);
}

void factor_reader::read_billing(const yaml_value& value, licence& into) {
  yaml_map in(value);
  const std::string rule_path = "licences." + into.id + ".billing";
  if (const auto of = in.find("of")) {
    const auto word = of->parsed(
        [](std::string_view text) {
          return one_of(text, {"acquired", "calculated"});
        },
        "acquired or calculated");
    if (word) settle(rule_path + ".of", into.billing_of, *word, *of);
  }
  if (const auto by = in.find("by")) {
    const auto word = by->parsed(
        [](std::string_view text) {
          return one_of(text, {"peak", "last", "average"});
        },
        "peak, last or average");
    if (word) settle(rule_path + ".by", into.billing_by, *word, *by);
  }
  in.finish();
}

void factor_reader::read_licence(const yaml_value& item) {
  yaml_map in(item);
  const auto id = in.require("id", "by which the licence is known");
  const auto name = id ? id->name() : std::nullopt;
  // Without an id the rest is read all the same, for its problems.
  licence nameless;
  licence& into = name ? licence_of(*name) : nameless;
  places_.put("licences." + into.id, item);
  if (const auto title = in.find("title")) read_title(*title, into);
  if (const auto billing = in.find("billing")) read_billing(*billing, into);
  if (const auto factors = in.find("factors")) {
    for (const auto& each : factors->items()) read_factor(each, into);
  }
  const std::string rule_path = "licences." + into.id;
  read_licence_terms(in, into.terms, [this, &rule_path](const std::string& key, const yaml_value& value) {
    auto earlier = places_.line_of(rule_path + "." + key);
    if (earlier.empty()) places_.put(rule_path + "." + key, value);
    return earlier;
  });
  in.finish();
}

void factor_reader::read_factor(const yaml_value& item, licence& into) {
  yaml_map in(item);
  factor one;
  const auto id = in.require("id", "by which the factor is known");
  if (id) one.id = id->name().value_or("");
  const std::string rule_path = "licences." + into.id + ".factors." + one.id;
  const bool is_taken = std::any_of(into.factors.begin(), into.factors.end(),
                                    [&](const factor& known) { return !one.id.empty() && known.id == one.id; });
  if (is_taken) {
    id->refuse("an id that no other factor of the licence has",
               "'" + one.id + "', which " + places_.line_of(rule_path) + " has");
  }
  places_.put(rule_path, id && one.id.empty() ? *id : item);
  one.title = one.id;
  if (const auto title = in.find("title")) one.title = std::string(trimmed(title->text().value_or(one.id)));
  if (const auto kind = in.find("subject")) {
    one.kind = kind->parsed(parse_subject_kind, "user, number or meter").value_or(subject_kind::user);
  }
  if (const auto priority = in.find("priority")) {
    one.priority = priority->integer(1).value_or(1);
    places_.put(rule_path + ".priority", *priority);
  }
  if (const auto switchable = in.find("switchable")) one.switchable = switchable->flag().value_or(false);
  if (const auto services = in.find("services")) one.services = read_service_names(*services);
  if (const auto list = in.find("configured"))
    one.configured = read_criteria(*list, rule_path + ".configured", places_);
  if (const auto list = in.find("match")) one.match = read_criteria(*list, rule_path + ".match", places_);
  if (const auto list = in.find("reject")) one.reject = read_criteria(*list, rule_path + ".reject", places_);
  read_counting_terms(in, one.counting);
  for (const char* key : {"unit", "units", "package", "count"})
    if (const auto value = in.find(key)) places_.put(rule_path + "." + key, *value);
  in.finish();
  if (!is_taken) into.factors.push_back(std::move(one));
}

factor_set factor_reader::take() {
  const licence otherwise;  // its members hold the defaults
  for (auto& each : set_.licences) {
    if (each.title.empty()) each.title = each.id;
    if (each.billing_of.empty()) each.billing_of = otherwise.billing_of;
    if (each.billing_by.empty()) each.billing_by = otherwise.billing_by;
    std::sort(each.factors.begin(), each.factors.end(), [](const factor& left, const factor& right) {
      return std::tie(left.priority, left.kind, left.id) < std::tie(right.priority, right.kind, right.id);
    });
  }
  std::sort(set_.licences.begin(), set_.licences.end(),
            [](const licence& left, const licence& right) { return left.id < right.id; });
  return std::move(set_);
}

}  // namespace licaudit::settings

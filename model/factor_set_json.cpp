#include "model/factor_set.hpp"
#include "model/names.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace licaudit {

namespace {

json::object to_json(const factor& value) {
  json::object out{{"id", value.id},
                   {"title", value.title},
                   {"subject", to_text(value.kind)},
                   {"priority", value.priority},
                   {"switchable", value.switchable}};
  if (!value.services.empty()) out["services"] = json::array(value.services.begin(), value.services.end());
  if (!value.configured.empty()) out["configured"] = licaudit::to_json(value.configured);
  if (!value.match.empty()) out["match"] = licaudit::to_json(value.match);
  if (!value.reject.empty()) out["reject"] = licaudit::to_json(value.reject);
  add_json(out, value.counting);
  return out;
}

json::object to_json(const licence& value) {
  json::array factors;
  for (const auto& each : value.factors) factors.push_back(to_json(each));
  json::object out{{"id", value.id},
                   {"title", value.title},
                   {"billing", {{"of", value.billing_of}, {"by", value.billing_by}}},
                   {"factors", std::move(factors)}};
  add_json(out, value.terms);
  return out;
}

/// `licence ump`, or `licence` for one whose id is none.
std::string name_of(std::string_view what, const json::value& value) {
  const auto* object = value.if_object();
  const auto* id = object == nullptr ? nullptr : object->if_contains("id");
  if (id == nullptr || !id->is_string()) return std::string(what);
  return std::string(what) + " " + std::string(trimmed(id->get_string()));
}

std::string read_id(json_reader& in) {
  std::string id(trimmed(in.text("id")));
  if (!is_name(id)) in.refuse("id", "1 to 128 letters, digits, '.', '_' or '-'");
  return id;
}

/// Sorted, each once.
std::vector<std::string> read_services(json_reader& in) {
  std::set<std::string> names;
  if (const auto* list = in.optional_array("services")) {
    for (const auto& each : *list) {
      const auto name = each.is_string() ? trimmed(each.get_string()) : std::string_view();
      if (!is_name(name)) in.refuse("services", "a list of names of services");
      names.emplace(name);
    }
  }
  return {names.begin(), names.end()};
}

subject_kind read_kind(json_reader& in) {
  const auto kind = parse_subject_kind(in.optional_text("subject", "user"));
  if (kind) return *kind;
  in.refuse("subject", "user, number or meter");
  return subject_kind::user;
}

result<factor> factor_from_json(const json::value& value, const std::string& of_licence) {
  const std::string what = of_licence + ": " + name_of("factor", value);
  json_reader in(value, what);
  factor out;
  out.id = read_id(in);
  out.title = trimmed(in.optional_text("title", out.id));
  out.kind = read_kind(in);
  out.priority = in.optional_integer("priority").value_or(1);
  if (out.priority < 1) in.refuse("priority", "a whole number of at least 1");
  out.switchable = in.optional_flag("switchable", false);
  out.services = read_services(in);
  out.counting = counting_terms_from(in);
  const std::pair<std::string_view, criteria*> lists[] = {
      {"configured", &out.configured}, {"match", &out.match}, {"reject", &out.reject}};
  for (const auto& [key, target] : lists) {
    const auto* list = in.optional_value(key);
    if (list == nullptr || list->is_null()) continue;
    auto read = criteria_from_json(*list, what + ": " + std::string(key));
    if (!read) return read.error();
    *target = std::move(*read);
  }
  if (auto wrong = in.finish()) return *wrong;
  return out;
}

result<void> read_billing(const json::object& form, licence& out, const std::string& what) {
  json_reader in(form, what + ": billing");
  out.billing_of = in.optional_text("of", out.billing_of);
  out.billing_by = in.optional_text("by", out.billing_by);
  if (out.billing_of != "calculated" && out.billing_of != "acquired") in.refuse("of", "calculated or acquired");
  if (out.billing_by != "last" && out.billing_by != "peak" && out.billing_by != "average") {
    in.refuse("by", "last, peak or average");
  }
  if (auto wrong = in.finish()) return *wrong;
  return {};
}

result<licence> licence_from_json(const json::value& value) {
  const std::string what = name_of("licence", value);
  json_reader in(value, what);
  licence out;
  out.id = read_id(in);
  out.title = trimmed(in.optional_text("title", out.id));
  if (const auto* billing = in.optional_object("billing")) {
    if (auto read = read_billing(*billing, out, what); !read) return read.error();
  }
  out.terms = licence_terms_from(in);
  const auto* factors = in.optional_array("factors");
  if (auto wrong = in.finish()) return *wrong;
  std::set<std::string, std::less<>> ids;
  for (const auto& each : factors != nullptr ? *factors : json::array()) {
    auto read = factor_from_json(each, what);
    if (!read) return read.error();
    if (!ids.insert(read->id).second) return failure{errc::malformed, what + ": two factors have the id " + read->id};
    out.factors.push_back(std::move(*read));
  }
  std::sort(out.factors.begin(), out.factors.end(), [](const factor& left, const factor& right) {
    return std::tie(left.priority, left.kind, left.id) < std::tie(right.priority, right.kind, right.id);
  });
  return out;
}

result<void> read_monitoring(const json::object& services, factor_set& out) {
  for (const auto& member : services) {
    const std::string what = "services: " + std::string(member.key());
    if (!is_name(member.key())) return failure{errc::malformed, what + ": expected the name of a service"};
    json_reader in(member.value(), what);
    out.monitors_users.emplace(member.key(), in.optional_flag("monitors_users", true));
    if (auto wrong = in.finish()) return *wrong;
  }
  return {};
}

}  // namespace

json::object to_json(const factor_set& rules) {
  json::object services;
  for (const auto& [name, monitors] : rules.monitors_users) services[name] = json::object{{"monitors_users", monitors}};
  json::array licences;
  for (const auto& each : rules.licences) licences.push_back(to_json(each));
  return {{"services", std::move(services)}, {"licences", std::move(licences)}};
}

result<factor_set> factor_set_from_json(const json::value& value) {
  json_reader in(value, "factors");
  factor_set out;
  if (const auto* services = in.optional_object("services")) {
    if (auto read = read_monitoring(*services, out); !read) return read.error();
  }
  const auto* licences = in.optional_array("licences");
  if (auto wrong = in.finish()) return *wrong;
  for (const auto& each : licences != nullptr ? *licences : json::array()) {
    auto read = licence_from_json(each);
    if (!read) return read.error();
    if (out.find(read->id) != nullptr) return failure{errc::malformed, "two licences have the id " + read->id};
    out.licences.push_back(std::move(*read));
  }
  std::sort(out.licences.begin(), out.licences.end(),
            [](const licence& left, const licence& right) { return left.id < right.id; });
  return out;
}

}  // namespace licaudit

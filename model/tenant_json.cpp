#include "model/names.hpp"
#include "model/quantity.hpp"
#include "model/site_json.hpp"
#include "model/tenant.hpp"
#include "model/time_zone.hpp"

#include <array>
#include <utility>

namespace licaudit {

namespace {

constexpr std::string_view name_form = "1 to 128 letters, digits, '.', '_' or '-'";

/// The keys that are plain texts; empty ones are left out.
constexpr std::array<std::pair<std::string_view, std::string tenant::*>, 6> plain_texts = {
    {{"name", &tenant::name},
     {"parent", &tenant::parent},
     {"service", &tenant::service},
     {"time_zone", &tenant::time_zone},
     {"ms_tenant_id", &tenant::ms_tenant_id},
     {"customer_guid", &tenant::customer_guid}}};

constexpr std::array<std::pair<std::string_view, std::optional<criteria> criteria_override::*>, 3> criteria_lists = {
    {{"configured", &criteria_override::configured},
     {"match", &criteria_override::match},
     {"reject", &criteria_override::reject}}};

json::object to_json(const criteria_override& value) {
  json::object out;
  for (const auto& [key, member] : criteria_lists) {
    if (value.*member) out[key] = licaudit::to_json(*(value.*member));
  }
  return out;
}

template <class Map>
json::object object_of(const Map& map) {
  json::object out;
  for (const auto& [key, value] : map) {
    if constexpr (std::is_same_v<typename Map::mapped_type, criteria_override>) {
      out[key] = to_json(value);
    } else {
      out[key] = value;
    }
  }
  return out;
}

result<criteria_override> override_from_json(const json::value& value, const std::string& what) {
  json_reader in(value, what);
  criteria_override out;
  for (const auto& [key, member] : criteria_lists) {
    const auto* list = in.optional_value(key);
    if (list == nullptr || list->is_null()) continue;
    auto read = criteria_from_json(*list, what + ": " + std::string(key));
    if (!read) return read.error();
    out.*member = std::move(*read);
  }
  if (auto wrong = in.finish()) return *wrong;
  return out;
}

/// `licence/factor`
bool names_a_factor(std::string_view text) {
  const auto slash = text.find('/');
  return slash != std::string_view::npos && is_name(text.substr(0, slash)) && is_name(text.substr(slash + 1));
}

/// The maps and lists of a tenant, each read from the member of its name. `what_` begins every message.
class nested_reader {
 public:
  nested_reader(json_reader& in, std::string what, tenant& out) : in_(in), what_(std::move(what)), out_(out) {}

  [[nodiscard]] std::optional<failure> read() {
    read_sites();
    read_acquired();
    read_settings();
    read_attributes();
    read_application_settings();
    read_criteria();
    read_formerly();
    return wrong_;
  }

 private:
  void read_sites() {
    const auto* list = in_.optional_array("sites");
    if (list == nullptr) return;
    time_zone zone;
    if (const auto own = time_zone::find(out_.time_zone)) zone = *own;
    for (std::size_t i = 0; i < list->size(); ++i) {
      keep(site_from_json((*list)[i], what_ + ": sites[" + std::to_string(i) + "]", zone),
           [&](site&& read) { out_.sites.push_back(std::move(read)); });
    }
  }

  void read_acquired() {
    const auto* map = in_.optional_object("acquired");
    if (map == nullptr) return;
    json_reader licences(*map, what_ + ": acquired");
    for (const auto& member : *map) {
      const auto quantity = licences.integer(member.key());
      if (!is_quantity(quantity)) licences.refuse(member.key(), a_quantity);
      if (!is_name(member.key())) in_.refuse("acquired", "a map from names of licences to whole numbers");
      out_.acquired.emplace(member.key(), quantity);
    }
    note(licences.finish());
  }

  void read_settings() {
    const auto* map = in_.optional_object("settings");
    if (map == nullptr) return;
    json_reader names(*map, what_ + ": settings");
    for (const auto& member : *map) {
      const auto* value = names.optional_value(member.key());
      if (!value->is_string() && !value->is_number()) names.refuse(member.key(), "a text or a number");
    }
    note(names.finish());
    out_.settings = trimmed_texts(*map);
  }

  void read_attributes() {
    if (const auto* map = in_.optional_object("attributes")) out_.attributes = trimmed_texts(*map);
  }

  /// Not trimmed: they replace patterns, where a blank is a blank that has to be there.
  void read_application_settings() {
    const auto* map = in_.optional_object("application_settings");
    if (map == nullptr) return;
    json_reader names(*map, what_ + ": application_settings");
    for (const auto& member : *map) out_.application_settings.emplace(member.key(), names.text(member.key()));
    note(names.finish());
  }

  void read_criteria() {
    const auto* map = in_.optional_object("criteria");
    if (map == nullptr) return;
    for (const auto& member : *map) {
      const std::string key = member.key();
      if (!names_a_factor(key)) in_.refuse("criteria", "a map from licence/factor to the tenant's own criteria");
      keep(override_from_json(member.value(), what_ + ": criteria: " + key),
           [&](criteria_override&& read) { out_.criteria.emplace(key, std::move(read)); });
    }
  }

  void read_formerly() {
    const auto* list = in_.optional_array("formerly");
    if (list == nullptr) return;
    for (const auto& each : *list) {
      const auto id = each.is_string() ? trimmed(each.get_string()) : std::string_view();
      if (!is_name(id)) in_.refuse("formerly", "a list of earlier ids");
      out_.formerly.emplace_back(id);
    }
  }

  [[nodiscard]] static json::object trimmed_texts(const json::object& map) {
    json::object out = map;
    for (auto& member : out) {
      if (const auto* text = member.value().if_string()) member.value() = std::string(trimmed(*text));
    }
    return out;
  }

  void note(std::optional<failure> wrong) {
    if (!wrong_) wrong_ = std::move(wrong);
  }

  template <class Value, class Take>
  void keep(result<Value> read, Take take) {
    if (read)
      take(std::move(*read));
    else
      note(read.error());
  }

  json_reader& in_;
  std::string what_;
  tenant& out_;
  std::optional<failure> wrong_;
};

/// `tenant contoso`, so that a message says which one of a file or stream it is.
std::string name_of(const json::value& value) {
  const auto* object = value.if_object();
  const auto* id = object == nullptr ? nullptr : object->if_contains("id");
  if (id == nullptr || !id->is_string()) return "tenant";
  const auto text = trimmed(id->get_string());
  return "tenant " + (is_name(text) ? std::string(text) : in_quotes(text));
}

void read_plain(json_reader& in, tenant& out) {
  out.id = trimmed(in.text("id"));
  if (!is_name(out.id)) in.refuse("id", name_form);
  for (const auto& [key, member] : plain_texts) out.*member = trimmed(in.optional_text(key));
  if (!out.parent.empty() && !is_name(out.parent)) in.refuse("parent", name_form);
  if (!out.service.empty() && !is_name(out.service)) in.refuse("service", name_form);
  if (!out.time_zone.empty() && !time_zone::find(out.time_zone)) {
    in.refuse("time_zone", "an IANA time zone like Europe/London");
  }
  if (const auto type = parse_tenant_type(trimmed(in.optional_text("type", to_text(out.type)))))
    out.type = *type;
  else
    in.refuse("type", "provider, reseller, partner or customer");
  out.monitored = in.optional_integer("monitored");
  if (!is_quantity(out.monitored.value_or(0))) in.refuse("monitored", a_quantity);
}

}  // namespace

json::object to_json(const tenant& value) {
  json::object out{{"id", value.id}, {"type", to_text(value.type)}};
  for (const auto& [key, member] : plain_texts) {
    if (!(value.*member).empty()) out[key] = value.*member;
  }
  if (value.monitored) out["monitored"] = *value.monitored;
  if (!value.sites.empty()) {
    json::array sites;
    for (const auto& each : value.sites) sites.push_back(to_json(each));
    out["sites"] = std::move(sites);
  }
  if (!value.acquired.empty()) out["acquired"] = object_of(value.acquired);
  if (!value.settings.empty()) out["settings"] = value.settings;
  if (!value.attributes.empty()) out["attributes"] = value.attributes;
  if (!value.application_settings.empty()) out["application_settings"] = object_of(value.application_settings);
  if (!value.criteria.empty()) out["criteria"] = object_of(value.criteria);
  if (!value.formerly.empty()) out["formerly"] = json::array(value.formerly.begin(), value.formerly.end());
  return out;
}

result<tenant> tenant_from_json(const json::value& value) {
  const std::string what = name_of(value);
  json_reader in(value, what);
  (void)in.has("kind");  // the record's, which its reader has looked at
  tenant out;
  read_plain(in, out);
  const auto nested = nested_reader(in, what, out).read();
  if (auto wrong = in.finish()) return *wrong;
  if (nested) return *nested;
  return out;
}

}  // namespace licaudit

#include "daemon/settings/tenant_faults.hpp"

#include "model/tenant.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>

namespace licaudit::settings {

namespace {

constexpr const char* stand_in_id = "id";

constexpr std::array<const char*, 16> keys{"id",
                                           "name",
                                           "parent",
                                           "type",
                                           "service",
                                           "time_zone",
                                           "ms_tenant_id",
                                           "monitored",
                                           "acquired",
                                           "attributes",
                                           "application_settings",
                                           "criteria",
                                           "sites",
                                           "customer_guid",
                                           "settings",
                                           "formerly"};

/// Puts a part of a tenant back into the shape of a tenant that has nothing else.
using frame = std::function<json::value(json::value)>;

std::optional<std::string> fault_of(const json::value& whole) {
  auto read = tenant_from_json(whole);
  if (read) return std::nullopt;
  const std::string& detail = read.error().detail;
  const auto end_of_name = detail.find(": ");  // `tenant contoso: `
  return end_of_name == std::string::npos ? detail : detail.substr(end_of_name + 2);
}

/// A fault's text without the positions of items, which differ once an item stands alone.
std::string without_indices(const std::string& text) {
  std::string plain;
  bool inside = false;
  for (const char c : text) {
    inside = c == '[' || (inside && c != ']');
    if (!inside) plain += c;
  }
  return plain;
}

frame item_frame(const frame& outer) {
  return [outer](json::value part) { return outer(json::array{std::move(part)}); };
}

frame member_frame(const frame& outer, const std::string& key) {
  return [outer, key](json::value part) {
    json::object map;
    map.emplace(key, std::move(part));
    return outer(std::move(map));
  };
}

/// The key that a fault names: `until` of `sites[0]: former_gateways: until: expected ...`.
std::string_view key_of(std::string_view fault) {
  const auto end = fault.find(": expected ");
  if (end == std::string_view::npos) return {};
  const std::string_view path = fault.substr(0, end);
  const auto start = path.rfind(": ");
  return start == std::string_view::npos ? path : path.substr(start + 2);
}

void report(const yaml_value& at, const std::string& fault) {
  constexpr std::string_view before = "expected ";
  constexpr std::string_view between = ", found ";
  const auto expected = fault.find(before);
  const auto found = fault.rfind(between);
  if (expected == std::string::npos || found == std::string::npos || found < expected) {
    at.complain(fault);
    return;
  }
  const std::string what = fault.substr(found + between.size());
  if (what == "nothing") {  // a key that is missing has no place, so its name stays: `id: expected ...`
    at.complain(std::string(key_of(fault)) + ": " + fault.substr(expected));
    return;
  }
  at.refuse(fault.substr(expected + before.size(), found - expected - before.size()), what);
}

/// The innermost part that is to blame: the one that alone has the same fault, or the member that the fault names
/// (which alone may have another one, for lack of its sisters). No part is to blame for a fault that an empty map has
/// too.
void narrow(const yaml_value& at, const frame& around, const std::string& fault) {
  const auto is_it = [&](const std::optional<std::string>& other) {
    return other && without_indices(*other) == without_indices(fault);
  };
  const auto has_fault = [&](const yaml_value& part, const frame& inner) {
    return is_it(fault_of(inner(to_json(part.node()))));
  };
  if (at.kind() == yaml_kind::map && is_it(fault_of(around(json::object())))) return report(at, fault);
  for (std::size_t i = 0; i < at.node().items.size(); ++i) {
    const frame inner = item_frame(around);
    if (has_fault(at.item(i), inner)) return narrow(at.item(i), inner, fault);
  }
  for (const auto& entry : at.node().entries) {
    const frame inner = member_frame(around, entry.key);
    if (has_fault(at.member(entry), inner)) return narrow(at.member(entry), inner, fault);
  }
  for (const auto& entry : at.node().entries) {
    if (entry.key == key_of(fault)) return report(at.member(entry), fault);
  }
  report(at, fault);
}

/// Each item or member of one key's value on its own, so that two bad sites are two problems.
bool refuse_parts(const yaml_value& value, const frame& around) {
  bool any = false;
  const auto try_part = [&](const yaml_value& part, const frame& inner) {
    if (const auto fault = fault_of(inner(to_json(part.node())))) {
      narrow(part, inner, *fault);
      any = true;
    }
  };
  for (std::size_t i = 0; i < value.node().items.size(); ++i) try_part(value.item(i), item_frame(around));
  for (const auto& entry : value.node().entries) try_part(value.member(entry), member_frame(around, entry.key));
  return any;
}

/// Looks only for keys that no tenant has; what they hold is the model's to judge.
bool refuse_unknown_keys(const yaml_value& value) {
  const std::size_t before = value.problems().size();
  yaml_map in(value);
  for (const char* key : keys) static_cast<void>(in.find(key));
  in.finish();
  return value.problems().size() != before;
}

bool is_key(std::string_view text) {
  return std::find(keys.begin(), keys.end(), text) != keys.end();
}

}  // namespace

bool refuse_tenant_faults(const yaml_value& value) {
  bool any = refuse_unknown_keys(value);
  for (const auto& entry : value.node().entries) {
    if (!is_key(entry.key)) continue;
    const yaml_value member = value.member(entry);
    const frame around = [&entry](json::value part) {
      json::object only{{"id", stand_in_id}};
      only[entry.key] = std::move(part);
      return json::value(std::move(only));
    };
    const auto fault = fault_of(around(to_json(entry.value)));
    if (!fault) continue;
    any = true;
    if (!refuse_parts(member, around)) report(member, *fault);
  }
  if (any) return true;
  if (const auto fault = fault_of(to_json(value.node()))) {
    report(value, *fault);
    return true;
  }
  return false;
}

}  // namespace licaudit::settings

#pragma once

#include "model/factor_set.hpp"
#include "model/instant.hpp"
#include "model/json.hpp"

#include <boost/container/flat_map.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit {

/// By name, in one piece of memory: a host has thousands of tenants, and each has several of these.
template <class Value>
using by_name = boost::container::flat_map<std::string, Value, std::less<>>;

/// From the root down: a child's type is never above its parent's.
enum class tenant_type : std::uint8_t { provider, reseller, partner, customer };

[[nodiscard]] std::string_view to_text(tenant_type type);
[[nodiscard]] result<tenant_type> parse_tenant_type(std::string_view text);

/// A name that a site's gateway had before; matches like the gateway while it lasts.
struct former_gateway {
  std::string gateway;
  std::optional<instant> until;
  bool operator==(const former_gateway&) const = default;
};

/// A SIP connection of a tenant. `texts` holds every text of the record, `name` and `pstn_gateway` included, because a
/// placeholder `${site.FIELD}` may name any of them.
struct site {
  by_name<std::string> texts;
  std::vector<former_gateway> former_gateways;
  bool operator==(const site&) const = default;

  [[nodiscard]] std::string_view text(std::string_view field) const;  ///< trimmed; blank if absent
};

/// The criteria of one factor that a tenant has its own of; an absent list is the factor's.
struct criteria_override {
  std::optional<criteria> configured, match, reject;
  bool operator==(const criteria_override&) const = default;
};

/// A tenant as its origin gives it (domain.md 2). Whether it is enabled, its switches and its limits are decisions and
/// stand elsewhere.
struct tenant {
  std::string id;
  std::string name;
  std::string parent;  ///< empty: the root
  tenant_type type = tenant_type::customer;
  std::string service;    ///< empty: a node that counts nothing of its own
  std::string time_zone;  ///< IANA; empty: the parent's
  std::string ms_tenant_id;
  std::string customer_guid;
  std::optional<std::int64_t> monitored;
  std::vector<site> sites;
  by_name<std::int64_t> acquired;  ///< by licence
  json::object settings;           ///< by name, a text or a number
  json::object attributes;
  by_name<std::string> application_settings;
  by_name<criteria_override> criteria;  ///< by `licence/factor`
  std::vector<std::string> formerly;

  bool operator==(const tenant&) const = default;

  /// What `${tenant.FIELD}` stands for: an own key, or a text of `attributes`; trimmed; blank if absent.
  [[nodiscard]] std::string text(std::string_view field) const;
};

/// The record form of interfaces.md 3, without `kind`. Absent keys are left out.
[[nodiscard]] json::object to_json(const tenant& value);

/// errc::malformed names the key. Unknown keys are refused; `kind` is skipped.
[[nodiscard]] result<tenant> tenant_from_json(const json::value& value);

}  // namespace licaudit

#include "model/tenant.hpp"

#include "model/names.hpp"

#include <array>
#include <utility>

namespace licaudit {

std::string_view to_text(tenant_type type) {
  switch (type) {
    case tenant_type::provider:
      return "provider";
    case tenant_type::reseller:
      return "reseller";
    case tenant_type::partner:
      return "partner";
    case tenant_type::customer:
      return "customer";
  }
  return {};
}

result<tenant_type> parse_tenant_type(std::string_view text) {
  for (const auto type : {tenant_type::provider, tenant_type::reseller, tenant_type::partner, tenant_type::customer}) {
    if (text == to_text(type)) return type;
  }
  return failure{errc::malformed,
                 in_quotes(text) + " is no type of tenant: expected provider, reseller, partner or customer"};
}

std::string_view site::text(std::string_view field) const {
  const auto found = texts.find(field);
  return found == texts.end() ? std::string_view() : trimmed(found->second);
}

std::string tenant::text(std::string_view field) const {
  const std::array<std::pair<std::string_view, std::string_view>, 8> own = {{{"id", id},
                                                                             {"name", name},
                                                                             {"parent", parent},
                                                                             {"type", to_text(type)},
                                                                             {"service", service},
                                                                             {"time_zone", time_zone},
                                                                             {"ms_tenant_id", ms_tenant_id},
                                                                             {"customer_guid", customer_guid}}};
  for (const auto& [key, value] : own) {
    if (key == field) return std::string(trimmed(value));
  }
  const auto* attribute = attributes.if_contains(field);
  if (attribute == nullptr || !attribute->is_string()) return {};
  return std::string(trimmed(attribute->get_string()));
}

}  // namespace licaudit

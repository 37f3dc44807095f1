#include "model/factor_set.hpp"

#include <algorithm>

namespace licaudit {

bool factor::applies_to(std::string_view service) const {
  return services.empty() || std::binary_search(services.begin(), services.end(), service);
}

const licence* factor_set::find(std::string_view licence_id) const {
  const auto found =
      std::find_if(licences.begin(), licences.end(), [&](const auto& each) { return each.id == licence_id; });
  return found == licences.end() ? nullptr : &*found;
}

const factor* factor_set::find(std::string_view licence_id, std::string_view factor_id) const {
  const auto* within = find(licence_id);
  if (within == nullptr) return nullptr;
  const auto& all = within->factors;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.id == factor_id; });
  return found == all.end() ? nullptr : &*found;
}

bool factor_set::service_monitors_users(std::string_view service) const {
  const auto found = monitors_users.find(service);
  return found == monitors_users.end() || found->second;
}

rule_revision revision_of(const factor_set& rules) {
  std::string text = canonical_json(to_json(rules));
  std::string name = to_hex(sha256(text));
  return {std::move(text), std::move(name)};
}

}  // namespace licaudit

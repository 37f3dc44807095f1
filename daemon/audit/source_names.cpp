// Which sources the settings name, and what is left of those that they name no longer.
#include "daemon/audit/desk.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

/// The tenant of `NAME.TENANT`; empty if it is no instance of this source.
std::string_view tenant_of(std::string_view instance, const policy::source& of) {
  const bool fits = of.for_each_service && instance.size() > of.name.size() + 1 && instance[of.name.size()] == '.' &&
                    instance.substr(0, of.name.size()) == of.name;
  return fits ? instance.substr(of.name.size() + 1) : std::string_view();
}

}  // namespace

const policy::source* desk::configured(std::string_view source) const {
  const policy::source* found = nullptr;
  for (const auto& one : how.sources) {
    if (!one.for_each_service && one.name == source) return &one;
    const auto id = tenant_of(source, one);
    if (id.empty()) continue;
    // Where the tenant is no more, nothing of it counts, and nothing needs to be said.
    const auto* slot = tenants.find(id);
    if (slot == nullptr || slot->record->service == *one.for_each_service) found = &one;
  }
  return found;
}

bool desk::is_in_settings(std::string_view source) const {
  return source == "local" || source == "tenants" || configured(source) != nullptr;
}

std::size_t desk::precedence(std::string_view source) const {
  if (source == "local") return 0;
  const auto* known = configured(source);
  return known == nullptr ? how.sources.size() + 1 : static_cast<std::size_t>(known - how.sources.data()) + 1;
}

source_condition& desk::condition_of(const std::string& source) {
  if (health.all().find(source) != health.all().end()) return health.of(source);
  auto& made = health.of(source);
  const auto* known = configured(source);
  if (known == nullptr) return made;
  made.every = known->every;
  if (known->for_each_service) made.family = known->name;
  if (!known->tenant.empty()) made.tenants.insert(known->tenant);
  const std::string instance_of(tenant_of(source, *known));
  if (!instance_of.empty()) made.tenants.insert(instance_of);
  return made;
}

void desk::renew_abandoned() {
  abandoned.clear();
  for (const auto& source : book.source_names()) {
    if (is_in_settings(source)) continue;
    abandoned_inventory left;
    left.subjects = book.given_counts(source);
    for (const auto& [id, slot] : tenants.all())
      if (slot.origin == source && !slot.gone) left.tenants.push_back(id);
    if (!left.subjects.empty() || !left.tenants.empty()) abandoned.emplace(source, std::move(left));
  }
}

bool desk::has_untold_sources() {
  std::set<std::string, std::less<>> told, left;
  for (const auto& one : findings.all())
    if (one.kind == "unconfigured-source") told.insert(one.source);
  for (const auto& [source, inventory] : abandoned) left.insert(source);
  return told != left;
}

}  // namespace licaudit::audit

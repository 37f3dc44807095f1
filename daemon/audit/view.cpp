#include "daemon/audit/view.hpp"

namespace licaudit::audit {

const last_change* tenant_view::change_of(std::string_view licence, std::string_view factor) const {
  std::size_t row = 1;
  for (const auto& of : tally->licences) {
    ++row;
    for (const auto& one : of.factors) {
      if (of.licence == licence && one.factor == factor && row < changes->size()) return (*changes)[row].get();
      ++row;
    }
  }
  return nullptr;
}

const tenant_view* view::find(std::string_view tenant) const {
  const auto known = tenants.find(tenant);
  return known == tenants.end() ? nullptr : known->second.get();
}

const std::optional<calculation_stamp>& view::calculated(const tenant_view& of) const {
  const bool later = of.calculated && last_of_all && last_of_all->sequence > of.calculated->sequence;
  return later ? last_of_all : of.calculated;
}

bool view::is_retired(std::string_view tenant) const {
  return retired != nullptr && retired->find(tenant) != retired->end();
}

bool view::is_within(std::string_view tenant, std::string_view ancestor) const {
  const std::size_t most = tenants.size() + (retired == nullptr ? 0 : retired->size());
  for (std::size_t steps = 0; steps <= most; ++steps) {
    const auto* at = find(tenant);
    if (at == nullptr && !is_retired(tenant)) return false;
    if (tenant == ancestor) return true;
    tenant = at != nullptr ? std::string_view(at->record->parent) : retired->find(tenant)->second;
  }
  return false;
}

time_zone view::zone_of(std::string_view tenant) const {
  if (tenant.empty()) tenant = root;
  const auto* at = find(tenant);
  for (std::size_t steps = 0; at == nullptr && is_retired(tenant) && steps < retired->size(); ++steps) {
    tenant = retired->find(tenant)->second;
    at = find(tenant);
  }
  return at == nullptr ? licaudit::time_zone() : at->zone;
}

namespace {

void add_part(std::string& text, std::int64_t count, const char* sign, const char* one, const char* many,
              const char* behind) {
  if (count == 0) return;
  if (!text.empty()) text += ", ";
  text += sign + std::to_string(count) + ' ' + (count == 1 ? one : many) + behind;
}

std::string movement_text(const subject_movement& moved) {
  std::string text;
  add_part(text, moved.users_added, "+", "user", "users", "");
  add_part(text, moved.users_removed, "-", "user", "users", "");
  add_part(text, moved.users_changed, "", "user", "users", " changed");
  add_part(text, moved.numbers_added, "+", "number", "numbers", "");
  add_part(text, moved.numbers_removed, "-", "number", "numbers", "");
  add_part(text, moved.numbers_changed, "", "number", "numbers", " changed");
  return text;
}

}  // namespace

std::string describe(const calculation_cause& cause, const subject_movement* moved) {
  std::string text = moved == nullptr ? std::string() : movement_text(*moved);
  if (!text.empty()) text += ", ";
  if (cause.kind == "sync") return text + "source " + cause.source + (cause.text.empty() ? "" : " " + cause.text);
  if (cause.operation == 0) return text + cause.kind;
  return text + cause.text + " by " + cause.caller + ", operation " + std::to_string(cause.operation);
}

}  // namespace licaudit::audit

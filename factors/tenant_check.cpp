#include "factors/rules.hpp"
#include "factors/tenant_rules.hpp"
#include "factors/term_sum.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

void check_own(const compiled& all, const tenant& whose, const planned_factor& of, std::vector<rule_error>& errors) {
  for (const auto which : list_kinds) {
    const auto* own = own_criteria(whose.criteria, of, which);
    if (own == nullptr) continue;
    const auto path = "criteria." + of.of->id + "/" + of.which->id + "." + std::string(to_text(which));
    for (std::size_t i = 0; i < own->size(); ++i)
      (void)plan_criterion((*own)[i], criterion_path(path, i), all.kinds, errors);
  }
}

/// Of the criteria in force, whether the tenant's own or everybody's.
void check_settings(const compiled& all, const tenant& whose, const planned_factor& of,
                    std::vector<rule_error>& errors) {
  for (const auto which : list_kinds) {
    const auto* own = own_criteria(whose.criteria, of, which);
    for (const auto& one : own != nullptr ? *own : of.written(which)) {
      const auto* setting = setting_of(whose.application_settings, one.setting);
      if (setting == nullptr) continue;
      std::vector<rule_error> found;
      (void)plan_criterion(with_setting(one, *setting), {}, all.kinds, found);
      for (auto& error : found) errors.push_back({"application_settings." + one.setting, std::move(error.what)});
    }
  }
}

}  // namespace

std::vector<rule_error> check_unit_settings(const rules& all, const tenant& whose) {
  std::vector<rule_error> errors;
  for (const auto& of : all.inside().factors) {
    const auto& units = of.which->counting.units;
    const auto* value = units ? whose.settings.if_contains(units->per) : nullptr;
    if (value == nullptr) continue;
    const auto* text = value->if_string();
    auto fault = fault_of_setting(*units, text != nullptr ? std::string(*text) : canonical_json(*value));
    const auto path = "settings." + units->per;
    const bool is_told =
        std::any_of(errors.begin(), errors.end(), [&](const rule_error& other) { return other.path == path; });
    if (fault && !is_told) errors.push_back({path, std::move(*fault)});
  }
  return errors;
}

std::vector<rule_error> check_tenant(const rules& all, const tenant& whose) {
  auto errors = check_unit_settings(all, whose);
  const auto& inside = all.inside();
  for (const auto& own : whose.criteria) {
    if (!inside.find(own.first)) errors.push_back({"criteria." + own.first, "there is no factor `" + own.first + "`"});
  }
  for (const auto& of : inside.factors) {
    check_own(inside, whose, of, errors);
    check_settings(inside, whose, of, errors);
  }
  return errors;
}

}  // namespace licaudit::factors

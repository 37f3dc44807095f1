#include "factors/tenant_rules.hpp"

#include "factors/binder.hpp"
#include "model/names.hpp"

#include <algorithm>

namespace licaudit::factors {

const bound_list* tenant_rules::find(std::uint32_t factor, list_kind which) const {
  const auto found = std::find_if(lists.begin(), lists.end(),
                                  [&](const bound_list& one) { return one.factor == factor && one.which == which; });
  return found == lists.end() ? nullptr : &*found;
}

tenant_rules bind(const compiled& all, const tenant& whose, instant now, const held_fields& held) {
  return binder(all, whose, now, held).run();
}

bound_list bind_shared(const compiled& all, std::uint32_t factor, list_kind which) {
  bound_list bound{factor, which, {}};
  const auto& planned = all.factors[factor].lists[index_of(which)];
  for (std::uint32_t i = 0; i < planned.size(); ++i) {
    std::vector<bound_test> tests;
    for (const auto& test : planned[i].tests) tests.push_back({false, test.shared});
    bound.criteria.push_back({i, {std::move(tests)}});
  }
  return bound;
}

held_fields fields_of(const compiled& all, const tenant& whose) {
  held_fields fields;
  for (const auto& one : all.factors) {
    for (const auto which : list_kinds) {
      const auto* own = own_criteria(whose, one, which);
      if (own == nullptr) continue;
      for (const auto& criterion : *own) {
        for (const auto& test : criterion.tests) fields.add(one.which->kind, test.field);
      }
    }
  }
  return fields;
}

const std::string* setting_of(const tenant& whose, const std::string& name) {
  const auto found = name.empty() ? whose.application_settings.end() : whose.application_settings.find(name);
  const bool set = found != whose.application_settings.end() && !trimmed(found->second).empty();
  return set ? &found->second : nullptr;
}

criterion with_setting(const criterion& written, const std::string& pattern) {
  criterion changed = written;
  if (!changed.tests.empty()) changed.tests.front().pattern = trimmed(pattern);
  return changed;
}

const criteria* own_criteria(const tenant& whose, const planned_factor& of, list_kind which) {
  if (whose.criteria.empty()) return nullptr;
  const auto found = whose.criteria.find(of.of->id + "/" + of.which->id);
  if (found == whose.criteria.end()) return nullptr;
  const auto& own = found->second;
  const auto& list = which == list_kind::configured ? own.configured
                     : which == list_kind::match    ? own.match
                                                    : own.reject;
  return list ? &*list : nullptr;
}

}  // namespace licaudit::factors

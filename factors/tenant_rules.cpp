#include "factors/tenant_rules.hpp"

#include "factors/binder.hpp"
#include "model/names.hpp"

#include <algorithm>

namespace licaudit::factors {

std::string_view site_view::text(std::string_view field) const {
  if (!former.empty() && field == "pstn_gateway") return former;
  return tenant_texts::text_in(texts, field);
}

std::vector<site_view> views_of(const tenant_texts& whose, instant now) {
  std::vector<site_view> views;
  views.reserve(std::max<std::size_t>(1, whose.sites()));
  for (std::size_t i = 0; i < whose.sites(); ++i) {
    const auto texts = whose.site(i);
    views.push_back({i, {}, texts});
    whose.each_former_gateway(i, [&](std::string_view gateway, const std::optional<instant>& until) {
      if (!until || now < *until) views.push_back({i, gateway, texts});
    });
  }
  if (views.empty()) views.push_back({std::nullopt, {}, {}});
  return views;
}

const planned_list& tenant_rules::list(const compiled& all, std::uint32_t factor, list_kind which) const {
  if (!own.empty()) {
    const auto found = own.find({factor, which});
    if (found != own.end()) return found->second;
  }
  return all.factors[factor].lists[index_of(which)];
}

std::string_view tenant_rules::value(const placeholder& one, const site_view& view) const {
  return one.of == placeholder::owner::site ? view.text(one.field) : whose->text(one.field);
}

tenant_rules bind(const compiled& all, const tenant_texts& whose, instant now, const held_fields& held,
                  std::vector<rule_problem>* problems) {
  return binder(all, whose, now, held, problems).run();
}

held_fields fields_of(const compiled& all, const tenant& whose) {
  held_fields fields;
  for (const auto& one : all.factors) {
    for (const auto which : list_kinds) {
      const auto* own = own_criteria(whose.criteria, one, which);
      if (own == nullptr) continue;
      for (const auto& criterion : *own) {
        for (const auto& test : criterion.tests) fields.add(one.which->kind, test.field);
      }
    }
  }
  return fields;
}

const std::string* setting_of(const tenant_texts::application_settings& all, const std::string& name) {
  const auto found = name.empty() ? all.end() : all.find(name);
  const bool set = found != all.end() && !trimmed(found->second).empty();
  return set ? &found->second : nullptr;
}

criterion with_setting(const criterion& written, const std::string& pattern) {
  criterion changed = written;
  if (!changed.tests.empty()) changed.tests.front().pattern = trimmed(pattern);
  return changed;
}

const criteria* own_criteria(const tenant_texts::criteria_by_factor& all, const planned_factor& of, list_kind which) {
  if (all.empty()) return nullptr;
  const auto found = all.find(of.of->id + "/" + of.which->id);
  if (found == all.end()) return nullptr;
  const auto& own = found->second;
  const auto& list = which == list_kind::configured ? own.configured
                     : which == list_kind::match    ? own.match
                                                    : own.reject;
  return list ? &*list : nullptr;
}

}  // namespace licaudit::factors

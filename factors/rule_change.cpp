#include "factors/rule_change.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

/// In everything that places and bits depend on.
bool stands_alike(const planned_factor& a, const planned_factor& b) {
  return a.of->id == b.of->id && a.which->id == b.which->id && a.which->kind == b.which->kind &&
         a.which->priority == b.which->priority && a.which->services == b.which->services;
}

bool is_shared(const planned_factor& one) {
  return std::all_of(one.lists.begin(), one.lists.end(), [](const auto& list) {
    return std::all_of(list.begin(), list.end(), [](const planned_criterion& each) { return each.is_fixed(); });
  });
}

/// Two plugins of one name may differ, so what asks one is asked again.
bool asks_plugin(const planned_factor& one) {
  return std::any_of(one.lists.begin(), one.lists.end(), [](const auto& list) {
    return std::any_of(list.begin(), list.end(), [](const planned_criterion& each) {
      return std::any_of(each.tests.begin(), each.tests.end(),
                         [](const planned_test& test) { return !test.plugin_options.empty(); });
    });
  });
}

bool judges_alike(const planned_factor& a, const planned_factor& b) {
  return a.which->configured == b.which->configured && a.which->match == b.which->match &&
         a.which->reject == b.which->reject && !asks_plugin(a);
}

}  // namespace

std::optional<std::vector<std::uint32_t>> edited_factors(const compiled& before, const compiled& after) {
  if (before.factors.size() != after.factors.size()) return std::nullopt;
  std::vector<std::uint32_t> edited;
  for (std::uint32_t i = 0; i < after.factors.size(); ++i) {
    const auto& a = before.factors[i];
    const auto& b = after.factors[i];
    if (!stands_alike(a, b)) return std::nullopt;
    if (judges_alike(a, b)) continue;
    if (!is_shared(a) || !is_shared(b)) return std::nullopt;
    edited.push_back(i);
  }
  return edited;
}

bool outlasts(const compiled& after, const tenant_texts& whose, const std::vector<std::uint32_t>& edited) {
  return std::none_of(edited.begin(), edited.end(), [&](std::uint32_t factor) {
    return std::any_of(list_kinds.begin(), list_kinds.end(), [&](list_kind which) {
      return own_criteria(whose.criteria(), after.factors[factor], which) != nullptr;
    });
  });
}

rule_problem moved_to(const compiled& after, const compiled& before, rule_problem of) {
  const auto place = std::find_if(before.factors.begin(), before.factors.end(),
                                  [&](const planned_factor& one) { return one.which == of.of_factor; });
  const auto& same = after.factors[static_cast<std::size_t>(place - before.factors.begin())];
  of.of_licence = same.of;
  of.of_factor = same.which;
  return of;
}

}  // namespace licaudit::factors

#include "factors/set_check.hpp"

#include "factors/compiled.hpp"
#include "model/names.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace licaudit::factors {
namespace {

std::string factor_path(const licence& of, const factor& which) {
  return "licences." + of.id + ".factors." + which.id;
}

bool meet(const factor& a, const factor& b) {
  if (a.kind != b.kind) return false;
  if (a.services.empty() || b.services.empty()) return true;
  return std::any_of(a.services.begin(), a.services.end(), [&](const auto& service) { return b.applies_to(service); });
}

void check_priorities(const licence& of, std::vector<rule_error>& errors) {
  for (std::size_t i = 0; i < of.factors.size(); ++i) {
    const auto& one = of.factors[i];
    if (one.priority < 1) {
      errors.push_back({factor_path(of, one) + ".priority", "expected 1 or more, 1 is the highest"});
    }
    for (std::size_t j = 0; j < i; ++j) {
      const auto& other = of.factors[j];
      if (other.priority != one.priority || !meet(one, other)) continue;
      errors.push_back({factor_path(of, one) + ".priority", "`" + other.id + "` has the priority " +
                                                                std::to_string(one.priority) +
                                                                " too, for the same kind of subject and service"});
    }
  }
}

void check_lanes(const licence& of, std::vector<rule_error>& errors) {
  for (const auto kind : subject_kinds) {
    const auto factors =
        std::count_if(of.factors.begin(), of.factors.end(), [&](const factor& one) { return one.kind == kind; });
    if (static_cast<std::size_t>(factors) <= most_factors_of_a_lane) continue;
    errors.push_back({"licences." + of.id + ".factors",
                      std::to_string(factors) + " factors count subjects of the kind `" + std::string(to_text(kind)) +
                          "`, at most " + std::to_string(most_factors_of_a_lane) + " can"});
  }
}

/// Licences that another one names must be there.
void check_named(const factor_set& set, const licence& of, const std::vector<std::string>& names, const char* key,
                 std::vector<rule_error>& errors) {
  for (const auto& name : names) {
    if (name == of.id) errors.push_back({"licences." + of.id + "." + key, "a licence cannot name itself"});
    if (set.find(name) == nullptr)
      errors.push_back({"licences." + of.id + "." + key, "there is no licence `" + name + "` in the factor files"});
  }
}

void check_terms(const factor_set& set, const licence& of, std::vector<rule_error>& errors) {
  check_named(set, of, of.terms.needs, "requires", errors);
  if (of.terms.successors) check_named(set, of, *of.terms.successors, "deprecated", errors);
}

void check_counting(const licence& of, const factor& one, std::vector<rule_error>& errors) {
  const auto& how = one.counting;
  const bool has_unit = !how.unit.empty() || (how.package && !how.package->unit.empty());
  if (how.expanded && one.kind != subject_kind::number)
    errors.push_back({factor_path(of, one) + ".count", "only numbers can be expanded: leave it out"});
  if (has_unit && one.kind != subject_kind::meter)
    errors.push_back(
        {factor_path(of, one) + (how.unit.empty() ? ".package" : ".unit"), "only meters have a unit: leave it out"});
  if (!how.unit.empty() && how.package && how.package->unit != how.unit)
    errors.push_back(
        {factor_path(of, one) + ".unit", "the package has the unit `" + how.package->unit + "`: leave this one out"});
}

void check_licence(const licence& of, std::vector<rule_error>& errors) {
  const auto path = "licences." + of.id;
  if (!is_name(of.id)) errors.push_back({path, "not a name: expected 1 to 128 letters, digits, `.`, `_` or `-`"});
  if (of.billing_of != "calculated" && of.billing_of != "acquired") {
    errors.push_back({path + ".billing.of", "expected `calculated` or `acquired`, found `" + of.billing_of + "`"});
  }
  if (of.billing_by != "last" && of.billing_by != "peak" && of.billing_by != "average") {
    errors.push_back({path + ".billing.by", "expected `last`, `peak` or `average`, found `" + of.billing_by + "`"});
  }
  if (of.factors.empty()) errors.push_back({path + ".factors", "a licence needs at least one factor"});
  std::set<std::string_view> ids;
  for (const auto& one : of.factors) {
    if (!is_name(one.id)) {
      errors.push_back({factor_path(of, one), "not a name: expected 1 to 128 letters, digits, `.`, `_` or `-`"});
    }
    if (!ids.insert(one.id).second) errors.push_back({factor_path(of, one), "the licence has two factors of this id"});
    check_counting(of, one, errors);
  }
  check_priorities(of, errors);
  check_lanes(of, errors);
}

}  // namespace

void check_set(const factor_set& set, std::vector<rule_error>& errors) {
  std::set<std::string_view> ids;
  for (const auto& of : set.licences) {
    if (!ids.insert(of.id).second) errors.push_back({"licences." + of.id, "there are two licences of this id"});
    check_licence(of, errors);
    check_terms(set, of, errors);
  }
}

}  // namespace licaudit::factors

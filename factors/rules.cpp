#include "factors/rules.hpp"

#include "factors/compiled.hpp"
#include "factors/set_check.hpp"

#include <algorithm>

namespace licaudit::factors {

rules::outcome rules::compile(factor_set set, const value_test_kinds& kinds) {
  std::vector<rule_error> errors;
  for (auto& of : set.licences) {
    // `applies_to` rests on it.
    for (auto& one : of.factors) std::sort(one.services.begin(), one.services.end());
  }
  check_set(set, errors);
  auto inside = std::make_shared<const compiled>(std::move(set), kinds, errors);
  if (!errors.empty()) return errors;
  return std::make_shared<const rules>(std::move(inside));
}

rules::rules(std::shared_ptr<const compiled> inside) : inside_(std::move(inside)) {}
rules::~rules() = default;

const factor_set& rules::set() const {
  return inside_->set;
}
const rule_revision& rules::revision() const {
  return inside_->revision;
}
const std::vector<rule_error>& rules::remarks() const {
  return inside_->remarks;
}
const std::vector<std::string>& rules::fields(subject_kind kind) const {
  return inside_->fields.of(kind);
}

}  // namespace licaudit::factors

#include "tests/survival/actor.hpp"

#include <set>

namespace licaudit::test {

void actor::acknowledge(const acknowledgement& done) {
  acknowledged_.push_back(done);
  ++operations_;
  if (under_way_) under_way_->take_effect();
  under_way_.reset();
}

std::string actor::settle(const ledger_copy& left) {
  std::string types;
  for (const auto& type : types_) types += (types.empty() ? "'" : ", '") + type + "'";
  const auto there = left.number("SELECT count(*) FROM operation WHERE type IN (" + types + ")");
  if (there == operations_ + 1 && under_way_) {
    if (under_way_->one_commit) under_way_->take_effect();  // it was committed, and the answer did not come through
    ++operations_;
    ++kept_without_answer_;
  }
  under_way_.reset();
  std::string problems;
  if (there != operations_)
    problems =
        types + ": " + std::to_string(there) + " operations, there must be " + std::to_string(operations_) + "; ";
  return problems + missing_from(left) + difference(left);
}

std::string actor::missing_from(const ledger_copy& left) const {
  std::set<std::string> operations, calculations;
  std::string problems;
  for (const auto& row : left.rows("SELECT sequence FROM operation")) operations.insert(row.front());
  for (const auto& row : left.rows("SELECT sequence FROM calculation")) calculations.insert(row.front());
  for (const auto& one : acknowledged_) {
    const auto operation = std::to_string(one.operation);
    if (operations.count(operation) == 0) problems += "operation " + operation + " was acknowledged and is gone; ";
    if (one.calculation && calculations.count(std::to_string(*one.calculation)) == 0)
      problems += "the calculation of operation " + operation + " was acknowledged and is gone; ";
  }
  return problems;
}

}  // namespace licaudit::test

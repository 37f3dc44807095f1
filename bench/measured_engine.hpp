#pragma once

#include "bench/plain_loop.hpp"
#include "bench/workload.hpp"
#include "factors/engine.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace licaudit::bench {

using rules_pointer = std::shared_ptr<const factors::rules>;

/// Throws with the first error.
[[nodiscard]] rules_pointer compiled(factor_set set);

/// The engine with the workload in it, and what the bench does to it.
class measured_engine {
 public:
  /// Loads the records; everything a source would give is made on the way.
  measured_engine(const workload& all, rules_pointer effective);

  /// These rules are effective, nothing is a candidate, the change set is not in: what a round starts from.
  void rest_on(const rules_pointer& effective);
  void try_out(const rules_pointer& candidate);
  void apply_changes();

  /// n1 and n2 of all tenants, a factor `licence/factor` being off.
  void count_all(factors::which_rules which, const std::string& off, tallies& into) const;
  /// Of those that the change set touches.
  void count_touched(tallies& into) const;

 private:
  struct prepared_change {
    std::uint64_t number;
    std::optional<subject> before, after;
  };

  void put(std::uint64_t number, const std::optional<subject>& value);
  void count(std::uint32_t tenant, const factors::switch_position& on, factors::which_rules which, tallies& into) const;

  const workload& all_;
  factors::engine core_;
  std::vector<prepared_change> changes_;
  std::set<std::uint32_t> touched_;
  bool changed_ = false;
};

}  // namespace licaudit::bench

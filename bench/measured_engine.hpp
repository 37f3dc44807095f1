#pragma once

#include "bench/plain_loop.hpp"
#include "bench/workload.hpp"
#include "factors/engine.hpp"
#include "model/subject_view.hpp"

#include <memory>
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

  /// n1 and n2 of all tenants.
  void count_all(factors::which_rules which, tallies& into);
  /// Of the licence of a factor `licence/factor` that is off, which is all that this switch can change.
  void count_flipped(const std::string& off, tallies& into);
  /// Of those that the engine says have moved since the last call.
  void count_moved(tallies& into);

 private:
  /// As the daemon has one that arrived: one piece of memory with its texts.
  struct arrived {
    explicit arrived(const subject& value);
    arrived(const arrived&) = delete;
    arrived& operator=(const arrived&) = delete;

    std::string texts;
    std::vector<field_text> fields;
    subject_view view;
  };
  struct prepared_change {
    std::uint64_t number;
    std::unique_ptr<arrived> before, after;
  };

  void put(std::uint64_t number, const std::unique_ptr<arrived>& value);
  void write(std::uint32_t tenant, tallies& into) const;

  factors::engine core_;
  std::vector<factors::tenant_index> indices_;  ///< of the workload's tenants
  std::vector<std::uint32_t> places_;           ///< in the workload, by index
  std::vector<factors::factor_sum> sums_;
  std::vector<prepared_change> changes_;
  bool changed_ = false;
};

}  // namespace licaudit::bench

#pragma once

#include "factors/census.hpp"
#include "factors/engine.hpp"
#include "factors/population.hpp"
#include "factors/roster.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace licaudit::factors {

/// The tenants, the population, and one census for each rule set. `each_census` pairs every change of the population
/// with its place in both censuses. What the functions are for stands at those of `engine`.
class engine::state {
 public:
  explicit state(std::shared_ptr<const rules> effective);

  [[nodiscard]] census& of(which_rules which);
  [[nodiscard]] bool has_candidate() const { return candidate_ != nullptr; }
  [[nodiscard]] const population& people() const { return *people_; }
  [[nodiscard]] const roster& tenants() const { return tenants_; }

  [[nodiscard]] bool set_candidate(std::shared_ptr<const rules> candidate);
  void drop_candidate() { candidate_.reset(); }
  void adopt_candidate();

  void hold(const held_fields& more);

  void put_tenant(const tenant& value, instant now);
  bool begin_month(std::string_view id, instant start);
  void remove_tenant(std::string_view id);

  void put_subject(std::uint64_t number, const subject& value);
  void put_subject(std::uint64_t number, const subject_view& value);
  void remove_subject(std::uint64_t number);

  [[nodiscard]] std::int64_t users(tenant_index of) const { return static_cast<std::int64_t>(tenants_.at(of).users); }
  [[nodiscard]] std::vector<tenant_index> take_moved();

 private:
  /// What a subject adds to the counts of which tenant.
  struct standing {
    tenant_index tenant;
    subject_kind kind;
    std::uint32_t combination;
    std::uint64_t units;
    bool operator==(const standing&) const = default;
  };
  [[nodiscard]] standing standing_of(row_index row) const {
    return {people_->tenant(row), people_->kind(row), effective_->combination_of(row), people_->units(row)};
  }

  template <class Do>
  void each_census(const Do& act) {
    act(*effective_);
    if (candidate_) act(*candidate_);
  }

  /// Those that it does not have.
  void put_tenants(census& into) const;
  void add_row(std::uint64_t number, tenant_index tenant, const subject_view& value);
  void change_row(row_index row, const subject_view& value);
  void remove_row(row_index row);
  void forget_left_values();
  void note_moved(tenant_index tenant);

  roster tenants_;
  std::unique_ptr<population> people_;
  std::unique_ptr<census> effective_, candidate_;
  std::vector<tenant_index> moved_;
  std::vector<bool> is_moved_;
  std::vector<population::new_value> new_values_;
  std::vector<field_text> room_;
};

}  // namespace licaudit::factors

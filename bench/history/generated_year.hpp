#pragma once

#include "bench/random_stream.hpp"
#include "model/calculation.hpp"
#include "model/instant.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::bench {

/// Hourly numbers of many tenants with twelve factors in four licences; with each step 2 % of the numbers change. Knows
/// what a ledger of it must answer.
class generated_year {
 public:
  static constexpr std::size_t licences = 4, factors_each = 3, factors = licences * factors_each;

  generated_year(std::size_t tenants, instant begin);

  struct pair {
    std::int64_t n1 = 0, n2 = 0;
  };
  struct peak {
    std::int64_t licensed = -1;
    instant at{};
  };

  /// The next hour. Afterwards `changed` has the places `tenant * factors + factor` of what is another number than
  /// before.
  void step();
  [[nodiscard]] const std::vector<std::size_t>& changed() const { return changed_; }

  [[nodiscard]] instant now() const { return now_; }
  [[nodiscard]] std::size_t tenants() const { return tenants_; }
  [[nodiscard]] const pair& at(std::size_t place) const { return values_[place]; }
  [[nodiscard]] std::int64_t licensed(std::size_t tenant, std::size_t licence) const;
  [[nodiscard]] tenant_tally tally_of(std::size_t tenant) const;

  /// By `tenant * licences + licence`, of the month (UTC) that began at `month`, so far.
  [[nodiscard]] const std::vector<peak>& peaks(instant month) const { return peaks_.at(month); }
  /// In how many steps of this month a tenant's numbers changed.
  [[nodiscard]] std::size_t steps_with_changes(std::size_t tenant, instant month) const;

  [[nodiscard]] static std::string tenant_id(std::size_t tenant);
  [[nodiscard]] static std::string licence_id(std::size_t licence);
  [[nodiscard]] static std::string factor_id(std::size_t factor);
  [[nodiscard]] static instant month_of(instant at);

 private:
  void change_some();
  void note_peaks();

  std::size_t tenants_;
  instant now_;
  bool begun_ = false;
  random_stream random_{20260101};
  std::vector<pair> values_;
  std::vector<std::size_t> changed_;
  std::map<instant, std::vector<peak>> peaks_;
  std::map<std::pair<instant, std::size_t>, std::size_t> changes_;  ///< by month and tenant
};

}  // namespace licaudit::bench

#pragma once

#include "bench/workload.hpp"
#include "model/factor_set.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace licaudit::bench {

struct tally {
  std::int64_t n1 = 0, n2 = 0;
  bool operator==(const tally&) const = default;
};
/// By tenant and factor: `tenant * factors + factor`, factors in the order of the set.
using tallies = std::vector<tally>;

/// What everybody writes first, and the unit that everything is measured in: for each record and factor the plain
/// Boost.Regex, n1 and n2 counted by priority. It shares no line with `factors/`. Knows factors of one criterion with
/// one field only, all of them on for every tenant but those that are switched off.
class plain_loop {
 public:
  /// Compiles every regex, once per site where it names the site's values.
  plain_loop(const workload& all, const factor_set& rules);
  ~plain_loop();
  plain_loop(const plain_loop&) = delete;
  plain_loop& operator=(const plain_loop&) = delete;

  /// `records`: where a change set is applied, not those of the workload. `off`: a factor `licence/factor`, or nothing.
  [[nodiscard]] tallies run(const std::vector<record>& records, std::string_view off) const;

 private:
  class compiled_factors;
  std::unique_ptr<const compiled_factors> factors_;
};

}  // namespace licaudit::bench

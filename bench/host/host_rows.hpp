#pragma once

#include "bench/host/measured_host.hpp"
#include "bench/plain_loop.hpp"
#include "bench/table/fact_file.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace licaudit::bench {

/// Every figure of the running daemon that one client at a time can take.
class host_rows {
 public:
  host_rows(const workload_size& size, const std::filesystem::path& licauditd, const std::filesystem::path& folder,
            fact_file facts, std::string suffix);

  /// Whether the daemon counted what the loop counts, at every step.
  [[nodiscard]] bool run_all();
  /// First synchronisation, Apply, change set, restart.
  [[nodiscard]] bool run_growth();

 private:
  void measure_loop(int rounds);
  void measure_empty();
  void first_synchronisation(int rounds, double budget);
  void apply_to_all();
  void apply_to_one();
  void apply_nothing();
  void changes_as_delta();
  void changes_as_snapshot();
  void restart();

  /// Times a way there and the way back, `rounds` of both; the counts are compared after the first of each.
  std::vector<taken> there_and_back(int rounds, const std::function<taken()>& there, const tallies& then,
                                    const std::function<taken()>& back);
  void compare(const tallies& expected, const std::string& when);
  void add(const std::string& name, const std::vector<taken>& all) const;
  void add(const std::string& name, double value, std::string_view unit, std::string_view note = {}) const;

  workload all_;
  std::vector<record> changed_;
  factor_set rules_;
  plain_loop loop_;
  tallies plain_, off_, with_changes_;  ///< what the loop counts: as it is, with a factor off, with the change set
  std::string some_tenant_, median_tenant_;
  measured_host host_;
  fact_file facts_;
  std::string suffix_;
  std::vector<taken> loop_times_;
  std::size_t empty_resident_ = 0;
  bool equal_ = true;
};

}  // namespace licaudit::bench

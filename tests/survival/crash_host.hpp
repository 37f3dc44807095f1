#pragma once

#include "tests/survival/actors.hpp"
#include "tests/survival/traffic.hpp"
#include "tests/system/scripted_host.hpp"

#include <memory>
#include <string>
#include <vector>

namespace licaudit::test {

/// A host that is killed again and again, and those who give it orders.
class crash_host : public scripted_host {
 public:
  crash_host();

  /// Waits until every tenant of the settings is there. False: it died meanwhile.
  [[nodiscard]] bool wait_for_tenants();
  /// Kills it once the actors have had so many answers, and a little later at that.
  [[nodiscard]] std::string kill_under_traffic(int answers, int milliseconds_more, std::uint64_t seed);
  /// Gives orders until the daemon dies by itself. False: it lived through so many answers and was killed.
  [[nodiscard]] bool dies_under_traffic(int answers, std::uint64_t seed);
  /// A backup into this file of its folder. False: no whole one came.
  [[nodiscard]] bool back_up(const std::string& file) const;
  /// What is wrong with what a dead daemon left; empty: nothing.
  [[nodiscard]] std::string inspect();
  /// What the running daemon itself finds wrong: chain and recount.
  [[nodiscard]] std::string verify() const;

  [[nodiscard]] const std::vector<std::unique_ptr<actor>>& clerks() const { return clerks_; }

 private:
  std::vector<std::unique_ptr<actor>> clerks_;
};

}  // namespace licaudit::test

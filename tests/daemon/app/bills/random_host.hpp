#pragma once

#include "billing/series.hpp"
#include "daemon/api/month_bills.hpp"
#include "tests/daemon/audit/scene.hpp"

#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace licaudit::app {

/// Calculations further apart than this leave the time between them unobserved, in these tests.
inline constexpr std::chrono::hours longest_silence{60};

/// A provider with resellers and customers in zones around the world, on whom people and sources do at random what they
/// do in a month: order, set limits, move, enable and disable, create and remove; count users, read meters, fail.
class random_host : public audit::scene {
 public:
  random_host(std::uint32_t seed, instant from);

  /// Whatever happens until the month has ended everywhere, and some of the next.
  void live_through(std::chrono::year_month month);
  /// Accepts some of what a guard held in the month and corrects some of it, as a person does who looks at its bills.
  void decide_on_bills(std::chrono::year_month month);

  [[nodiscard]] instant now() const { return clock_; }
  [[nodiscard]] const std::string& root_zone() const { return root_zone_; }

 private:
  void found();
  void something();
  void order();
  void set_limit();
  void move();
  void plan_move();
  void turn_on_or_off();
  void create_or_remove();
  void count_users();
  void read_meter();
  void put_own_user();
  void break_or_mend_source();
  void accept_run();
  void accept_one(const api::month_bills& bills);
  void correct_one(const api::month_bills& bills);
  void wait(std::chrono::milliseconds time);
  void create(const std::string& id, const std::string& parent, const std::string& type);

  std::size_t below(std::size_t limit) { return engine_() % limit; }
  template <class List>
  const typename List::value_type& any_of(const List& all) {
    return all[below(all.size())];
  }

  std::mt19937 engine_;
  instant clock_;
  std::vector<std::string> parents_, customers_, off_;
  std::int64_t last_run_ = 0;
  std::string last_fed_, root_zone_;
  int created_ = 0;
};

}  // namespace licaudit::app

#pragma once

#include "billing/charge.hpp"
#include "plain_history.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::app {

/// A line of a bill as a plain recomputation has it.
struct plain_line {
  std::string licence, parent;
  billing::span when;
  bool is_sum = false;
  std::optional<amount> quantity;
  std::optional<amount> included, over;  ///< where the licence has a limit; a sum has none
  std::optional<amount> peak_of_sum;
  std::optional<instant> value_from;  ///< when the billed value came about; none: a sum, an average, or nothing
  std::int64_t calculation = 0;       ///< that brought it, where that was within the part; else 0
  std::optional<instant> observed_from;
  std::vector<billing::span> unobserved;
  std::vector<billing::held_stretch> held;
  std::set<std::string> not_billable;
  bool operator==(const plain_line&) const = default;
};
[[nodiscard]] std::string to_text(const plain_line& line);

/// What the rules say of how licences are billed.
struct plain_terms {
  billing::bases how;
  std::map<std::string, std::int64_t> included;  ///< by licence; none: it has no limit
};

/// The bills of one month, recomputed from what was true between one calculation and the next.
class plain_bills {
 public:
  /// Looks into the history and the terms for as long as it lives.
  plain_bills(const plain_history& history, const plain_terms& terms, std::chrono::year_month month,
              std::chrono::milliseconds longest_silence);

  /// Those that were there in the month.
  [[nodiscard]] std::set<std::string> tenants() const;
  [[nodiscard]] std::vector<plain_line> bill_of(const std::string& tenant) const;
  /// In whose sums of a licence it was as the month ended, the nearest first.
  [[nodiscard]] std::vector<std::string> sums_of(const std::string& tenant, const std::string& licence) const;
  /// What was corrected of the month, in the order in which it was.
  [[nodiscard]] const std::vector<plain_correction>& corrected() const { return corrected_; }

 private:
  /// What can be said of a quantity for a while.
  struct value {
    billing::span when;
    std::int64_t calculation = 0;
    std::int64_t quantity = 0;
    tally_state state = tally_state::ok;
    bool accepted = false;
    bool quiet = false;
    [[nodiscard]] bool is_billable() const { return state != tally_state::held || accepted; }
    [[nodiscard]] bool continues(const value& before) const {
      return before.when.until == when.from && quantity == before.quantity && state == before.state &&
             accepted == before.accepted;
    }
  };
  using values = std::vector<value>;

  [[nodiscard]] std::optional<value> own_value(const plain_moment& at, const std::string& tenant,
                                               const std::string& licence) const;
  [[nodiscard]] std::optional<value> shown_value(const plain_moment& at, const std::string& tenant,
                                                 const std::string& licence) const;
  void accept_in(values& all, const std::string& tenant, const std::string& licence) const;
  [[nodiscard]] const values& own_values(const std::string& tenant, const std::string& licence) const;
  [[nodiscard]] static values within(const values& all, const billing::span& when);
  [[nodiscard]] static values::const_iterator billed(const values& part, billing::basis::moment by);
  [[nodiscard]] static std::optional<amount> charged(const values& part, const values& month,
                                                     billing::basis::moment by);
  [[nodiscard]] billing::span month_of(const std::string& tenant) const;
  [[nodiscard]] bool has_children(const std::string& tenant) const { return parents_.contains(tenant); }
  [[nodiscard]] bool hands_out(const std::string& tenant, const std::string& licence) const {
    return pools_.contains({tenant, licence});
  }
  void find_pools(const plain_moment& at);
  [[nodiscard]] bool stands_alone(const std::string& tenant, const std::string& licence) const {
    return !has_children(tenant) || hands_out(tenant, licence);
  }
  /// From the tenant up to the one above it; empty: it does not stand there, or what it has is that one's pool.
  [[nodiscard]] std::vector<std::string> path(const plain_moment& at, const std::string& tenant,
                                              const std::string& above, const std::string& licence) const;
  void add_sum(plain_line& line, const std::string& tenant, const billing::span& open_part) const;
  void add_peak_of_sum(plain_line& line, const std::string& tenant) const;
  void add_alone(plain_line& line, const std::string& tenant) const;
  void add_observed(plain_line& line, const values& speaking) const;
  void add_included(plain_line& line) const;

  const billing::bases& how_;
  const std::map<std::string, std::int64_t>& included_;
  std::chrono::year_month month_;
  std::span<const plain_moment> moments_;  ///< that reach into the month anywhere on earth
  std::vector<plain_acceptance> accepted_;
  std::vector<plain_correction> corrected_;
  std::set<std::string> parents_;                                      ///< who ever had a tenant under it
  std::set<std::pair<std::string, std::string>> pools_;                ///< tenant and licence
  mutable std::map<std::pair<std::string, std::string>, values> own_;  ///< as it was once worked out
  std::chrono::milliseconds longest_silence_;
};

}  // namespace licaudit::app

#pragma once

#include "billing/charge.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::billing {

/// That a value counts although it was held, as long as it stands.
struct acceptance {
  std::string licence;
  instant from{};
  std::int64_t quantity = 0;
};

/// What was observed of one tenant around its month.
struct tenant_month {
  observed_tenant observed;
  span month;  ///< in its own time zone; a running month ends now
  /// The month has not ended in its time zone, or what was in force as it ended is not known yet.
  bool running = false;
  std::vector<acceptance> accepted{};
};

/// One line of a bill.
struct bill_line {
  std::string licence;
  basis how;
  std::string parent;  ///< under whom it stood; of a sum: the tenant's parent, likewise
  span when;           ///< the part of the month that it speaks of
  charge charged;      ///< of a sum: the quantity alone, what is unobserved, and what of its own is held
  std::optional<charge> peak_of_sum{};      ///< of a sum: the highest value that all of it had at one time
  std::vector<std::string> not_billable{};  ///< of a sum: tenants in it of which nothing can be billed
};

struct tenant_bill {
  std::string tenant, name;
  std::string contract_number;
  std::string parent;     ///< as the month ended
  std::string time_zone;  ///< whose month it is; empty: UTC
  span month;
  bool running = false;
  bool aggregated = false;
  std::vector<bill_line> lines;  ///< by licence, then by time
};

/// The bills of one month of all tenants. A sum is that of the tenants under it, each for the time that it stood there
/// and by the months of its own time zone, and of what it has of its own: sum of the peaks, not peak of the sum. But
/// who acquired a pool is billed what it acquired: those under it have their part of just that.
class month_book {
 public:
  /// A licence that is not among the bases is billed by the default.
  month_book(std::vector<tenant_month> tenants, bases how, std::vector<span> quiet);

  /// None: there is no such tenant in this month.
  [[nodiscard]] std::optional<tenant_bill> bill_of(std::string_view tenant) const;

 private:
  struct node {
    tenant_month seen;
    struct child {
      const node* of;
      span when;
    };
    std::vector<child> children;                     ///< each for a time that it stood here
    std::map<std::string, series, std::less<>> own;  ///< where it has children without them; with what was accepted
    std::set<std::string, std::less<>> pools;        ///< licences that it has a pool of: `own` is all that it shows
  };

  struct summed {
    std::optional<amount> quantity;
    std::vector<std::string> not_billable;
  };

  /// True if what it comes to is not that of those under it.
  [[nodiscard]] static bool stands_alone(const node& of, const std::string& licence) {
    return of.children.empty() || of.pools.contains(licence);
  }
  [[nodiscard]] basis basis_for(const std::string& licence) const;
  void find_children();
  void find_own_shares();
  void find_pools(node& of) const;
  struct held_below {
    std::vector<span> still;
    bool any_accepted = false;
  };
  void add_held(held_below& found, const node& of, const std::string& licence, const span& when) const;
  [[nodiscard]] series shown_without_accepted(const node& of, const std::string& licence, const span& when) const;
  [[nodiscard]] charge own_charge(const node& of, const std::string& licence, const span& when) const;
  void add_to(summed& total, const node& of, const std::string& licence, const span& when) const;
  [[nodiscard]] bill_line line_of(const node& of, const std::string& licence, const place& under,
                                  const span& when) const;

  std::map<std::string, node, std::less<>> nodes_;
  bases how_;
  std::vector<span> quiet_;
};

}  // namespace licaudit::billing

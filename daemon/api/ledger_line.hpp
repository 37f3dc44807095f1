#pragma once

#include "daemon/api/month_bills.hpp"
#include "daemon/api/order_months.hpp"
#include "daemon/ledger/reader.hpp"
#include "model/licence_terms.hpp"

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::api {

/// What becomes of one subject under one licence.
struct subject_holding {
  std::size_t subject = 0;  ///< index into the subjects
  std::string licence;
  std::string factor;  ///< the one that counts it; empty: none does
  std::vector<std::string> configured, eligible;
  std::string worth{};  ///< what it adds to the factor, a decimal; empty: no factor counts it
};

/// How what a tenant's subjects are worth becomes what a factor counts.
struct factor_account {
  /// Each subject is so many units by a setting of the tenant.
  struct units_of_setting {
    std::string per, setting;  ///< its name and what it says; empty: it is not set
    std::int64_t each = 1;
  };

  std::string licence, factor;
  std::string worth;  ///< of all that it holds, a decimal
  std::string unit;   ///< of `worth`; empty: what it counts has none
  std::optional<units_of_setting> units{};
  std::optional<package_terms> package{};
  std::int64_t counted = 0;
};

/// Of all that a tenant has.
struct holding_list {
  std::vector<subject_holding> holdings;  ///< in the order of the subjects
  std::vector<factor_account> factors;    ///< that hold any, in the order of the rules
};

/// A tenant at an instant: who was there, and who held what under the rules and switches of then.
struct dated_inventory {
  ledger::dated_tenant tenant;
  std::vector<ledger::dated_subject> subjects;  ///< by kind and id
  std::vector<subject_holding> holdings;        ///< as in holding_list
  std::vector<factor_account> factors;
};

/// What there was at an instant, of somebody who knows what there was at an earlier one.
struct inventory_step {
  dated_inventory now;
  /// Everybody is in it, because not only the subjects have changed; else only those that were asked for.
  bool is_whole = false;
};

/// The way from the loop to the ledger's reader, awaited.
class ledger_line {
 public:
  virtual ~ledger_line() = default;

  template <class T>
  using answer = boost::asio::awaitable<result<T>>;

  virtual answer<ledger::history_page> history(ledger::history_query query) = 0;
  virtual answer<month_bills> bills(bill_question question) = 0;
  virtual answer<month_effects> order_effects(order_question question) = 0;
  virtual answer<dated_inventory> inventory_at(std::string tenant, instant at) = 0;
  /// See ledger::reader::subject_changes.
  virtual answer<std::vector<ledger::subject_change>> subject_changes(std::string tenant, std::int64_t behind,
                                                                      std::int64_t up_to) = 0;
  /// `changed`: what became, since `before`, of the tenant's subjects that are there.
  virtual answer<inventory_step> inventory_after(ledger::dated_tenant before, instant at,
                                                 std::vector<ledger::dated_subject> changed) = 0;
  virtual answer<std::vector<operation>> operations(ledger::operation_query query) = 0;
  virtual answer<std::vector<source_run>> runs(std::string source, std::int64_t before, std::size_t limit) = 0;
  virtual answer<ledger::rules_in_force> rules_at(instant at) = 0;
  virtual answer<ledger::verification> verify(bool full) = 0;
};

}  // namespace licaudit::api

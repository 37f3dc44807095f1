#pragma once

#include "daemon/api/month_bills.hpp"
#include "daemon/api/order_months.hpp"
#include "daemon/ledger/reader.hpp"

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <string>
#include <vector>

namespace licaudit::api {

/// What becomes of one subject under one licence.
struct subject_holding {
  std::size_t subject = 0;  ///< index into the subjects
  std::string licence;
  std::string factor;  ///< the one that counts it; empty: none does
  std::vector<std::string> configured, eligible;
};

/// A tenant at an instant: who was there, and who held what under the rules and switches of then.
struct dated_inventory {
  ledger::dated_tenant tenant;
  std::vector<ledger::dated_subject> subjects;  ///< by kind and id
  std::vector<subject_holding> holdings;        ///< in the order of the subjects
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
  virtual answer<std::vector<operation>> operations(ledger::operation_query query) = 0;
  virtual answer<std::vector<source_run>> runs(std::string source, std::int64_t before, std::size_t limit) = 0;
  virtual answer<ledger::rules_in_force> rules_at(instant at) = 0;
  virtual answer<ledger::verification> verify(bool full) = 0;
};

}  // namespace licaudit::api

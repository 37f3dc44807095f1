#pragma once

#include "daemon/api/ledger_line.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <utility>

namespace licaudit::api {

/// Classifies the subjects of a dated tenant under its rules; called on the reader's thread.
using holding_lookup = std::function<result<holding_list>(const ledger::dated_tenant& tenant,
                                                          const std::vector<ledger::dated_subject>& subjects)>;

/// The real way: every question becomes a task of the thread that owns the reader.
class reader_line final : public ledger_line {
 public:
  reader_line(const ledger::reader& from, boost::asio::any_io_executor thread, holding_lookup holdings)
      : from_(from), thread_(std::move(thread)), holdings_(std::move(holdings)) {}

  answer<ledger::history_page> history(ledger::history_query query) override;
  answer<month_bills> bills(bill_question question) override;
  answer<month_effects> order_effects(order_question question) override;
  answer<dated_inventory> inventory_at(std::string tenant, instant at) override;
  answer<std::vector<ledger::subject_change>> subject_changes(std::string tenant, std::int64_t behind,
                                                              std::int64_t up_to) override;
  answer<inventory_step> inventory_after(ledger::dated_tenant before, instant at,
                                         std::vector<ledger::dated_subject> changed) override;
  answer<std::vector<operation>> operations(ledger::operation_query query) override;
  answer<std::vector<source_run>> runs(std::string source, std::int64_t before, std::size_t limit) override;
  answer<ledger::rules_in_force> rules_at(instant at) override;
  answer<ledger::verification> verify(bool full) override;

 private:
  [[nodiscard]] result<dated_inventory> inventory_of(ledger::dated_tenant tenant,
                                                     std::vector<ledger::dated_subject> subjects) const;

  const ledger::reader& from_;
  boost::asio::any_io_executor thread_;
  holding_lookup holdings_;
};

}  // namespace licaudit::api

#pragma once

#include "daemon/api/house.hpp"

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::api {

inline constexpr instant sample_now = from_milliseconds(1'793'500'000'000);  // 2026-11-01T02:26:40Z

/// A tenant's view with one tally: ump, 500 acquired, `licensed` by direct-routing.
[[nodiscard]] std::shared_ptr<audit::tenant_view> sample_tenant(const std::string& id, std::string parent,
                                                                tenant_type type, std::int64_t licensed);

/// host > northwind (reseller) > albion (partner) > contoso (customer); host > fabrikam (customer).
[[nodiscard]] std::shared_ptr<audit::view> sample_view();

/// Two factors of ump, as `direct-routing` (1) and `lifecycle-management` (3, switchable).
[[nodiscard]] std::shared_ptr<const factors::rules> sample_rules();

[[nodiscard]] ledger::history_entry sample_entry(std::int64_t sequence, std::string_view at, std::int64_t licensed);

/// ` a b`: as they stand in what was asked.
[[nodiscard]] std::string words(const std::vector<std::string>& all);

/// The other rooms as the tests want them: remembers what it was asked, answers what it was told.
class sample_house final : public audit_line,
                           public ledger_line,
                           public source_line,
                           public daemon_line,
                           public backup_line {
 public:
  template <class T>
  using awaited = boost::asio::awaitable<result<T>>;

  // What the test sets.
  std::shared_ptr<audit::view> seen = sample_view();
  audit::done outcome{4711, audit::calculation_stamp{88, sample_now}};
  std::vector<audit::bill_decision> bill_decisions;
  std::optional<failure> fails;  ///< every command fails like this
  audit::apply_plan plan;
  audit::apply_request planned;
  audit::cart_page staged{"contoso", 3, {}};  ///< the cart of everybody
  bool blocked = false;                       ///< an order is
  audit::relocation moved;
  std::vector<ledger::history_entry> entries;
  std::optional<ledger::history_entry> before;
  ledger::observed_range observed;
  dated_inventory inventory;
  std::vector<operation> logged;
  std::vector<source_run> known_runs;
  ledger::rules_in_force then;
  ledger::verification verified;
  std::vector<std::string> recounted;
  std::vector<sync::source_state> sources;
  std::vector<sync::refresh_result> refreshed;
  std::function<boost::asio::awaitable<void>(const sync::source_listener&)> while_refreshing;
  daemon_facts known_facts;
  ledger::backup_facts copied{5, 88, "abc"};
  std::string copied_bytes = "bytes";
  reload_outcome reloaded;
  std::function<void()> on_command;  ///< runs in every command, as the office publishes a view

  // What it was asked, oldest first: `set_switch contoso ump lifecycle-management off by root`.
  std::vector<std::string> asked;

  sample_house();

  [[nodiscard]] std::shared_ptr<const audit::view> view() const override { return seen; }
  awaited<audit::done> set_switch(std::string tenant, std::string licence, std::string factor, std::optional<bool> on,
                                  std::string caller) override;
  awaited<audit::apply_plan> dry_run(audit::apply_request what) override;
  awaited<audit::applied> apply(audit::apply_request what, std::string caller) override;
  awaited<audit::applied> apply_plan(std::string id, std::string caller) override;
  awaited<audit::apply_request> request_of_plan(std::string id) override;
  awaited<audit::calculation_stamp> calculate(calculation_cause why) override;
  awaited<audit::done> accept(std::string source, std::int64_t run, std::vector<std::string> tenants,
                              std::string caller) override;
  awaited<audit::cart_page> cart(std::string tenant, std::string caller) override;
  awaited<audit::cart_page> stage(std::string tenant, std::string licence, std::int64_t change,
                                  std::string caller) override;
  awaited<audit::cart_page> unstage(std::string tenant, std::string licence, std::string caller) override;
  awaited<audit::confirmed_order> confirm(std::string tenant, std::int64_t version, std::string caller) override;
  awaited<audit::done> set_limit(std::string tenant, std::string licence, std::optional<std::int64_t> limit,
                                 std::string caller) override;
  awaited<audit::done> create_tenant(json::value record, std::string caller) override;
  awaited<audit::done> change_tenant(std::string tenant, json::object patch, std::string caller) override;
  awaited<audit::relocation> try_move(audit::relocation_request what) override;
  awaited<audit::relocated> move(audit::relocation_request what, std::string caller) override;
  awaited<audit::done> cancel_move(std::string tenant, std::string caller) override;
  awaited<audit::done> remove_tenant(std::string tenant, std::string caller) override;
  awaited<audit::done> put_subject(subject value, std::string caller) override;
  awaited<audit::done> remove_subject(subject_name name, std::string caller) override;
  awaited<audit::done> decide_bill(audit::bill_decision what, std::string caller) override;
  awaited<audit::done> acknowledge(std::string finding_id, instant until, std::string reason,
                                   std::string caller) override;
  awaited<audit::done> record(operation what) override;
  awaited<std::vector<std::string>> recount() override;

  awaited<ledger::history_page> history(ledger::history_query query) override;
  awaited<month_bills> bills(bill_question question) override;
  awaited<month_effects> order_effects(order_question question) override;
  awaited<dated_inventory> inventory_at(std::string tenant, instant at) override;
  awaited<std::vector<ledger::subject_change>> subject_changes(std::string tenant, std::int64_t behind,
                                                               std::int64_t up_to) override;
  awaited<inventory_step> inventory_after(ledger::dated_tenant earlier, instant at,
                                          std::vector<ledger::dated_subject> changed) override;
  awaited<std::vector<operation>> operations(ledger::operation_query query) override;
  awaited<std::vector<source_run>> runs(std::string source, std::int64_t before_run, std::size_t limit) override;
  awaited<ledger::rules_in_force> rules_at(instant at) override;
  awaited<ledger::verification> verify(bool full) override;

  [[nodiscard]] std::vector<sync::source_state> states() const override { return sources; }
  awaited<std::vector<sync::refresh_result>> refresh(std::vector<std::string> names,
                                                     sync::source_listener listener) override;
  void accepted(std::string_view source) override;

  [[nodiscard]] instant now() const override { return sample_now; }
  [[nodiscard]] daemon_facts facts() const override { return known_facts; }
  awaited<reload_outcome> reload(std::string caller) override;

  awaited<ledger::backup_facts> write(std::filesystem::path target) override;
  awaited<std::shared_ptr<backup_bytes>> make() override;

 private:
  awaited<audit::done> answer_command(std::string said);
};

}  // namespace licaudit::api

#pragma once

#include "daemon/audit/office.hpp"
#include "daemon/audit/view.hpp"
#include "model/json.hpp"
#include "model/operation.hpp"

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::api {

/// The way from the loop to the audit room: its commands, awaited. Each is one transaction there; a caller that is cut
/// off does not undo it.
class audit_line {
 public:
  virtual ~audit_line() = default;

  /// The last published view; does not wait. After a command it shows what the command did.
  [[nodiscard]] virtual std::shared_ptr<const audit::view> view() const = 0;

  template <class T>
  using answer = boost::asio::awaitable<result<T>>;

  virtual answer<audit::done> set_switch(std::string tenant, std::string licence, std::string factor,
                                         std::optional<bool> on, std::string caller) = 0;
  virtual answer<audit::apply_plan> dry_run(audit::apply_request what) = 0;
  virtual answer<audit::applied> apply(audit::apply_request what, std::string caller) = 0;
  virtual answer<audit::applied> apply_plan(std::string plan, std::string caller) = 0;
  virtual answer<audit::apply_request> request_of_plan(std::string plan) = 0;
  virtual answer<audit::calculation_stamp> calculate(calculation_cause why) = 0;
  virtual answer<audit::done> accept(std::string source, std::int64_t run, std::vector<std::string> tenants,
                                     std::string caller) = 0;
  virtual answer<audit::cart_page> cart(std::string tenant, std::string caller) = 0;
  virtual answer<audit::cart_page> stage(std::string tenant, std::string licence, std::int64_t change,
                                         std::string caller) = 0;
  virtual answer<audit::cart_page> unstage(std::string tenant, std::string licence, std::string caller) = 0;
  virtual answer<audit::confirmed_order> confirm(std::string tenant, std::int64_t version, std::string caller) = 0;
  virtual answer<audit::done> set_limit(std::string tenant, std::string licence, std::optional<std::int64_t> limit,
                                        std::string caller) = 0;
  virtual answer<audit::done> create_tenant(json::value record, std::string caller) = 0;
  virtual answer<audit::done> change_tenant(std::string tenant, json::object patch, std::string caller) = 0;
  virtual answer<audit::relocation> try_move(audit::relocation_request what) = 0;
  virtual answer<audit::relocated> move(audit::relocation_request what, std::string caller) = 0;
  virtual answer<audit::done> cancel_move(std::string tenant, std::string caller) = 0;
  virtual answer<audit::done> remove_tenant(std::string tenant, std::string caller) = 0;
  virtual answer<audit::done> put_subject(subject value, std::string caller) = 0;
  virtual answer<audit::done> remove_subject(subject_name name, std::string caller) = 0;
  virtual answer<audit::done> decide_bill(audit::bill_decision what, std::string caller) = 0;
  virtual answer<audit::done> acknowledge(std::string finding_id, instant until, std::string reason,
                                          std::string caller) = 0;
  virtual answer<audit::done> record(operation what) = 0;
  /// What a recount finds that the last tallies do not say.
  virtual answer<std::vector<std::string>> recount() = 0;
};

}  // namespace licaudit::api

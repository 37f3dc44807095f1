#pragma once

#include "daemon/api/audit_line.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace licaudit::api {

/// The real way: every command becomes a task of the worker that owns the office.
class office_line final : public audit_line {
 public:
  office_line(audit::office& at, boost::asio::any_io_executor worker) : at_(at), worker_(std::move(worker)) {}

  [[nodiscard]] std::shared_ptr<const audit::view> view() const override { return at_.current(); }

  answer<audit::done> set_switch(std::string tenant, std::string licence, std::string factor, std::optional<bool> on,
                                 std::string caller) override;
  answer<audit::apply_plan> dry_run(audit::apply_request what) override;
  answer<audit::applied> apply(audit::apply_request what, std::string caller) override;
  answer<audit::applied> apply_plan(std::string plan, std::string caller) override;
  answer<audit::apply_request> request_of_plan(std::string plan) override;
  answer<audit::calculation_stamp> calculate(calculation_cause why) override;
  answer<audit::done> accept(std::string source, std::int64_t run, std::vector<std::string> tenants,
                             std::string caller) override;
  answer<audit::cart_page> cart(std::string tenant, std::string caller) override;
  answer<audit::cart_page> stage(std::string tenant, std::string licence, std::int64_t change,
                                 std::string caller) override;
  answer<audit::cart_page> unstage(std::string tenant, std::string licence, std::string caller) override;
  answer<audit::confirmed_order> confirm(std::string tenant, std::int64_t version, std::string caller) override;
  answer<audit::done> set_limit(std::string tenant, std::string licence, std::optional<std::int64_t> limit,
                                std::string caller) override;
  answer<audit::done> create_tenant(json::value record, std::string caller) override;
  answer<audit::done> change_tenant(std::string tenant, json::object patch, std::string caller) override;
  answer<audit::relocation> try_move(audit::relocation_request what) override;
  answer<audit::relocated> move(audit::relocation_request what, std::string caller) override;
  answer<audit::done> cancel_move(std::string tenant, std::string caller) override;
  answer<audit::done> remove_tenant(std::string tenant, std::string caller) override;
  answer<audit::done> put_subject(subject value, std::string caller) override;
  answer<audit::done> remove_subject(subject_name name, std::string caller) override;
  answer<audit::done> decide_bill(audit::bill_decision what, std::string caller) override;
  answer<audit::done> acknowledge(std::string finding_id, instant until, std::string reason,
                                  std::string caller) override;
  answer<audit::done> record(operation what) override;
  answer<std::vector<std::string>> recount() override;

 private:
  audit::office& at_;
  boost::asio::any_io_executor worker_;
};

}  // namespace licaudit::api

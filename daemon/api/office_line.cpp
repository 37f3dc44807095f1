#include "daemon/api/office_line.hpp"

#include "daemon/sync/run_on.hpp"

#include <utility>

namespace licaudit::api {

using sync::run_on;

// Tasks refer to the parameters, which lie in the frame of the coroutine that awaits them.

audit_line::answer<audit::done> office_line::set_switch(std::string tenant, std::string licence, std::string factor,
                                                        std::optional<bool> on, std::string caller) {
  auto task = [&] { return at_.set_switch(tenant, licence, factor, on, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::apply_plan> office_line::dry_run(audit::apply_request what) {
  auto task = [&] { return at_.dry_run(what); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::applied> office_line::apply(audit::apply_request what, std::string caller) {
  auto task = [&] { return at_.apply(what, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::applied> office_line::apply_plan(std::string plan, std::string caller) {
  auto task = [&] { return at_.apply(plan, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::apply_request> office_line::request_of_plan(std::string plan) {
  auto task = [&] { return at_.request_of(plan); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::calculation_stamp> office_line::calculate(calculation_cause why) {
  auto task = [&] { return at_.calculate(why); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::done> office_line::accept(std::string source, std::int64_t run,
                                                    std::vector<std::string> tenants, std::string caller) {
  auto task = [&] { return at_.accept(source, run, tenants, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::cart_page> office_line::cart(std::string tenant, std::string caller) {
  auto task = [&] { return at_.cart(tenant, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::cart_page> office_line::stage(std::string tenant, std::string licence, std::int64_t change,
                                                        std::string caller) {
  auto task = [&] { return at_.stage(tenant, licence, change, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::cart_page> office_line::unstage(std::string tenant, std::string licence, std::string caller) {
  auto task = [&] { return at_.unstage(tenant, licence, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::confirmed_order> office_line::confirm(std::string tenant, std::int64_t version,
                                                                std::string caller) {
  auto task = [&] { return at_.confirm(tenant, version, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::done> office_line::set_limit(std::string tenant, std::string licence,
                                                       std::optional<std::int64_t> limit, std::string caller) {
  auto task = [&] { return at_.set_limit(tenant, licence, limit, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::done> office_line::create_tenant(json::value record, std::string caller) {
  auto task = [&] { return at_.create_tenant(record, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::done> office_line::change_tenant(std::string tenant, json::object patch, std::string caller) {
  auto task = [&] { return at_.change_tenant(tenant, patch, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::relocation> office_line::try_move(audit::relocation_request what) {
  auto task = [&] { return at_.try_move(what); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::relocated> office_line::move(audit::relocation_request what, std::string caller) {
  auto task = [&] { return at_.move(what, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::done> office_line::cancel_move(std::string tenant, std::string caller) {
  auto task = [&] { return at_.cancel_move(tenant, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::done> office_line::remove_tenant(std::string tenant, std::string caller) {
  auto task = [&] { return at_.remove_tenant(tenant, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::done> office_line::put_subject(subject value, std::string caller) {
  auto task = [&] { return at_.put_subject(value, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::done> office_line::remove_subject(subject_name name, std::string caller) {
  auto task = [&] { return at_.remove_subject(name, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::done> office_line::decide_bill(audit::bill_decision what, std::string caller) {
  auto task = [&] { return at_.decide_bill(std::move(what), caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::done> office_line::acknowledge(std::string finding_id, instant until, std::string reason,
                                                         std::string caller) {
  auto task = [&] { return at_.acknowledge(finding_id, until, reason, caller); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<audit::done> office_line::record(operation what) {
  auto task = [&] { return at_.record(what); };
  co_return co_await run_on(worker_, task);
}

audit_line::answer<std::vector<std::string>> office_line::recount() {
  auto task = [&] { return result<std::vector<std::string>>(at_.recount()); };
  co_return co_await run_on(worker_, task);
}

}  // namespace licaudit::api

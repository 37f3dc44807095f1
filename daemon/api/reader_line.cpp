#include "daemon/api/reader_line.hpp"

#include "daemon/sync/run_on.hpp"

#include <algorithm>
#include <utility>

namespace licaudit::api {

using sync::run_on;

namespace {

/// Whether a subject that has not changed counts as it did: under the same record, rules and switches, and no former
/// gateway has ended in between.
bool counts_alike(const ledger::dated_tenant& before, const ledger::dated_tenant& now) {
  const auto has_ended = [&](const former_gateway& one) {
    return one.until && before.at < *one.until && *one.until <= now.at;
  };
  for (const auto& one : now.record.sites)
    if (std::any_of(one.former_gateways.begin(), one.former_gateways.end(), has_ended)) return false;
  return before.disabled == now.disabled && before.switches == now.switches && before.rules == now.rules &&
         before.record == now.record;
}

}  // namespace

result<dated_inventory> reader_line::inventory_of(ledger::dated_tenant tenant,
                                                  std::vector<ledger::dated_subject> subjects) const {
  auto holdings = holdings_(tenant, subjects);
  if (!holdings) return holdings.error();
  return dated_inventory{std::move(tenant), std::move(subjects), std::move(holdings->holdings),
                         std::move(holdings->factors)};
}

// Tasks refer to the parameters, which lie in the frame of the coroutine that awaits them.

ledger_line::answer<ledger::history_page> reader_line::history(ledger::history_query query) {
  auto task = [&] { return from_.history(query); };
  co_return co_await run_on(thread_, task);
}

ledger_line::answer<month_bills> reader_line::bills(bill_question question) {
  auto task = [&]() -> result<month_bills> {
    const auto observed = from_.observed(range_of(question));
    if (!observed) return observed.error();
    return bills_of(*observed, question);
  };
  co_return co_await run_on(thread_, task);
}

ledger_line::answer<month_effects> reader_line::order_effects(order_question question) {
  auto task = [&]() -> result<month_effects> {
    const auto observed = from_.observed(range_of(question.bill));
    if (!observed) return observed.error();
    return month_effects_of(*observed, question);
  };
  co_return co_await run_on(thread_, task);
}

ledger_line::answer<dated_inventory> reader_line::inventory_at(std::string tenant, instant at) {
  auto task = [&]() -> result<dated_inventory> {
    auto dated = from_.tenant_at(tenant, at);
    if (!dated) return dated.error();
    auto subjects = from_.subjects_at(tenant, dated->sequence);
    if (!subjects) return subjects.error();
    return inventory_of(std::move(*dated), std::move(*subjects));
  };
  co_return co_await run_on(thread_, task);
}

ledger_line::answer<std::vector<ledger::subject_change>> reader_line::subject_changes(std::string tenant,
                                                                                      std::int64_t behind,
                                                                                      std::int64_t up_to) {
  auto task = [&] { return from_.subject_changes(tenant, behind, up_to); };
  co_return co_await run_on(thread_, task);
}

ledger_line::answer<inventory_step> reader_line::inventory_after(ledger::dated_tenant before, instant at,
                                                                 std::vector<ledger::dated_subject> changed) {
  auto task = [&]() -> result<inventory_step> {
    auto dated = from_.tenant_at(before.record.id, at);
    if (!dated) return dated.error();
    const bool is_whole = !counts_alike(before, *dated);
    if (is_whole) {
      auto subjects = from_.subjects_at(before.record.id, dated->sequence);
      if (!subjects) return subjects.error();
      changed = std::move(*subjects);
    }
    auto now = inventory_of(std::move(*dated), std::move(changed));
    if (!now) return now.error();
    return inventory_step{std::move(*now), is_whole};
  };
  co_return co_await run_on(thread_, task);
}

ledger_line::answer<std::vector<operation>> reader_line::operations(ledger::operation_query query) {
  auto task = [&] { return from_.operations(query); };
  co_return co_await run_on(thread_, task);
}

ledger_line::answer<std::vector<source_run>> reader_line::runs(std::string source, std::int64_t before,
                                                               std::size_t limit) {
  auto task = [&] { return from_.runs(source, before, limit); };
  co_return co_await run_on(thread_, task);
}

ledger_line::answer<ledger::rules_in_force> reader_line::rules_at(instant at) {
  auto task = [&] { return from_.rules_at(at); };
  co_return co_await run_on(thread_, task);
}

ledger_line::answer<ledger::verification> reader_line::verify(bool full) {
  auto task = [&] { return from_.verify(full); };
  co_return co_await run_on(thread_, task);
}

}  // namespace licaudit::api

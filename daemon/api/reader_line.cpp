#include "daemon/api/reader_line.hpp"

#include "daemon/sync/run_on.hpp"

namespace licaudit::api {

using sync::run_on;

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
    auto holdings = holdings_(*dated, *subjects);
    if (!holdings) return holdings.error();
    return dated_inventory{std::move(*dated), std::move(*subjects), std::move(holdings->holdings),
                           std::move(holdings->factors)};
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

#include "daemon/app/audit_sink.hpp"

#include "daemon/app/memory.hpp"
#include "daemon/sync/run_on.hpp"

#include <cstdint>
#include <optional>

namespace licaudit::app {

namespace {

// A run that parsed so much leaves hundreds of megabytes free that the allocator would keep.
constexpr std::int64_t many_lines = 100'000;

}  // namespace

audit_sink::audit_sink(audit::office& at, boost::asio::any_io_executor worker, std::function<void()> changed)
    : at_(at), worker_(std::move(worker)), changed_(std::move(changed)) {}

boost::asio::awaitable<result<sync::given_and_cursor>> audit_sink::given(std::string source) {
  auto ask = [this, &source]() -> result<sync::given_and_cursor> {
    auto given = at_.given(source);
    if (!given) return given.error();
    auto cursor = at_.cursor(source);
    if (!cursor) return cursor.error();
    return sync::given_and_cursor{std::move(*given), std::move(*cursor)};
  };
  auto answer = co_await sync::run_on(worker_, std::move(ask));
  co_return answer;
}

boost::asio::awaitable<result<sync::delivery_outcome>> audit_sink::take(ledger::delivery value) {
  auto hand_over = [this, &value]() -> result<sync::delivery_outcome> {
    std::optional<great_work> great;
    if (value.run.lines > many_lines) great.emplace();
    auto taken = at_.take(std::move(value));
    if (!taken) return taken.error();
    sync::delivery_outcome outcome;
    outcome.run = std::move(taken->run);
    outcome.changed = taken->calculation.has_value();
    outcome.held_tenants = std::move(taken->held);
    return outcome;
  };
  auto answer = co_await sync::run_on(worker_, std::move(hand_over));
  if (answer && answer->changed) changed_();
  co_return answer;
}

}  // namespace licaudit::app

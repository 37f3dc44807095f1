// The runs of a scheduler: one source from its start to what became of it.
#include "daemon/sync/run_on.hpp"
#include "daemon/sync/scheduler_entry.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace licaudit::sync {

namespace asio = boost::asio;

namespace {

/// A source may print thousands of lines a second; people look once.
constexpr auto progress_pause = std::chrono::milliseconds(200);

/// What a function gave, as a run would have printed it.
void describe(source_run& run, const std::vector<tenant>& tenants) {
  digest_stream stream;
  for (const auto& one : tenants) {
    const auto line = canonical_json(to_json(one)) + '\n';
    stream.add(line);
    run.bytes += static_cast<std::int64_t>(line.size());
  }
  run.lines = run.tenants = static_cast<std::int64_t>(tenants.size());
  run.stream_sha256 = to_hex(stream.finish());
}

/// Everything that a source which is a function gave.
result<ledger::delivery> delivery_of(const source_plan& plan, ledger::given_inventory& given, instant started) {
  auto tenants = plan.tenants();
  if (!tenants) return tenants.error();
  ledger::delivery value;
  value.run.source = plan.name;
  value.run.started = started;
  value.run.exit = "exit 0";
  describe(value.run, *tenants);
  value.tenants = std::move(*tenants);
  given.read();
  for (const auto& one : given.subjects) value.missing.push_back(one.number);
  return value;
}

}  // namespace

asio::awaitable<void> scheduler::execute(entry_ptr e) {
  maybe_outcome outcome;
  try {
    if (e->is_function()) {
      outcome = co_await run_function(e);
    } else {
      outcome = co_await run_process(e);
    }
  } catch (const std::exception& error) {
    outcome = failed(*e, std::string("broke off inside licauditd: ") + error.what());
  }
  e->execution = nullptr;
  finish(*e, std::move(outcome));
}

asio::awaitable<scheduler::maybe_outcome> scheduler::run_process(entry_ptr e) {
  const auto plan = e->plan;  // a reload may give the entry another
  const execution_place place{wiring_.loop, wiring_.worker, wiring_.now, wiring_.limits};
  auto delta = delta_answer::allowed;
  for (;;) {
    auto from = co_await wiring_.sink->given(plan->name);
    if (!from) co_return failed(*e, "what it gave before cannot be read: " + from.error().detail);
    if (delta == delta_answer::refused) from->cursor.clear();
    source_execution execution(place, plan);
    execution.on_progress([this, raw = e.get()](const run_progress& progress) { progressed(*raw, progress); });
    e->execution = &execution;
    if (e->stopped) execution.stop();
    auto done = co_await execution.run(std::move(*from), delta);
    e->execution = nullptr;
    if (done.stopped) co_return std::nullopt;
    if (!done.start_over) co_return co_await hand_over(std::move(done.delivery));
    delta = delta_answer::refused;  // once: the next run has no cursor to give up
  }
}

asio::awaitable<scheduler::maybe_outcome> scheduler::run_function(entry_ptr e) {
  const auto plan = e->plan;
  const auto started = wiring_.now();
  auto from = co_await wiring_.sink->given(plan->name);
  if (!from) co_return failed(*e, "what it gave before cannot be read: " + from.error().detail);
  auto make = [&plan, &from, started] { return delivery_of(*plan, from->given, started); };
  auto made = co_await run_on(wiring_.worker, std::move(make));
  ledger::delivery value;
  if (made) {
    value = std::move(*made);
    value.run.ended = std::max(wiring_.now(), started);
  } else {
    value.run = failed(*e, made.error().detail).run;
  }
  co_return co_await hand_over(std::move(value));
}

asio::awaitable<delivery_outcome> scheduler::hand_over(ledger::delivery value) {
  delivery_outcome lost{value.run};
  auto taken = co_await wiring_.sink->take(std::move(value));
  if (taken) co_return std::move(*taken);
  lost.run.state = run_state::failed;
  lost.run.problem = "what it gave cannot be stored: " + taken.error().detail;
  co_return lost;
}

delivery_outcome scheduler::failed(const entry& e, std::string problem) const {
  delivery_outcome outcome;
  auto& run = outcome.run;
  run.source = e.name();
  run.started = e.running_since.value_or(wiring_.now());
  run.ended = std::max(wiring_.now(), run.started);
  run.state = run_state::failed;
  run.problem = printable(problem);
  run.exit = "not started";
  run.stream_sha256 = to_hex(sha256({}));
  return outcome;
}

void scheduler::progressed(entry& e, const run_progress& progress) {
  e.progress = progress;
  const auto now = std::chrono::steady_clock::now();
  if (now - e.told < progress_pause) return;
  e.told = now;
  tell({source_event_kind::progress, e.name(), progress});
}

void scheduler::finish(entry& e, maybe_outcome outcome) {
  --running_;
  ++e.ended;
  e.running_since.reset();
  source_event event{source_event_kind::ended, e.name(), e.progress};
  if (outcome) {
    const auto& run = outcome->run;
    e.history.ended = run.ended;
    if (run.state == run_state::failed) {
      ++e.history.failures;
      ++e.memory.failed_since_good;
    } else {
      e.history.completed = run.started;
      e.history.failures = e.memory.failed_since_good = 0;
      e.memory.last_good = run.ended;
    }
    e.memory.last_run = run;
    event.run = run;
    event.changed = outcome->changed;
  }
  plan_next(e, wiring_.now());
  std::erase_if(leaving_, [&e](const entry_ptr& old) { return old.get() == &e; });
  tell(event);
  alarm_.ring();
  changed_.ring();
}

}  // namespace licaudit::sync

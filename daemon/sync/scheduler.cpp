#include "daemon/sync/scheduler.hpp"

#include "daemon/sync/scheduler_entry.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <exception>
#include <map>
#include <utility>

namespace licaudit::sync {

namespace asio = boost::asio;

namespace {

/// Each source at work costs a process and up to some MiB; two keep a slow one from blocking all others.
constexpr int most_at_once = 2;

/// How long to trust a timer: machines sleep, and clocks are set.
constexpr std::chrono::milliseconds longest_sleep = std::chrono::minutes(1);

/// A clock that falls back by less is being adjusted, not set.
constexpr std::chrono::milliseconds adjustment = std::chrono::seconds(1);

run_history history_of(const source_memory& memory) {
  run_history history;
  history.completed = memory.last_good;
  history.failures = memory.failed_since_good;
  if (memory.last_run) {
    history.ended = memory.last_run->ended;
    if (memory.last_run->state != run_state::failed) history.completed = memory.last_run->started;
  }
  return history;
}

}  // namespace

scheduler::scheduler(scheduler_wiring wiring, std::vector<source_memory> remembered)
    : wiring_(std::move(wiring)), alarm_(wiring_.loop), changed_(wiring_.loop) {
  for (auto& memory : remembered) {
    auto source = memory.source;
    remembered_.insert_or_assign(std::move(source), std::move(memory));
  }
}

scheduler::~scheduler() = default;

void scheduler::replace_plans(std::vector<source_plan> plans) {
  std::map<std::string, entry_ptr> before;  // a for_each makes thousands
  for (auto& e : entries_) before.emplace(e->name(), e);
  std::vector<entry_ptr> next;
  next.reserve(plans.size());
  for (auto& plan : plans) {
    auto known = before.extract(plan.name);
    if (known) {
      adopt(*known.mapped(), std::move(plan));
      next.push_back(std::move(known.mapped()));
    } else {
      next.push_back(make_entry(std::move(plan)));
    }
  }
  entries_.swap(next);
  for (auto& [name, old] : before) dismiss(std::move(old));
  ++planned_;
  alarm_.ring();
  changed_.ring();
}

scheduler::entry_ptr scheduler::make_entry(source_plan plan) {
  const auto kept = std::make_shared<const source_plan>(std::move(plan));
  source_memory memory{kept->name};
  if (auto known = remembered_.extract(kept->name)) memory = std::move(known.mapped());
  auto e = std::make_shared<entry>(
      entry{kept, fingerprint_of(*kept), schedule_plan(wiring_.host, kept->name, kept->every), std::move(memory)});
  e->history = history_of(e->memory);
  e->wanted = e->is_function();
  plan_next(*e, wiring_.now());
  return e;
}

void scheduler::adopt(entry& e, source_plan plan) {
  const auto fingerprint = fingerprint_of(plan);
  if (fingerprint != e.fingerprint) e.wanted = true;  // the same lines are other records now
  const bool another_rhythm = plan.every != e.plan->every;
  e.plan = std::make_shared<const source_plan>(std::move(plan));
  e.fingerprint = fingerprint;
  if (!another_rhythm) return;
  e.schedule = schedule_plan(wiring_.host, e.name(), e.plan->every);
  plan_next(e, wiring_.now());
}

void scheduler::dismiss(entry_ptr e) {
  e->planned = false;
  remembered_.insert_or_assign(e->name(), e->memory);
  if (!e->running()) return;
  e->stop();
  leaving_.push_back(std::move(e));
}

void scheduler::plan_next(entry& e, instant now) {
  e.due = e.schedule.next(now, e.history, wiring_.jitter());
}

/// After a clock was set back, what was due in an hour would be due in a year.
void scheduler::notice_clock(instant now) {
  if (now + adjustment < last_look_) {
    for (const auto& e : entries_) plan_next(*e, now);
  }
  last_look_ = now;
}

asio::awaitable<void> scheduler::run() {
  co_await asio::this_coro::throw_if_cancelled(false);
  while (!stopping_) {
    const auto now = wiring_.now();
    start_due(now);
    co_await alarm_.wait(until_next(now));
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) stop();
  }
  co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
  while (running_ > 0) co_await changed_.wait();
}

void scheduler::stop() {
  stopping_ = true;
  for (const auto& e : entries_) {
    if (e->running()) e->stop();
  }
  alarm_.ring();
  changed_.ring();
}

void scheduler::reconsider() {
  alarm_.ring();
}

void scheduler::start_due(instant now) {
  notice_clock(now);
  start_ready(true, now);
  if (!functions_pending(now)) start_ready(false, now);
}

void scheduler::start_ready(bool functions, instant now) {
  std::vector<entry_ptr> ready;
  for (const auto& e : entries_) {
    if (e->is_function() == functions && may_start(*e, now)) ready.push_back(e);
  }
  std::stable_sort(ready.begin(), ready.end(), [](const entry_ptr& a, const entry_ptr& b) {
    return a->wanted != b->wanted ? a->wanted : a->due < b->due;
  });
  for (const auto& e : ready) {
    // Looked at again, since what starts may already have changed the plans.
    if (running_ < most_at_once && e->planned && may_start(*e, now)) start(e, now);
  }
}

bool scheduler::functions_pending(instant now) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [now](const entry_ptr& e) { return e->is_function() && (e->running() || e->is_due(now)); });
}

bool scheduler::may_start(const entry& e, instant now) const {
  if (stopping_ || e.running() || !e.is_due(now)) return false;
  return std::none_of(leaving_.begin(), leaving_.end(), [&e](const entry_ptr& old) { return old->name() == e.name(); });
}

void scheduler::start(const entry_ptr& e, instant now) {
  ++running_;
  ++e->begun;
  e->wanted = false;
  e->stopped = false;
  e->running_since = now;
  e->progress = {};
  tell({source_event_kind::started, e->name()});
  asio::co_spawn(wiring_.loop, execute(e), [](const std::exception_ptr& broken) {
    if (broken) std::rethrow_exception(broken);  // `execute` catches what a run can throw: this is out of memory
  });
}

std::chrono::milliseconds scheduler::until_next(instant now) const {
  auto sleep = longest_sleep;
  for (const auto& e : entries_) {
    // What is due and did not start waits for a place, and the end of a run rings.
    if (!e->running() && e->due > now) sleep = std::min(sleep, e->due - now);
  }
  return sleep;
}

}  // namespace licaudit::sync

// What people ask of a scheduler: states, and runs out of turn.
#include "daemon/sync/scheduler_entry.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace licaudit::sync {

namespace asio = boost::asio;

std::string_view refresh_result::state() const {
  return run ? to_text(run->state) : to_text(run_state::failed);
}

scheduler::entry_ptr scheduler::find(std::string_view source) const {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [source](const entry_ptr& e) { return e->name() == source; });
  return found == entries_.end() ? nullptr : *found;
}

/// The source itself, or the instances of its for_each.
std::vector<scheduler::entry_ptr> scheduler::named(std::string_view source) const {
  if (auto e = find(source); e != nullptr) return {std::move(e)};
  const auto start = std::string(source) + '.';
  std::vector<entry_ptr> instances;
  for (const auto& e : entries_) {
    if (e->name().starts_with(start)) instances.push_back(e);
  }
  return instances;
}

result<std::vector<scheduler::entry_ptr>> scheduler::chosen(const std::vector<std::string>& names) const {
  if (names.empty()) return entries_;
  std::vector<entry_ptr> all;
  for (const auto& name : names) {
    const auto some = named(name);
    if (some.empty()) return failure{errc::unknown, "no source '" + name + "'; licaudit sources lists them"};
    for (const auto& e : some) {
      if (std::find(all.begin(), all.end(), e) == all.end()) all.push_back(e);
    }
  }
  return all;
}

asio::awaitable<result<std::vector<refresh_result>>> scheduler::refresh(std::vector<std::string> names,
                                                                        source_listener listener) {
  auto sources = chosen(names);
  if (!sources) co_return sources.error();
  listening here;
  here.listener = std::move(listener);
  struct place {
    std::list<listening*>& list;
    std::list<listening*>::iterator at;
    ~place() { list.erase(at); }
  };
  const place mine{listeners_, listeners_.insert(listeners_.end(), &here)};
  want(std::move(*sources), here);
  std::vector<refresh_result> results;
  for (auto seen = planned_; results.size() < here.sources.size();) {
    const auto e = here.sources[results.size()];
    const auto run = here.runs[results.size()];
    while (e->ended < run && e->planned && !stopping_) co_await changed_.wait();
    results.push_back(result_of(*e, run));
    if (seen == planned_) continue;
    // Tenants that came with a run may have brought instances of a for_each.
    seen = planned_;
    if (auto more = chosen(names)) want(std::move(*more), here);
  }
  co_return results;
}

void scheduler::want(std::vector<entry_ptr> sources, listening& by) {
  const std::set<entry_ptr> known(by.sources.begin(), by.sources.end());
  for (auto& e : sources) {
    if (known.contains(e)) continue;
    e->wanted = true;
    by.runs.push_back(e->begun + 1);
    by.sources.push_back(std::move(e));
  }
  alarm_.ring();
}

refresh_result scheduler::result_of(const entry& e, std::uint64_t run) const {
  refresh_result said{e.name()};
  if (e.ended >= run && !e.stopped) {
    said.run = e.memory.last_run;
    if (said.run) said.problem = said.run->problem;
  } else if (!e.planned) {
    said.problem = "the source is no longer in the settings";
  } else {
    said.problem = "licauditd is stopping";
  }
  return said;
}

std::vector<source_state> scheduler::states() const {
  const auto now = wiring_.now();
  std::vector<source_state> all;
  all.reserve(entries_.size());
  for (const auto& e : entries_) all.push_back(state_of(*e, now));
  return all;
}

std::optional<source_state> scheduler::state(std::string_view source) const {
  const auto e = find(source);
  if (e == nullptr) return std::nullopt;
  return state_of(*e, wiring_.now());
}

source_state scheduler::state_of(const entry& e, instant now) const {
  source_state state;
  state.source = e.name();
  state.plugin = e.plan->plugin;
  state.condition = e.running() ? source_condition::running : condition_of(e.memory, e.plan->every, now);
  state.last_run = e.memory.last_run;
  state.last_good = e.memory.last_good;
  if (!e.running()) state.next = e.wanted ? now : e.due;
  state.running_since = e.running_since;
  state.progress = e.progress;
  state.failed_since_good = e.memory.failed_since_good;
  state.every = e.plan->every;
  return state;
}

void scheduler::accepted(std::string_view source) {
  const auto e = find(source);
  if (e != nullptr && e->memory.last_run && e->memory.last_run->state == run_state::held) {
    e->memory.last_run->state = run_state::ok;
  }
}

void scheduler::tell(const source_event& event) {
  if (wiring_.listener) wiring_.listener(event);
  for (const auto* one : listeners_) {
    const bool wants = std::any_of(one->sources.begin(), one->sources.end(),
                                   [&event](const entry_ptr& e) { return e->name() == event.source; });
    if (wants && one->listener) one->listener(event);
  }
}

}  // namespace licaudit::sync

#pragma once

#include "daemon/sync/bell.hpp"
#include "daemon/sync/delivery_sink.hpp"
#include "daemon/sync/run_limits.hpp"
#include "daemon/sync/source_plan.hpp"
#include "daemon/sync/source_state.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::sync {

enum class source_event_kind : std::uint8_t { started, progress, ended };

/// Something that happened to a source. `run` is set when it ended.
struct source_event {
  source_event_kind kind = source_event_kind::started;
  std::string source;
  run_progress progress{};
  std::optional<source_run> run{};
  bool changed = false;  ///< ended: inventory is different now
};
using source_listener = std::function<void(const source_event&)>;

/// What a refresh says of one source.
struct refresh_result {
  std::string source;
  std::optional<source_run> run{};               ///< none: it did not run, and `problem` says why
  std::string problem{};                         ///< empty: it did what it should
  [[nodiscard]] std::string_view state() const;  ///< `ok`, `held` or `failed`
};

/// What a scheduler works with; all of it must outlive the scheduler. Listeners are called on the loop and do not
/// throw.
struct scheduler_wiring {
  boost::asio::any_io_executor loop;
  boost::asio::any_io_executor worker;  ///< digests output, one slice a task
  delivery_sink* sink = nullptr;
  std::function<instant()> now;
  std::function<double()> jitter;  ///< in [0, 1); for back-off
  std::string host;                ///< splays the ticks
  run_limits limits{};
  source_listener listener{};  ///< hears everything; may be empty
};

/// Runs every source by its plan: two at a time, one never twice at once, those that are functions before all others.
/// Lives on the loop; every member function is called there.
class scheduler {
 public:
  /// `remembered`: what the ledger knows of earlier runs.
  explicit scheduler(scheduler_wiring wiring, std::vector<source_memory> remembered = {});
  ~scheduler();
  scheduler(const scheduler&) = delete;
  scheduler& operator=(const scheduler&) = delete;

  /// The sources from now on. One that stays keeps its state, and a run of it under way goes on; one whose way of
  /// reading is different runs at once; one that is gone is killed, and nothing of its run takes effect.
  void replace_plans(std::vector<source_plan> plans);

  /// Runs until `stop` or cancellation; then kills the children, waits for what is being stored, and returns. The
  /// destructor may only come after that. Once.
  boost::asio::awaitable<void> run();
  void stop();

  /// Runs these sources now (none named: all) and waits for them: one that is running is waited for and runs again.
  /// `NAME` also stands for every `NAME.TENANT` of a for_each, those of tenants that arrive meanwhile too. The listener
  /// hears of these sources until then.
  /// errc::unknown names a source that does not exist. A caller that is cancelled does not stop the runs.
  boost::asio::awaitable<result<std::vector<refresh_result>>> refresh(std::vector<std::string> names,
                                                                      source_listener listener = {});

  [[nodiscard]] std::vector<source_state> states() const;  ///< in the order of the plans
  [[nodiscard]] std::optional<source_state> state(std::string_view source) const;

  /// A person accepted what the last run's guard held.
  void accepted(std::string_view source);

  /// Looks at the clock again, at once: it was set. (It is looked at every minute anyway.)
  void reconsider();

 private:
  struct entry;
  struct listening;
  using entry_ptr = std::shared_ptr<entry>;
  using maybe_outcome = std::optional<delivery_outcome>;  ///< none: we ended the run, it says nothing

  [[nodiscard]] entry_ptr find(std::string_view source) const;
  [[nodiscard]] std::vector<entry_ptr> named(std::string_view source) const;
  [[nodiscard]] result<std::vector<entry_ptr>> chosen(const std::vector<std::string>& names) const;
  /// Those that it does not wait for yet.
  void want(std::vector<entry_ptr> sources, listening& by);
  [[nodiscard]] entry_ptr make_entry(source_plan plan);
  void adopt(entry& e, source_plan plan);
  void dismiss(entry_ptr e);
  void plan_next(entry& e, instant now);
  void notice_clock(instant now);
  [[nodiscard]] source_state state_of(const entry& e, instant now) const;

  void start_due(instant now);
  void start_ready(bool functions, instant now);
  [[nodiscard]] bool functions_pending(instant now) const;
  [[nodiscard]] bool may_start(const entry& e, instant now) const;
  void start(const entry_ptr& e, instant now);
  [[nodiscard]] std::chrono::milliseconds until_next(instant now) const;

  [[nodiscard]] boost::asio::awaitable<void> execute(entry_ptr e);
  [[nodiscard]] boost::asio::awaitable<maybe_outcome> run_process(entry_ptr e);
  [[nodiscard]] boost::asio::awaitable<maybe_outcome> run_function(entry_ptr e);
  [[nodiscard]] boost::asio::awaitable<delivery_outcome> hand_over(ledger::delivery value);
  [[nodiscard]] delivery_outcome failed(const entry& e, std::string problem) const;
  [[nodiscard]] refresh_result result_of(const entry& e, std::uint64_t run) const;
  void progressed(entry& e, const run_progress& progress);
  void finish(entry& e, maybe_outcome outcome);
  void tell(const source_event& event);

  scheduler_wiring wiring_;
  std::map<std::string, source_memory> remembered_;  ///< of sources that are not planned
  std::vector<entry_ptr> entries_;                   ///< in the order of the plans
  std::vector<entry_ptr> leaving_;                   ///< no longer planned, and still running
  std::uint64_t planned_ = 0;                        ///< how often plans were replaced
  std::list<listening*> listeners_;
  bell alarm_;    ///< wakes `run`
  bell changed_;  ///< wakes those who wait for a run to end
  instant last_look_{};
  int running_ = 0;
  bool stopping_ = false;
};

}  // namespace licaudit::sync

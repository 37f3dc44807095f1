#pragma once

#include "daemon/ledger/delivery.hpp"
#include "daemon/sync/bell.hpp"
#include "daemon/sync/child_process.hpp"
#include "daemon/sync/delivery_sink.hpp"
#include "daemon/sync/intake.hpp"
#include "daemon/sync/run_limits.hpp"
#include "daemon/sync/run_progress.hpp"
#include "daemon/sync/source_plan.hpp"
#include "daemon/sync/stderr_tail.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace licaudit::sync {

/// What came of one run.
struct executed {
  ledger::delivery delivery;
  bool stopped = false;     ///< by us, so it says nothing of the source
  bool start_over = false;  ///< exit status 75, and it had been given a cursor
};

/// Where an execution takes place.
struct execution_place {
  boost::asio::any_io_executor loop;
  boost::asio::any_io_executor worker;
  std::function<instant()> now;
  run_limits limits{};
};

/// One run of one process, from the request to the delivery. The loop moves bytes; the worker digests them, a slice of
/// at most 1 MiB at a time, and nothing is read meanwhile. Whatever the source does, the run ends: by itself, at its
/// deadline, or by `stop`.
class source_execution {
 public:
  source_execution(execution_place place, std::shared_ptr<const source_plan> plan);

  /// Called on the loop after every slice.
  void on_progress(std::function<void(const run_progress&)> listener) { on_progress_ = std::move(listener); }

  /// Once. An empty cursor of `from` is `null` in the request.
  [[nodiscard]] boost::asio::awaitable<executed> run(given_and_cursor from, delta_answer delta);

  /// Ends the run soon; `run` then returns.
  void stop() { cut(run_cut::stopped); }

 private:
  using child_ptr = std::unique_ptr<child_process>;

  [[nodiscard]] result<std::string> request(const reading_rules& rules, const std::string& kept_cursor);
  [[nodiscard]] boost::asio::awaitable<void> attend(child_process& child, std::string request);
  [[nodiscard]] boost::asio::awaitable<void> write_request(child_process& child, std::string request);
  [[nodiscard]] boost::asio::awaitable<void> read_output(child_process& child);
  [[nodiscard]] boost::asio::awaitable<void> read_errors(child_process& child);
  [[nodiscard]] boost::asio::awaitable<void> watch(child_process& child);
  [[nodiscard]] boost::asio::awaitable<void> await_output(child_process& child);
  [[nodiscard]] boost::asio::awaitable<void> end_child(child_process& child);
  [[nodiscard]] boost::asio::awaitable<std::size_t> read_slice(child_process& child);
  [[nodiscard]] boost::asio::awaitable<bool> digest(std::size_t bytes);
  [[nodiscard]] executed not_started(std::string problem);
  void cut(run_cut why);

  execution_place place_;
  std::shared_ptr<const source_plan> plan_;
  std::function<void(const run_progress&)> on_progress_;
  child_process* child_ = nullptr;  ///< while it runs
  std::optional<intake> intake_;    ///< touched by the worker only, but for its making and its end
  std::string slice_;
  std::optional<std::size_t> left_to_read_;  ///< once the child has ended: what is in the pipe, and nothing later
  std::int64_t bytes_ = 0;
  stderr_tail errors_;
  run_ending ending_;
  std::exception_ptr broken_;  ///< of the worker
  instant started_{};
  int open_streams_ = 0;
  bell closed_;  ///< rings when a stream of the child ends
};

}  // namespace licaudit::sync

#pragma once

#include "daemon/api/daemon_line.hpp"
#include "daemon/api/http_server.hpp"
#include "daemon/api/ledger_copies.hpp"
#include "daemon/api/office_line.hpp"
#include "daemon/api/reader_line.hpp"
#include "daemon/api/router.hpp"
#include "daemon/api/source_line.hpp"
#include "daemon/api/tcp_listener.hpp"
#include "daemon/api/unix_listener.hpp"
#include "daemon/app/audit_sink.hpp"
#include "daemon/app/housekeeping.hpp"
#include "daemon/app/month_end_watch.hpp"
#include "daemon/app/planned_moves.hpp"
#include "daemon/app/wiring_plans.hpp"
#include "daemon/audit/office.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/ledger/reader.hpp"
#include "daemon/sync/scheduler.hpp"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>

namespace licaudit::app {

/// The one place that names concrete classes: wires the rooms, owns the loop, its two threads beside it, signals and
/// readiness. The order of the members is the order in which things are made; they go in the reverse one.
class daemon final : public api::daemon_line {
 public:
  /// Opens ledger, audit and socket. The failure says what is in the way.
  [[nodiscard]] static result<std::unique_ptr<daemon>> open(settings_ptr how, std::filesystem::path binary_directory);
  ~daemon() override;

  /// Serves until SIGTERM or SIGINT, then ends in order: accept no more, end the runs of sources, let the transaction
  /// under way finish, close the database, remove the socket. Returns the exit status.
  [[nodiscard]] int run();

  // What routes ask (api::daemon_line); on the loop.
  [[nodiscard]] instant now() const override;
  [[nodiscard]] api::daemon_facts facts() const override;
  boost::asio::awaitable<result<api::reload_outcome>> reload(std::string caller) override;

 private:
  daemon(settings_ptr how, std::filesystem::path binary_directory);
  [[nodiscard]] result<void> open_parts();
  [[nodiscard]] std::vector<sync::source_memory> remembered() const;
  [[nodiscard]] api::router make_router();
  [[nodiscard]] std::unique_ptr<api::http_server> make_server(access::door door);

  void spawn(boost::asio::awaitable<void> task, const char* what);
  void stop();
  void replan();

  boost::asio::awaitable<void> read_inventory();
  boost::asio::awaitable<void> serve();
  boost::asio::awaitable<void> serve_tokens();
  boost::asio::awaitable<void> calculate_at_interval();
  boost::asio::awaitable<void> watch_signals();
  boost::asio::awaitable<void> tell_alive();
  boost::asio::awaitable<void> pause(std::chrono::milliseconds time);
  boost::asio::awaitable<void> log_operation(operation what);
  boost::asio::awaitable<result<void>> record_entry(operation what);
  boost::asio::awaitable<result<std::int64_t>> make_due_moves();

  settings_ptr settings_;
  std::shared_ptr<const access::policy> access_;
  std::filesystem::path binary_directory_;
  instant started_;
  std::string host_;
  std::mt19937_64 random_;

  boost::asio::io_context loop_{1};
  std::unique_ptr<ledger::ledger> book_;
  std::unique_ptr<ledger::reader> reader_;
  std::unique_ptr<audit::office> office_;
  std::optional<api::unix_listener> listener_;
  std::optional<api::tcp_listener> token_listener_;  ///< none: the settings name no http.listen

  std::unique_ptr<audit_sink> sink_;
  std::unique_ptr<sync::scheduler> scheduler_;
  std::unique_ptr<api::office_line> audit_line_;
  std::unique_ptr<api::reader_line> ledger_line_;
  std::unique_ptr<api::scheduler_line> source_line_;
  std::unique_ptr<api::ledger_copies> copies_;
  std::unique_ptr<housekeeping> housekeeping_;
  std::unique_ptr<planned_moves> moves_;
  std::unique_ptr<month_end_watch> month_ends_;
  std::unique_ptr<api::router> router_;
  std::unique_ptr<api::http_server> server_, token_server_;
  std::optional<boost::asio::signal_set> signals_;
  std::vector<boost::asio::steady_timer*> pauses_;
  std::atomic<std::uint64_t> worker_turns_{0};
  bool stopping_ = false;
  bool last_reload_worked_ = true;
  int status_ = 0;

  // Last made and first to go: nothing runs on them when the rest is taken down.
  boost::asio::thread_pool worker_{1};
  boost::asio::thread_pool reading_{1};
  boost::asio::thread_pool copying_{1};
};

}  // namespace licaudit::app

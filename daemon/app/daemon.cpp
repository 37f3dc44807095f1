#include "daemon/app/daemon.hpp"

#include "daemon/app/journal.hpp"
#include "daemon/app/ledger_wiring.hpp"
#include "daemon/app/service_notice.hpp"
#include "daemon/app/version.hpp"
#include "daemon/app/wall_clock.hpp"
#include "daemon/audit/calculation_schedule.hpp"
#include "daemon/sync/run_on.hpp"

#include <unistd.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>

namespace asio = boost::asio;

namespace licaudit::app {

namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("localhost");
}

}  // namespace

result<std::unique_ptr<daemon>> daemon::open(settings_ptr how, std::filesystem::path binary_directory) {
  std::unique_ptr<daemon> made(new daemon(std::move(how), std::move(binary_directory)));
  if (auto opened = made->open_parts(); !opened) return opened.error();
  return made;
}

daemon::daemon(settings_ptr how, std::filesystem::path binary_directory)
    : settings_(std::move(how)),
      access_(access_of(*settings_)),
      binary_directory_(std::move(binary_directory)),
      started_(wall_clock()),
      host_(host_name()),
      random_(std::random_device()()) {}

daemon::~daemon() = default;

int daemon::run() {
  signals_.emplace(loop_, SIGTERM, SIGINT, SIGHUP);
  replan();
  // First on the worker: commands queue behind it, pages are answered meanwhile.
  spawn(read_inventory(), "the inventory");
  spawn(serve(), "socket");
  if (token_server_) spawn(serve_tokens(), "http.listen");
  spawn(scheduler_->run(), "scheduler");
  spawn(calculate_at_interval(), "calculations");
  spawn(watch_signals(), "signals");
  spawn(housekeeping_->keep_wal_short(), "checkpoints");
  spawn(housekeeping_->carry_out_retention([this] { return retention_of(*settings_); }), "retention");
  spawn(moves_->carry_out(), "planned moves");
  spawn(month_ends_->run(), "month ends");
  if (watchdog_interval()) spawn(tell_alive(), "watchdog");
  if (token_listener_) journal(level::notice, "tokens are taken at http://" + token_listener_->place());
  if (token_listener_ && !token_listener_->is_loopback()) {
    journal(level::warning,
            "http.listen is reached from other machines, and tokens travel there as they are: put something in front "
            "that speaks TLS, or listen on 127.0.0.1");
  }
  notify_ready("listening on " + settings_->socket_path.string());
  journal(level::notice, std::string("licauditd ") + version + " listens on " + settings_->socket_path.string());
  loop_.run();
  worker_.join();
  reading_.join();
  copying_.join();
  listener_->remove();
  journal(level::notice, "stopped");
  return status_;
}

void daemon::spawn(asio::awaitable<void> task, const char* what) {
  asio::co_spawn(loop_, std::move(task), [this, what](const std::exception_ptr& failed) {
    if (!failed) return;
    try {
      std::rethrow_exception(failed);
    } catch (const std::exception& error) {
      journal(level::error, std::string(what) + " ended: " + error.what());
    }
    status_ = 70;
    stop();
  });
}

void daemon::stop() {
  if (stopping_) return;
  stopping_ = true;
  notify_stopping();
  server_->stop();
  if (token_server_) token_server_->stop();
  scheduler_->stop();
  copies_->stop();
  housekeeping_->stop();
  moves_->stop();
  month_ends_->stop();
  for (auto* timer : pauses_) timer->cancel();
  signals_->cancel();
}

void daemon::replan() {
  if (stopping_) return;
  const auto view = office_->current();
  scheduler_->replace_plans(plans_of(settings_, *view));
}

asio::awaitable<void> daemon::read_inventory() {
  auto read = [this] { return office_->read_inventory(); };
  const auto done = co_await sync::run_on(worker_.get_executor(), std::move(read));
  if (!done) throw std::runtime_error(done.error().detail);
}

asio::awaitable<void> daemon::serve() {
  co_await server_->serve(listener_->release());
  if (!stopping_) throw std::runtime_error("the socket accepts no more");
}

asio::awaitable<void> daemon::serve_tokens() {
  co_await token_server_->serve(token_listener_->release());
  if (!stopping_) throw std::runtime_error("http.listen accepts no more");
}

asio::awaitable<void> daemon::pause(std::chrono::milliseconds time) {
  if (stopping_) co_return;
  asio::steady_timer timer(loop_, time);
  pauses_.push_back(&timer);
  boost::system::error_code ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  std::erase(pauses_, &timer);
}

asio::awaitable<void> daemon::calculate_at_interval() {
  // Looks at the wall clock at least once a minute, so that a clock that is set or a machine that slept is noticed.
  constexpr std::chrono::milliseconds longest{60'000};
  audit::calculation_schedule schedule(started_, std::chrono::steady_clock::now());
  while (!stopping_) {
    const auto view = office_->current();
    const std::chrono::milliseconds every = settings_->calculate_every;
    // An Apply of one tenant is no reason to leave out all others.
    const auto last = view->last_of_all ? std::optional(view->last_of_all->at) : std::nullopt;
    auto left = schedule.left(last, every, wall_clock(), std::chrono::steady_clock::now());
    // Where the ledger could not be written, a calculation finds out whether it can be now: nobody has to ask for it.
    if (!view->problem.empty()) left = std::chrono::milliseconds::zero();
    if (left.count() > 0) {
      co_await pause(std::min(left, longest));
      continue;
    }
    calculation_cause why;
    why.kind = "schedule";
    auto made = co_await audit_line_->calculate(std::move(why));
    if (made) continue;
    journal(level::error, "calculation: " + made.error().detail);
    co_await pause(std::min(every, longest));
  }
}

asio::awaitable<void> daemon::watch_signals() {
  while (!stopping_) {
    boost::system::error_code ended;
    const int signal = co_await signals_->async_wait(asio::redirect_error(asio::use_awaitable, ended));
    if (ended) co_return;
    if (signal != SIGHUP) {
      journal(level::notice, signal == SIGTERM ? "SIGTERM: stopping" : "SIGINT: stopping");
      stop();
      co_return;
    }
    std::string caller = "SIGHUP";
    auto outcome = co_await reload(std::move(caller));
    if (!outcome) journal(level::error, "reload: " + outcome.error().detail);
  }
}

/// Speaks for the loop and for the worker: alive is who took a turn, or whose SQLite moved, since the last time.
asio::awaitable<void> daemon::tell_alive() {
  const auto interval = std::chrono::duration_cast<std::chrono::milliseconds>(*watchdog_interval()) / 3;
  std::uint64_t turns = worker_turns_, pulse = book_->pulse();
  bool asked = false;
  while (!stopping_) {
    const bool moved = worker_turns_ != turns || book_->pulse() != pulse;
    if (!asked || moved) notify_alive();
    if (worker_turns_ != turns) asked = false;
    turns = worker_turns_;
    pulse = book_->pulse();
    if (!asked) {
      asked = true;
      asio::post(worker_, [this] { ++worker_turns_; });
    }
    co_await pause(interval);
  }
}

asio::awaitable<void> daemon::log_operation(operation what) {
  auto logged = co_await audit_line_->record(std::move(what));
  if (!logged) journal(level::error, "operation log: " + logged.error().detail);
}

asio::awaitable<result<std::int64_t>> daemon::make_due_moves() {
  auto make = [this] { return office_->make_due_moves(); };
  co_return co_await sync::run_on(worker_.get_executor(), std::move(make));
}

asio::awaitable<result<void>> daemon::record_entry(operation what) {
  const auto entered = co_await audit_line_->record(std::move(what));
  if (!entered) co_return entered.error();
  co_return result<void>();
}

}  // namespace licaudit::app

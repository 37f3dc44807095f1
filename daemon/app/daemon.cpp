#include "daemon/app/daemon.hpp"

#include "daemon/api/routes.hpp"
#include "daemon/app/holding_question.hpp"
#include "daemon/app/journal.hpp"
#include "daemon/app/ledger_wiring.hpp"
#include "daemon/app/service_notice.hpp"
#include "daemon/app/version.hpp"
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

// Room for reading the ledger of a large host before systemd gives up on the start.
constexpr std::chrono::seconds start_may_take{300};

instant wall_clock() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

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

result<void> daemon::open_parts() {
  notify_starting_takes(start_may_take);
  auto book = ledger::ledger::open(settings_->state, announced_update());
  if (!book) return book.error();
  book_ = std::move(*book);
  auto office = audit::office::open_shown(*book_, policy_of(settings_), wall_clock);
  if (!office) return office.error();
  office_ = std::move(*office);
  auto reader = ledger::reader::open(book_->file(), book_->gate());
  if (!reader) return reader.error();
  reader_ = std::move(*reader);
  auto listener = api::unix_listener::open({settings_->socket_path, settings_->socket_mode, settings_->socket_gid});
  if (!listener) return listener.error();
  listener_.emplace(std::move(*listener));
  if (const auto& place = settings_->http_listen) {
    auto opened = api::tcp_listener::open(place->address, place->port);
    if (!opened) return opened.error();
    token_listener_.emplace(std::move(*opened));
  }

  sink_ = std::make_unique<audit_sink>(*office_, worker_.get_executor(), [this] { replan(); });
  sync::scheduler_wiring wiring;
  wiring.loop = loop_.get_executor();
  wiring.worker = worker_.get_executor();
  wiring.sink = sink_.get();
  wiring.now = wall_clock;
  wiring.jitter = [this] { return std::uniform_real_distribution<double>(0, 1)(random_); };
  wiring.host = host_;
  wiring.listener = [](const sync::source_event& event) {
    if (event.run && event.run->state != run_state::ok)
      journal(level::warning,
              "source " + event.source + ": " + std::string(to_text(event.run->state)) + ": " +
                  (event.run->problem.empty() ? "by a guard, see: licaudit findings" : event.run->problem));
  };
  scheduler_ = std::make_unique<sync::scheduler>(std::move(wiring), remembered());
  audit_line_ = std::make_unique<api::office_line>(*office_, worker_.get_executor());
  ledger_line_ = std::make_unique<api::reader_line>(
      *reader_, reading_.get_executor(),
      holding_question([this] { return office_->current(); },
                       [how = settings_](const factor_set& set) { return compile_rules(*how, set); }));
  source_line_ = std::make_unique<api::scheduler_line>(*scheduler_);
  copies_ = std::make_unique<api::ledger_copies>(
      api::copied_ledger{book_->file(), book_->gate(),
                         [this] { return noted_settings(settings_, host_ + ", licauditd " + version); }},
      copying_.get_executor());
  housekeeping_wiring kept;
  kept.loop = loop_.get_executor();
  kept.worker = worker_.get_executor();
  kept.clock = wall_clock;
  kept.zone = [this] { return office_->current()->zone_of({}); };
  kept.record = [this](operation what) { return record_entry(std::move(what)); };
  housekeeping_ = std::make_unique<housekeeping>(*book_, std::move(kept));
  office_->tell_of_commits([this] { housekeeping_->note_commit(); });
  router_ = std::make_unique<api::router>(make_router());
  server_ = make_server(access::door::socket);
  if (token_listener_) token_server_ = make_server(access::door::listener);
  return {};
}

std::vector<sync::source_memory> daemon::remembered() const {
  std::vector<sync::source_memory> all;
  for (const auto& stored : book_->sources()) {
    sync::source_memory memory;
    memory.source = stored.name;
    memory.last_good = stored.last_good;
    memory.failed_since_good = stored.failed_since_good;
    if (auto runs = reader_->runs(stored.name, 0, 1); runs && !runs->empty()) memory.last_run = runs->front();
    all.push_back(std::move(memory));
  }
  return all;
}

api::router daemon::make_router() {
  const auto report = [](std::string_view what) { journal(level::error, what); };
  const api::house house{*audit_line_, *ledger_line_, *source_line_, *this, *copies_, loop_.get_executor(), report};
  api::router_wiring wiring;
  wiring.policy = [this] { return access_; };
  wiring.view = [this] { return office_->current(); };
  wiring.now = wall_clock;
  wiring.refused = [this](operation what) { spawn(log_operation(std::move(what)), "operation log"); };
  wiring.report = report;
  return api::router(api::all_routes(house), std::move(wiring));
}

std::unique_ptr<api::http_server> daemon::make_server(access::door door) {
  return std::make_unique<api::http_server>(
      loop_.get_executor(), api::http_limits{}, [this](const api::request& asked) { return router_->answer(asked); },
      [](std::string_view what) { journal(level::error, what); }, door);
}

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

asio::awaitable<result<void>> daemon::record_entry(operation what) {
  const auto entered = co_await audit_line_->record(std::move(what));
  if (!entered) co_return entered.error();
  co_return result<void>();
}

instant daemon::now() const {
  return wall_clock();
}

api::daemon_facts daemon::facts() const {
  api::daemon_facts facts;
  facts.version = version;
  facts.host = host_;
  facts.started = started_;
  std::error_code none;
  const auto size = [&none](const std::filesystem::path& file) {
    const auto bytes = std::filesystem::file_size(file, none);
    return none ? 0 : static_cast<std::int64_t>(bytes);
  };
  facts.database_bytes = size(book_->file());
  facts.wal_bytes = size(book_->file().string() + "-wal");
  facts.last_reload_worked = last_reload_worked_;
  facts.calculate_every = settings_->calculate_every;
  facts.connections = server_->connections() + (token_server_ ? token_server_->connections() : 0);
  facts.deletion_secret_sha256 = settings_->deletion_secret_sha256;
  return facts;
}

asio::awaitable<result<api::reload_outcome>> daemon::reload(std::string caller) {
  notify_reloading();
  auto read = settings::load(settings_->file, binary_directory_);
  api::reload_outcome outcome;
  for (const auto& problem : read.problems) outcome.errors.push_back(settings::to_text(problem));
  if (read.value && read.value->state != settings_->state)
    outcome.errors.push_back(settings_->file.string() + ": state: changes only with a restart");
  if (read.value && read.value->socket_path != settings_->socket_path)
    outcome.errors.push_back(settings_->file.string() + ": socket.path: changes only with a restart");
  if (read.value && read.value->http_listen != settings_->http_listen)
    outcome.errors.push_back(settings_->file.string() + ": http.listen: changes only with a restart");
  last_reload_worked_ = outcome.errors.empty();
  if (!last_reload_worked_) {
    for (const auto& error : outcome.errors) journal(level::error, "reload: " + error);
    notify_ready("listening; the last reload was refused");
    co_return outcome;
  }
  auto adopt = [this, &read, &caller]() -> result<audit::done> {
    return office_->adopt(policy_of(read.value), caller);
  };
  auto adopted = co_await sync::run_on(worker_.get_executor(), std::move(adopt));
  if (!adopted) {
    last_reload_worked_ = false;
    notify_ready("listening; the last reload was refused");
    co_return adopted.error();
  }
  outcome.done = *adopted;
  settings_ = read.value;
  access_ = access_of(*settings_);
  replan();
  // tenants.d belongs to what was reloaded: the answer comes when its tenants are there.
  std::vector<std::string> names(1, "tenants");
  auto refreshed = co_await scheduler_->refresh(std::move(names));
  if (!refreshed) journal(level::error, "reload: tenants: " + refreshed.error().detail);
  journal(level::notice, "settings reloaded by " + caller);
  notify_ready("listening on " + settings_->socket_path.string());
  co_return outcome;
}

}  // namespace licaudit::app

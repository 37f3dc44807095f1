// How the daemon is put together from the other rooms.
#include "daemon/app/daemon.hpp"

#include "daemon/api/routes.hpp"
#include "daemon/app/holding_question.hpp"
#include "daemon/app/journal.hpp"
#include "daemon/app/ledger_wiring.hpp"
#include "daemon/app/service_notice.hpp"
#include "daemon/app/version.hpp"
#include "daemon/app/wall_clock.hpp"

namespace licaudit::app {

namespace {

// Room for reading the ledger of a large host before systemd gives up on the start.
constexpr std::chrono::seconds start_may_take{300};

}  // namespace

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
  planned_moves_wiring planned;
  planned.loop = loop_.get_executor();
  planned.clock = wall_clock;
  planned.next = [this] { return office_->current()->next_move; };
  planned.make = [this] { return make_due_moves(); };
  planned.report = [](const failure& why) { journal(level::error, "planned moves: " + why.detail); };
  moves_ = std::make_unique<planned_moves>(std::move(planned));
  office_->tell_of_commits([this] {
    housekeeping_->note_commit();
    moves_->note_commit();
  });
  month_end_wiring ends;
  ends.loop = loop_.get_executor();
  ends.worker = worker_.get_executor();
  ends.reading = reading_.get_executor();
  ends.clock = wall_clock;
  ends.view = [this] { return office_->current(); };
  ends.peaks = [this](instant since, instant until) { return reader_->peaks(since, until); };
  ends.note = [this](const std::vector<std::string>& tenants, std::vector<finding> dips) {
    return office_->note_month_end(tenants, std::move(dips));
  };
  month_ends_ = std::make_unique<month_end_watch>(std::move(ends));
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

}  // namespace licaudit::app

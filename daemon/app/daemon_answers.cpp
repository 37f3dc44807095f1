// What routes ask of the daemon as a whole.
#include "daemon/app/daemon.hpp"

#include "daemon/app/journal.hpp"
#include "daemon/app/service_notice.hpp"
#include "daemon/app/version.hpp"
#include "daemon/app/wall_clock.hpp"
#include "daemon/sync/run_on.hpp"

namespace asio = boost::asio;

namespace licaudit::app {

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

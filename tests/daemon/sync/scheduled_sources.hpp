#pragma once

#include "daemon/sync/scheduler.hpp"
#include "tests/daemon/sync/loop_and_worker.hpp"
#include "tests/daemon/sync/remembering_sink.hpp"
#include "tests/daemon/sync/source_folder.hpp"

#include <gtest/gtest.h>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::sync {

namespace asio = boost::asio;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

using refreshed = result<std::vector<refresh_result>>;

/// A scheduler with a clock that stands, a ledger in memory, and scripts for sources.
struct scheduled_sources : testing::Test {
  loop_and_worker threads;
  source_folder folder;
  remembering_sink sink{threads.loop.get_executor()};
  instant now = parse_rfc3339("2026-11-21T12:00:00Z").value();
  std::vector<source_event> events;
  std::unique_ptr<scheduler> running;
  asio::cancellation_signal cancel;
  bool ended = false;
  std::vector<int> gates;

  ~scheduled_sources() override {
    for (const int gate : gates) ::close(gate);
    if (running == nullptr || ended) return;
    running->stop();
    threads.run_until([&] { return ended; });
  }

  scheduler& begin(std::vector<source_plan> plans, std::vector<source_memory> remembered = {}) {
    scheduler_wiring wiring{threads.loop.get_executor(),
                            threads.worker.get_executor(),
                            &sink,
                            [this] { return now; },
                            [] { return 0.0; },
                            "pbx-1"};
    wiring.limits.term_grace = 100ms;
    wiring.listener = [this](const source_event& event) { events.push_back(event); };
    running = std::make_unique<scheduler>(wiring, std::move(remembered));
    running->replace_plans(std::move(plans));
    asio::co_spawn(threads.loop, running->run(),
                   asio::bind_cancellation_slot(cancel.slot(), [this](const std::exception_ptr& error) {
                     ended = true;
                     if (error) std::rethrow_exception(error);
                   }));
    return *running;
  }

  void until_runs(const std::string& source, int runs) {
    threads.run_until([&] { return sink.runs_of(source) >= runs && !is_running(source); });
  }
  [[nodiscard]] bool is_running(const std::string& source) const {
    const auto state = running->state(source);
    return state && state->condition == source_condition::running;
  }
  void pass(std::chrono::milliseconds time) {
    now += time;
    running->reconsider();
  }

  /// A source that says `NAME.began` and then waits until somebody writes to the fifo `NAME.gate`.
  source_plan gated(const std::string& name) {
    if (::mkfifo((folder.path() / (name + ".gate")).c_str(), 0600) != 0) throw std::runtime_error("no fifo");
    return folder.plan(name, "touch " + name + ".began\nread line < " + name + ".gate\n" + say_all());
  }
  void open_gate(const std::string& name) {
    // For reading too, so that this never waits for the script; and left open, so that the line waits for it.
    const int gate = ::open((folder.path() / (name + ".gate")).c_str(), O_RDWR | O_CLOEXEC);
    gates.push_back(gate);
    if (gate < 0 || ::write(gate, "go\n", 3) != 3) throw std::runtime_error("no gate for " + name);
  }

  /// Starts a refresh; its answer comes later.
  std::shared_ptr<std::optional<refreshed>> refresh(std::vector<std::string> names, source_listener listener = {}) {
    auto answer = std::make_shared<std::optional<refreshed>>();
    asio::co_spawn(threads.loop, running->refresh(std::move(names), std::move(listener)),
                   [answer](const std::exception_ptr& error, refreshed value) {
                     if (error) std::rethrow_exception(error);
                     answer->emplace(std::move(value));
                   });
    threads.loop.restart();
    threads.loop.poll();
    return answer;
  }
};

inline source_plan tenants_plan(std::function<result<std::vector<tenant>>()> function) {
  source_plan made;
  made.name = made.plugin = "tenants";
  made.tenants = std::move(function);
  return made;
}

inline result<std::vector<tenant>> one_tenant() {
  tenant contoso;
  contoso.id = contoso.name = "contoso";
  return std::vector<tenant>{contoso};
}

}  // namespace licaudit::sync

#pragma once

#include "daemon/sync/bell.hpp"
#include "daemon/sync/delivery_sink.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::sync {

/// A ledger in memory, with an audit that believes everything.
class remembering_sink : public delivery_sink {
 public:
  explicit remembering_sink(const boost::asio::any_io_executor& loop) : open_(loop) {}

  std::vector<ledger::delivery> taken;
  std::map<std::string, given_and_cursor> given_by_source;
  bool broken = false;  ///< stores nothing from now on
  bool closed = false;  ///< `take` waits until `let_go`
  int waiting = 0;
  run_state verdict = run_state::ok;
  std::function<void()> on_take{};

  void let_go() {
    closed = false;
    open_.ring();
  }

  [[nodiscard]] std::vector<std::string> sources() const {
    std::vector<std::string> names;
    for (const auto& one : taken) names.push_back(one.run.source);
    return names;
  }
  [[nodiscard]] int runs_of(const std::string& source) const {
    return static_cast<int>(
        std::count_if(taken.begin(), taken.end(), [&](const auto& one) { return one.run.source == source; }));
  }

  boost::asio::awaitable<result<given_and_cursor>> given(std::string source) override {
    co_return given_by_source[source];
  }

  boost::asio::awaitable<result<delivery_outcome>> take(ledger::delivery value) override {
    ++waiting;
    while (closed) co_await open_.wait();
    --waiting;
    if (broken) co_return failure{errc::refused, "the disk is full"};
    auto& kept = given_by_source[value.run.source];
    if (value.run.state != run_state::failed) {
      for (std::size_t i = 0; i < value.put.size(); ++i) kept.given.subjects.push_back({value.put[i].line, next_++});
      kept.cursor = value.cursor;
    }
    delivery_outcome outcome{value.run};
    outcome.run.id = static_cast<std::int64_t>(taken.size()) + 1;
    if (outcome.run.state == run_state::ok) outcome.run.state = verdict;
    outcome.changed = !value.put.empty();
    taken.push_back(std::move(value));
    if (on_take) on_take();
    co_return outcome;
  }

 private:
  bell open_;
  ledger::subject_number next_ = 1;
};

}  // namespace licaudit::sync

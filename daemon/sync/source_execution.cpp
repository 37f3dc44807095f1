#include "daemon/sync/source_execution.hpp"

#include "daemon/sync/run_on.hpp"
#include "plugins/sdk/protocol.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/serialize.hpp>

#include <sys/ioctl.h>
#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <utility>

namespace licaudit::sync {

namespace asio = boost::asio;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

/// What the worker digests in one go; short enough that a command of a person need not wait (architecture.md).
constexpr std::size_t slice_bytes = std::size_t{1024} * 1024;
constexpr std::size_t error_bytes = 4096;

std::size_t waiting_in(child_process::stream& pipe) {
  int bytes = 0;
  if (!pipe.is_open() || ::ioctl(pipe.native_handle(), FIONREAD, &bytes) != 0) return 0;
  return static_cast<std::size_t>(std::max(bytes, 0));
}

}  // namespace

source_execution::source_execution(execution_place place, std::shared_ptr<const source_plan> plan)
    : place_(std::move(place)), plan_(std::move(plan)), closed_(place_.loop) {
  ending_.timeout = plan_->timeout;
}

asio::awaitable<executed> source_execution::run(given_and_cursor from, delta_answer delta) {
  started_ = place_.now();
  auto rules = rules_of(*plan_);
  if (!rules) co_return not_started(rules.error().detail);
  auto asked = request(*rules, from.cursor);
  if (!asked) co_return not_started(asked.error().detail);
  const bool had_cursor = !own_cursor(rules->fingerprint, from.cursor).empty();
  auto prepare = [this, &rules, &from, delta] {
    intake_.emplace(std::move(*rules), std::move(from.given), delta);
    slice_.resize(slice_bytes);
    return true;
  };
  co_await run_on(place_.worker, std::move(prepare));
  if (ending_.cut == run_cut::none) {
    auto child = child_process::start(place_.loop, plan_->executable, plan_->directory);
    if (!child) co_return not_started(child.error().detail);
    co_await attend(**child, std::move(*asked));
    if (broken_) std::rethrow_exception(broken_);
  }
  ending_.stderr_tail = errors_.text();
  const auto ended = std::max(place_.now(), started_);
  auto conclude = [this, ended] {
    auto value = intake_->finish(ending_, started_, ended);
    intake_.reset();  // here, since taking apart a million entries takes its time
    return value;
  };
  executed outcome;
  outcome.delivery = co_await run_on(place_.worker, std::move(conclude));
  outcome.stopped = ending_.cut == run_cut::stopped;
  outcome.start_over = had_cursor && ending_.cut == run_cut::none && ending_.kind == exit_kind::exited &&
                       ending_.code == start_over_status;
  co_return outcome;
}

executed source_execution::not_started(std::string problem) {
  ending_.kind = exit_kind::not_started;
  executed outcome;
  auto& run = outcome.delivery.run;
  run.source = plan_->name;
  run.started = started_;
  run.ended = std::max(place_.now(), started_);
  run.state = run_state::failed;
  run.problem = printable(problem);
  run.exit = to_text(ending_);
  run.stream_sha256 = to_hex(sha256({}));
  return outcome;
}

result<std::string> source_execution::request(const reading_rules& rules, const std::string& kept_cursor) {
  json::object config;
  if (plan_->config) {
    try {
      auto made = plan_->config();
      if (!made) return made.error();
      config = std::move(*made);
    } catch (const std::exception& error) {
      return failure{errc::unreachable, std::string("its config cannot be made: ") + error.what()};
    }
  }
  const auto cursor = own_cursor(rules.fingerprint, kept_cursor);
  json::object document;
  document["protocol"] = sdk::protocol_version;
  document["source"] = plan_->name;
  document["cursor"] = cursor.empty() ? json::value(nullptr) : json::value(cursor);
  document["config"] = std::move(config);
  return json::serialize(document) + '\n';
}

asio::awaitable<void> source_execution::attend(child_process& child, std::string request) {
  using namespace asio::experimental::awaitable_operators;  // NOLINT(google-build-using-namespace)
  child_ = &child;
  open_streams_ = 2;
  // None of the four throws for anything that a child does; `watch` ends the others.
  auto writing = write_request(child, std::move(request));
  auto reading = read_output(child);
  auto listening = read_errors(child);
  auto watching = watch(child);
  co_await (std::move(writing) && std::move(reading) && std::move(listening) && std::move(watching));
  child_ = nullptr;
  child.reap(ending_);
}

asio::awaitable<void> source_execution::write_request(child_process& child, std::string request) {
  co_await asio::async_write(child.input(), asio::buffer(request), no_throw);  // a child need not read it
  boost::system::error_code ignored;
  child.input().close(ignored);
}

asio::awaitable<void> source_execution::read_output(child_process& child) {
  while (ending_.cut == run_cut::none) {
    const auto bytes = co_await read_slice(child);
    if (bytes == 0) break;
    bytes_ += static_cast<std::int64_t>(bytes);
    if (bytes_ > place_.limits.output_cap) {
      cut(run_cut::output_cap);
      break;
    }
    const bool taken = co_await digest(bytes);
    if (!taken) {
      cut(run_cut::not_of_the_protocol);
      break;
    }
  }
  --open_streams_;
  closed_.ring();
}

/// The bytes that were read into `slice_`; 0 at the end, or when there is nothing to wait for any more.
asio::awaitable<std::size_t> source_execution::read_slice(child_process& child) {
  auto& pipe = child.output();
  const auto room = left_to_read_ ? std::min(*left_to_read_, slice_.size()) : slice_.size();
  if (!pipe.is_open() || room == 0) co_return 0;
  const bool counted = left_to_read_.has_value();  // bytes that were under way before are not among them
  const auto [error, bytes] = co_await pipe.async_read_some(asio::buffer(slice_.data(), room), no_throw);
  if (error == asio::error::operation_aborted && left_to_read_.value_or(0) > 0 && pipe.is_open()) {
    co_return co_await read_slice(child);  // woken while something had just arrived
  }
  if (error) co_return 0;
  if (counted) *left_to_read_ -= std::min(*left_to_read_, bytes);
  co_return bytes;
}

asio::awaitable<bool> source_execution::digest(std::size_t bytes) {
  struct state {
    bool sound;
    run_progress progress;
  };
  auto work = [this, bytes] {
    const bool sound = intake_->feed(std::string_view(slice_.data(), bytes));
    return state{sound, intake_->progress()};
  };
  try {
    const auto now = co_await run_on(place_.worker, std::move(work));
    if (on_progress_) on_progress_(now.progress);
    co_return now.sound;
  } catch (...) {  // out of memory, most likely: the child must go before anybody hears of it
    broken_ = std::current_exception();
    co_return false;
  }
}

asio::awaitable<void> source_execution::read_errors(child_process& child) {
  std::array<char, error_bytes> buffer{};
  while (child.errors().is_open()) {
    const auto [error, bytes] = co_await child.errors().async_read_some(asio::buffer(buffer), no_throw);
    if (error) break;
    errors_.add(std::string_view(buffer.data(), bytes));
  }
  --open_streams_;
  closed_.ring();
}

asio::awaitable<void> source_execution::watch(child_process& child) {
  bool ended = false;
  if (ending_.cut == run_cut::none) ended = co_await child.ended_within(plan_->timeout);
  if (ended) {
    co_await await_output(child);
  } else {
    if (ending_.cut == run_cut::none) ending_.cut = run_cut::deadline;
    co_await end_child(child);
  }
  child.close_streams();
}

/// The child has ended; what it printed may still be on its way.
asio::awaitable<void> source_execution::await_output(child_process& child) {
  const auto until = std::chrono::steady_clock::now() + place_.limits.after_exit;
  while (open_streams_ > 0 && ending_.cut == run_cut::none) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    co_await closed_.wait(left);
  }
  child.signal_group(SIGKILL);  // somebody else holds the streams open
  left_to_read_ = waiting_in(child.output());
  boost::system::error_code ignored;
  child.output().cancel(ignored);
  child.errors().cancel(ignored);
  // A busy worker is no reason to lose what is there.
  while (open_streams_ > 0 && ending_.cut == run_cut::none) co_await closed_.wait();
}

asio::awaitable<void> source_execution::end_child(child_process& child) {
  child.signal_group(SIGTERM);
  const bool ended = co_await child.ended_within(place_.limits.term_grace);  // GCC 12: not inside the `if`
  if (ended) co_return;
  child.signal_group(SIGKILL);
  (void)co_await child.ended_within(place_.limits.after_kill);
}

void source_execution::cut(run_cut why) {
  if (ending_.cut != run_cut::none) return;
  ending_.cut = why;
  if (child_ != nullptr) child_->cancel_wait();
  closed_.ring();
}

}  // namespace licaudit::sync

#include "daemon/api/refresh_stream.hpp"

#include "daemon/api/json_text.hpp"
#include "daemon/api/no_throw.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/tally_json.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <memory>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

/// A line at least this often is a sign of life for clients and proxies.
constexpr auto breath = std::chrono::seconds(1);

/// What the work has to say and the stream has not sent. Owned by both, since either may end first.
struct refresh_board {
  explicit refresh_board(const asio::any_io_executor& loop) : news(loop) {}

  asio::steady_timer news;                   ///< cancelled when there are some
  std::map<std::string, std::string> lines;  ///< the newest by source: a slow reader misses steps, not sources
  std::string last;                          ///< `result` or `problem`; empty while the work goes on

  void tell(std::string source, std::string line) {
    lines[std::move(source)] = std::move(line);
    news.cancel();
  }
  void finish(std::string line) {
    last = std::move(line);
    news.cancel();
  }
};

std::string_view to_text(sync::source_event_kind kind) {
  switch (kind) {
    case sync::source_event_kind::started:
      return "started";
    case sync::source_event_kind::progress:
      return "running";
    case sync::source_event_kind::ended:
      return "ended";
  }
  return "";
}

std::string progress_line(const sync::source_event& event) {
  const bool ended = event.kind == sync::source_event_kind::ended && event.run;
  json_text out;
  out.begin_object().member("kind", "progress").member("source", event.source);
  out.member("state", ended ? licaudit::to_text(event.run->state) : to_text(event.kind));
  out.member("lines", event.progress.lines);
  if (event.progress.done != 0) out.member("done", event.progress.done);
  if (event.progress.total != 0) out.member("total", event.progress.total);
  if (ended && !event.run->problem.empty()) out.member("text", event.run->problem);
  out.end_object();
  return out.take();
}

std::string result_line(const std::vector<sync::refresh_result>& sources, const audit::calculation_stamp& calculation,
                        std::int64_t operation) {
  json_text out;
  out.begin_object().member("kind", "result").key("calculation");
  add_stamp(out, calculation);
  out.member("operation", operation).key("sources").begin_array();
  for (const sync::refresh_result& one : sources) {
    out.begin_object().member("source", one.source).member("state", one.state());
    out.text_or_null("problem", one.problem);
    out.key("run");
    if (one.run) {
      out.add(one.run->id);
    } else {
      out.add(nullptr);
    }
    out.end_object();
  }
  out.end_array().end_object();
  return out.take();
}

std::string problem_line(int status, std::string_view detail) {
  json::object members = problem_members(status, detail);
  members["kind"] = "problem";
  return json::serialize(members);
}

std::string problem_line(const failure& error) {
  return problem_line(status_of(error.code), error.detail);
}

operation refresh_operation(const std::vector<std::string>& sources, const std::string& caller) {
  operation what;
  what.type = "refresh";
  what.caller = caller;
  what.text = "refresh";
  for (const std::string& one : sources) what.text += " " + one;
  what.detail["sources"] = json::array(sources.begin(), sources.end());
  return what;
}

/// Which of these sources do not exist; asked before anything is recorded.
std::optional<failure> check_sources(const house& all, const std::vector<std::string>& sources) {
  const auto known = all.sources.states();
  for (const std::string& name : sources) {
    bool found = false;
    for (const auto& one : known) found = found || one.source == name;
    if (!found) return failure{errc::unknown, "there is no source " + name + "; see: licaudit sources"};
  }
  return std::nullopt;
}

asio::awaitable<std::string> refresh(house all, std::vector<std::string> sources, std::string caller,
                                     std::shared_ptr<refresh_board> board) {
  if (auto wrong = check_sources(all, sources)) co_return problem_line(*wrong);
  operation what = refresh_operation(sources, caller);
  const auto recorded = co_await all.audit.record(std::move(what));
  if (!recorded) co_return problem_line(recorded.error());
  sync::source_listener listener = [board](const sync::source_event& event) {
    board->tell(event.source, progress_line(event));
  };
  const auto ran = co_await all.sources.refresh(std::move(sources), std::move(listener));
  if (!ran) co_return problem_line(ran.error());
  calculation_cause cause;
  cause.kind = "refresh";
  cause.operation = recorded->operation;
  cause.caller = caller;
  cause.text = "refresh";
  const auto stamp = co_await all.audit.calculate(std::move(cause));
  if (!stamp) co_return problem_line(stamp.error());
  co_return result_line(*ran, *stamp, recorded->operation);
}

std::string what_of(const std::exception_ptr& failed) {
  try {
    std::rethrow_exception(failed);
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "unknown exception";
  }
}

void start(const house& all, std::vector<std::string> sources, std::string caller,
           const std::shared_ptr<refresh_board>& board) {
  auto work = refresh(all, std::move(sources), std::move(caller), board);
  auto ended = [board, report = all.report](const std::exception_ptr& failed, std::string last) {
    if (failed && report) report("refresh: " + what_of(failed));
    board->finish(failed ? problem_line(500, "licauditd could not do this; its journal says why") : std::move(last));
  };
  asio::co_spawn(all.loop, std::move(work), std::move(ended));
}

asio::awaitable<void> write_lines(std::shared_ptr<refresh_board> board, line_writer& out) {
  bool open = true;
  while (open) {
    if (board->lines.empty() && board->last.empty()) {
      board->news.expires_after(breath);
      co_await board->news.async_wait(no_throw);
    }
    auto lines = std::exchange(board->lines, {});
    if (lines.empty() && board->last.empty()) lines[""] = R"({"kind":"progress","source":null,"state":"running"})";
    for (auto& one : lines) {
      open = co_await out.write(std::move(one.second));
      if (!open) co_return;
    }
    if (board->last.empty() || !board->lines.empty()) continue;
    std::string last = std::exchange(board->last, {});
    open = co_await out.write(std::move(last));
    co_return;
  }
}

}  // namespace

line_source refresh_lines(const house& all, std::vector<std::string> sources, std::string caller) {
  return [all, sources = std::move(sources), caller = std::move(caller)](line_writer& out) {
    auto board = std::make_shared<refresh_board>(all.loop);
    start(all, sources, caller, board);
    return write_lines(board, out);
  };
}

}  // namespace licaudit::api

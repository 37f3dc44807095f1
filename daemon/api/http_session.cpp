#include "daemon/api/http_session.hpp"

#include "daemon/api/http_head.hpp"
#include "daemon/api/no_throw.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/request_reader.hpp"
#include "daemon/api/session_deadline.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <charconv>
#include <optional>
#include <variant>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using boost::system::error_code;
using clock = std::chrono::steady_clock;

constexpr std::size_t most_drained_bytes = std::size_t{4} * 1024 * 1024;
constexpr auto drain_time = std::chrono::seconds(1);

/// So many pipelined requests are answered before others have their turn.
constexpr int most_at_once = 16;

/// What a session cannot go on without: more of a request, room for an answer, what a handler waits for, the lines of a
/// streaming answer, a turn of the others; or nothing, because it is over.
enum class need : std::uint8_t { bytes, room, answer, lines, turn, nothing };

/// advance() goes as far as it can, run() waits for what it lacks. A request that comes whole and is answered from
/// memory takes one wait, for its bytes.
class session {
 public:
  session(asio::generic::stream_protocol::socket socket, access::caller caller, const session_rules& rules,
          session_entry& entry)
      : socket_(std::move(socket)),
        deadline_(socket_.get_executor(), [this] { close(); }),
        reader_(rules.limits),
        rules_(rules),
        entry_(entry) {
    asked_.caller = std::move(caller);
    entry_.close = [this] { close(); };
    error_code ignored;
    socket_.non_blocking(true, ignored);
  }
  ~session() { entry_.close = nullptr; }
  session(const session&) = delete;
  session& operator=(const session&) = delete;

  asio::awaitable<void> run();

 private:
  class chunk_writer;

  [[nodiscard]] need advance();
  [[nodiscard]] need answer_request();
  [[nodiscard]] need begin_answer(response made);
  [[nodiscard]] need wait_for_bytes(bool request_has_begun);
  [[nodiscard]] bool push();
  asio::awaitable<void> flush();
  asio::awaitable<void> stream_lines();
  asio::awaitable<void> drain();

  [[nodiscard]] bool is_sending() const { return !unsent_[0].empty() || !unsent_[1].empty(); }
  void close() {
    error_code ignored;
    socket_.close(ignored);
  }
  void touch() { entry_.touch(clock::now()); }

  asio::generic::stream_protocol::socket socket_;
  session_deadline deadline_;
  request_reader reader_;
  request asked_;  ///< used again, and with it the caller
  std::optional<asio::awaitable<response>> awaited_;
  response made_;
  std::string head_;                        ///< of `made_`
  std::array<std::string_view, 2> unsent_;  ///< of head and body, or of what else is on its way
  const session_rules& rules_;
  session_entry& entry_;
  bool timed_ = false;     ///< a deadline for the request that is coming in was set
  bool lost_ = false;      ///< the client has left or does not read
  bool refused_ = false;   ///< an answer to what is no request is the last, and the client may still be sending
  bool last_ = false;      ///< the connection ends after this answer
  unsigned version_ = 11;  ///< as the client speaks in the request that is answered
  int answered_ = 0;       ///< in this turn
};

asio::awaitable<void> session::run() {
  for (need next = entry_.ended ? need::nothing : advance(); next != need::nothing; next = advance()) {
    answered_ = 0;
    if (next == need::answer) {
      entry_.doing = session_entry::phase::working;
      auto made = co_await std::move(*awaited_);
      next = begin_answer(std::move(made));
      // With what the handler held may go the last of an old view, tenant by tenant. What the socket takes of the
      // answer does not wait for that; a client that reads slowly does not keep it alive.
      (void)push();
      awaited_.reset();
    }
    if (next == need::lines) co_await stream_lines();
    if (next == need::room) co_await flush();
    if (next == need::turn) {
      entry_.doing = session_entry::phase::working;
      co_await asio::post(socket_.get_executor(), asio::use_awaitable);
    }
    if (next == need::bytes) {
      entry_.doing = session_entry::phase::waiting;
      const auto space = reader_.space();
      const auto [ec, n] = co_await socket_.async_read_some(space, no_throw);
      reader_.commit(n);
      touch();
      lost_ = lost_ || ec;
    }
  }
  if (refused_ && !lost_) co_await drain();
}

need session::advance() {
  for (;;) {
    if (is_sending() && !push()) return need::room;
    if (lost_ || last_) return need::nothing;
    if (answered_ == most_at_once) return need::turn;
    switch (reader_.advance()) {
      case request_reader::state::begins:
        if (*rules_.stopping) return need::nothing;
        return wait_for_bytes(false);
      case request_reader::state::partial:
        return wait_for_bytes(true);
      case request_reader::state::expects:
        unsent_[0] = "HTTP/1.1 100 Continue\r\n\r\n";
        break;
      case request_reader::state::whole: {
        const need more = answer_request();
        if (more != need::nothing) return more;
        break;
      }
      case request_reader::state::refused:
        refused_ = true;
        (void)begin_answer(reader_.refusal());
        break;
      case request_reader::state::lost:
        return need::nothing;
    }
  }
}

/// A client may be silent for ever before a request: it costs nobody anything and makes room when others come.
need session::wait_for_bytes(bool request_has_begun) {
  made_ = response();
  asked_.body = std::string();
  if (!request_has_begun) deadline_.clear();
  if (request_has_begun && !timed_) deadline_.set(clock::now() + rules_.limits.request_time);
  timed_ = request_has_begun;
  return need::bytes;
}

/// What its answer waits for; nothing: it is on its way.
need session::answer_request() {
  if (timed_) deadline_.clear();  // the handler's time is its own
  timed_ = false;
  ++answered_;
  if (const auto taken = reader_.take(asked_); !taken) return begin_answer(problem(taken.error()));
  if (rules_.door == access::door::listener) asked_.caller = access::caller_of_authorization(asked_.authorization);
  auto replied = rules_.handler(asked_);
  if (auto* at_hand = std::get_if<response>(&replied)) return begin_answer(std::move(*at_hand));
  awaited_.emplace(std::move(std::get<asio::awaitable<response>>(replied)));
  return need::answer;
}

need session::begin_answer(response made) {
  made_ = std::move(made);
  version_ = reader_.version();
  if (!refused_) made_.close = made_.close || !reader_.keeps_alive() || *rules_.stopping;
  if (made_.lines && version_ < 11) made_.close = true;
  last_ = made_.close;
  head_.clear();
  append_http_head(head_, made_, version_);
  const bool no_body = reader_.wants_no_body();
  unsent_ = {head_, no_body || made_.lines ? std::string_view() : made_.text()};
  const bool streams = made_.lines && !no_body;
  if (!refused_) reader_.next();
  return streams ? need::lines : need::nothing;
}

/// What the socket takes at once. False: it is full.
bool session::push() {
  while (is_sending() && !lost_) {
    const std::array<asio::const_buffer, 2> left{asio::buffer(unsent_[0]), asio::buffer(unsent_[1])};
    error_code ec;
    const std::size_t n = socket_.write_some(left, ec);
    if (ec == asio::error::would_block) return false;
    touch();
    lost_ = static_cast<bool>(ec);
    const std::size_t of_first = std::min(n, unsent_[0].size());
    unsent_[0].remove_prefix(of_first);
    unsent_[1].remove_prefix(n - of_first);
  }
  return true;
}

/// Until all is out; with each byte that moves, the time for the next begins anew.
asio::awaitable<void> session::flush() {
  entry_.doing = session_entry::phase::answering;
  for (bool out = push(); !out; out = push()) {
    deadline_.set(clock::now() + rules_.limits.write_pause);
    const auto [ec] = co_await socket_.async_wait(asio::socket_base::wait_write, no_throw);
    lost_ = lost_ || ec;
    if (lost_) break;
  }
  deadline_.clear();
  timed_ = false;
}

/// A client that is still sending would see a reset instead of the answer: take what it has, within limits.
asio::awaitable<void> session::drain() {
  error_code ignored;
  socket_.shutdown(asio::socket_base::shutdown_send, ignored);
  deadline_.set(clock::now() + drain_time);
  for (std::size_t drained = 0; drained < most_drained_bytes;) {
    reader_.clear();
    const auto space = reader_.space();
    const auto [ec, n] = co_await socket_.async_read_some(space, no_throw);
    if (ec) co_return;
    touch();
    drained += n;
  }
}

/// HTTP/1.0 knows no chunks: there the end of the connection is the end of the answer.
class session::chunk_writer final : public line_writer {
 public:
  chunk_writer(session& to, bool chunked, bool lines) : to_(to), chunked_(chunked), lines_(lines) {}

  asio::awaitable<bool> write(std::string line) override {
    if (lines_) line += '\n';
    if (line.empty()) co_return !to_.lost_;  // an empty chunk would be the last
    std::string start;
    if (chunked_) {
      start = length_line(line.size());
      line += "\r\n";
    }
    co_return co_await move_out(start, line);
  }

  asio::awaitable<bool> finish() {
    if (!chunked_) co_return !to_.lost_;
    co_return co_await move_out("0\r\n\r\n", {});
  }

 private:
  static std::string length_line(std::size_t bytes) {
    std::array<char, 20> digits;  // the longest has 16
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), bytes, 16);
    return std::string(digits.data(), written.ptr) + "\r\n";
  }

  asio::awaitable<bool> move_out(std::string_view start, std::string_view rest) {
    if (to_.lost_) co_return false;
    to_.unsent_ = {start, rest};
    co_await to_.flush();
    to_.entry_.doing = session_entry::phase::working;
    co_return !to_.lost_;
  }

  session& to_;
  bool chunked_, lines_;
};

asio::awaitable<void> session::stream_lines() {
  co_await flush();
  if (lost_) co_return;
  entry_.doing = session_entry::phase::working;
  chunk_writer writer(*this, version_ >= 11, !made_.bytes);
  co_await made_.lines(writer);
  (void)co_await writer.finish();
}

}  // namespace

asio::awaitable<void> run_session(asio::generic::stream_protocol::socket socket, access::caller caller,
                                  const session_rules& rules, session_entry& entry) {
  session one(std::move(socket), std::move(caller), rules, entry);
  co_await one.run();
}

}  // namespace licaudit::api

#include "daemon/api/http_server.hpp"

#include "daemon/api/no_throw.hpp"

#include <sys/socket.h>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/system_error.hpp>
#include <exception>
#include <memory>
#include <string>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

bool is_out_of_resources(const boost::system::error_code& ec) {
  return ec == boost::system::errc::too_many_files_open || ec == boost::system::errc::too_many_files_open_in_system ||
         ec == boost::system::errc::not_enough_memory || ec == boost::system::errc::no_buffer_space;
}

asio::generic::stream_protocol protocol_of(int descriptor) {
  int domain = AF_UNIX;
  socklen_t size = sizeof domain;
  ::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size);
  return {domain, 0};
}

}  // namespace

http_server::http_server(asio::any_io_executor loop, http_limits limits, request_handler answers, error_report report,
                         access::door door)
    : loop_(std::move(loop)),
      rules_{limits, std::move(answers), &stopping_, door},
      report_(std::move(report)),
      timer_(loop_) {}

http_server::~http_server() = default;

asio::awaitable<void> http_server::serve(int listening_descriptor) {
  acceptor from(loop_, protocol_of(listening_descriptor), listening_descriptor);
  listening_ = &from;
  std::exception_ptr failed;
  try {
    co_await accept_connections(from);
  } catch (...) {
    // A cancelled coroutine cannot await: the loop drains the sessions then.
    failed = std::current_exception();
  }
  stop();
  listening_ = nullptr;
  from.close();
  if (failed) std::rethrow_exception(failed);
  co_await drain();
}

asio::awaitable<void> http_server::accept_connections(acceptor& from) {
  while (!stopping_) {
    if (sessions_.size() >= rules_.limits.connections) {
      // Nobody is sent away before somebody else has come.
      const auto [ec] = co_await from.async_wait(acceptor::wait_read, no_throw);
      if (stopping_) co_return;
      const auto now = std::chrono::steady_clock::now();
      const bool full = sessions_.size() >= rules_.limits.connections;
      if (ec || (full && !sessions_.make_room(now, rules_.limits.stalled_reader))) {
        co_await pause();
        continue;
      }
    }
    auto [ec, socket] = co_await from.async_accept(no_throw);
    if (stopping_) co_return;
    if (!ec) {
      open_session(std::move(socket));
    } else if (ec != boost::system::errc::connection_aborted) {
      const bool starved = is_out_of_resources(ec);
      // Without a free descriptor accept fails even while nobody is waiting.
      if (starved) (void)co_await from.async_wait(acceptor::wait_read, no_throw);
      if (stopping_) co_return;
      complain(starved, ec.message());
      // A crowd of silent clients may hold what is missing here, however few they are.
      const bool room = starved && sessions_.make_room(std::chrono::steady_clock::now(), rules_.limits.stalled_reader);
      if (!room) co_await pause();
    }
  }
}

void http_server::complain(bool starved, const std::string& what) {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_complaint_) return;
  next_complaint_ = now + rules_.limits.complaint_pause;
  report_("accepting a connection: " +
          (starved ? "out of descriptors or memory, so who is silent longest has to go: " + what : what));
}

asio::awaitable<void> http_server::pause() {
  timer_.expires_after(rules_.limits.accept_pause);
  co_await timer_.async_wait(no_throw);
}

void http_server::open_session(asio::generic::stream_protocol::socket socket) {
  result<access::caller> caller = access::caller();
  if (rules_.door == access::door::socket) caller = access::caller_of_socket(socket.native_handle());
  if (!caller) return report_(caller.error().detail);
  if (rules_.door == access::door::listener) {
    boost::system::error_code ignored;  // a short line of a streaming answer would wait for the one before
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  }
  const auto place = sessions_.add(std::chrono::steady_clock::now());
  // The entry and the session's end both need the signal; whoever comes last frees it.
  auto signal = std::make_shared<asio::cancellation_signal>();
  place->cancel = [signal] { signal->emit(asio::cancellation_type::terminal); };
  auto session = run_session(std::move(socket), std::move(*caller), rules_, *place);
  auto closed = [this, place, signal](const std::exception_ptr& failed) { close_session(place, failed); };
  asio::co_spawn(loop_, std::move(session), asio::bind_cancellation_slot(signal->slot(), std::move(closed)));
}

void http_server::close_session(session_set::place which, const std::exception_ptr& failed) {
  const bool told_to_end = which->ended;
  sessions_.remove(which);
  if (stopping_ && sessions_.empty()) timer_.cancel();
  if (!failed || told_to_end) return;
  try {
    std::rethrow_exception(failed);
  } catch (const std::exception& error) {
    report_(std::string("a connection failed: ") + error.what());
  } catch (...) {
    report_("a connection failed");
  }
}

asio::awaitable<void> http_server::drain() {
  timer_.expires_after(rules_.limits.stop_grace);
  while (!sessions_.empty()) {
    const auto [cancelled] = co_await timer_.async_wait(no_throw);
    if (cancelled || sessions_.empty()) continue;
    sessions_.end_all();
    timer_.expires_at(std::chrono::steady_clock::time_point::max());
  }
}

void http_server::stop() {
  stopping_ = true;
  sessions_.end_waiting();
  if (listening_ != nullptr) listening_->cancel();
  timer_.cancel();
}

}  // namespace licaudit::api

#pragma once

#include "daemon/api/error_report.hpp"
#include "daemon/api/http_limits.hpp"
#include "daemon/api/http_session.hpp"
#include "daemon/api/session_set.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>

namespace licaudit::api {

/// HTTP on one listening socket, that of the host or that of `http.listen`. Lives on one loop; all members are called
/// there. Destroy it only after the loop has run out of work: open sessions refer to it.
class http_server {
 public:
  http_server(boost::asio::any_io_executor loop, http_limits limits, request_handler answers, error_report report,
              access::door door = access::door::socket);
  ~http_server();
  http_server(const http_server&) = delete;
  http_server& operator=(const http_server&) = delete;

  /// Takes over the descriptor, which must listen already, and accepts until `stop` or cancellation. Out of descriptors
  /// it sends the silent away, or pauses, and goes on. Returns when no session is left.
  boost::asio::awaitable<void> serve(int listening_descriptor);

  /// Accepts no more, ends connections that wait for a request, lets requests in work finish within the grace, then
  /// cuts them. Repeatable.
  void stop();

  [[nodiscard]] std::size_t connections() const { return sessions_.size(); }

 private:
  using acceptor = boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol>;

  boost::asio::awaitable<void> accept_connections(acceptor& from);
  void complain(bool starved, const std::string& what);
  boost::asio::awaitable<void> pause();
  boost::asio::awaitable<void> drain();
  void open_session(boost::asio::generic::stream_protocol::socket socket);
  void close_session(session_set::place which, const std::exception_ptr& failed);

  boost::asio::any_io_executor loop_;
  session_rules rules_;
  error_report report_;
  session_set sessions_;
  boost::asio::steady_timer timer_;  ///< the pause of the accept loop, then the grace of the stop
  acceptor* listening_ = nullptr;
  std::chrono::steady_clock::time_point next_complaint_{};
  bool stopping_ = false;
};

}  // namespace licaudit::api

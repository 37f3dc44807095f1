#pragma once

#include "daemon/api/http_limits.hpp"
#include "daemon/api/request.hpp"
#include "daemon/api/response.hpp"
#include "daemon/api/session_set.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <functional>

namespace licaudit::api {

/// Answers one request, at once or after a wait; the request stays where it is until then. Whatever it throws ends the
/// connection.
using request_handler = std::function<reply(const request&)>;

/// What all sessions share; outlives them.
struct session_rules {
  http_limits limits;
  request_handler handler;
  const bool* stopping;                      ///< true: this answer is the last
  access::door door = access::door::socket;  ///< at the listener each request says who is asking
};

/// One connection, from its first byte to its end: HTTP/1.1 with keep-alive and pipelining, one request at a time.
boost::asio::awaitable<void> run_session(boost::asio::generic::stream_protocol::socket socket, access::caller caller,
                                         const session_rules& rules, session_entry& entry);

}  // namespace licaudit::api

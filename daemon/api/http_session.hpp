#pragma once

#include "daemon/api/http_limits.hpp"
#include "daemon/api/request.hpp"
#include "daemon/api/response.hpp"
#include "daemon/api/session_set.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <functional>

namespace licaudit::api {

/// Answers one request. Whatever it throws ends the connection.
using request_handler = std::function<boost::asio::awaitable<response>(const request&)>;

/// What all sessions share; outlives them.
struct session_rules {
  http_limits limits;
  request_handler handler;
  const bool* stopping;  ///< true: this answer is the last
};

/// One connection, from its first byte to its end: HTTP/1.1 with keep-alive and pipelining, one request at a time. The
/// only place that knows Beast.
boost::asio::awaitable<void> run_session(boost::asio::local::stream_protocol::socket socket, access::caller caller,
                                         const session_rules& rules, session_entry& entry);

}  // namespace licaudit::api

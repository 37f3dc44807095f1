#pragma once

#include "daemon/api/request.hpp"
#include "daemon/api/response.hpp"

#include <boost/asio/awaitable.hpp>
#include <string>

namespace licaudit::api {

/// A handler that says what it was asked.
inline boost::asio::awaitable<response> echo(const request& asked) {
  response answer;
  answer.content_type = "text/plain";
  answer.body = std::string(to_text(asked.method));
  for (const auto& segment : asked.path) answer.body += "|" + segment;
  for (const auto& one : asked.query) answer.body += "?" + one.first + "=" + one.second;
  if (!asked.body.empty()) answer.body += "\n" + asked.body;
  co_return answer;
}

/// It answers `GET|hello`.
inline constexpr auto get_hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

}  // namespace licaudit::api

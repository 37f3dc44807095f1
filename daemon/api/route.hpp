#pragma once

#include "daemon/access/right.hpp"
#include "daemon/api/call.hpp"
#include "daemon/api/request.hpp"
#include "daemon/api/response.hpp"

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::api {

struct query_parameter {
  std::string_view name;
  std::string_view description;
};

/// Answers one call; what it returns as a failure or throws becomes a problem in one place.
using handler = std::function<boost::asio::awaitable<result<response>>(const call&)>;

/// The same for what stands in the view: nothing is waited for.
using handler_at_once = std::function<result<response>(const call&)>;

/// One line of the API: everything that is known about it stands here, next to what does it.
struct route {
  api::method method = api::method::get;
  std::string path{};  ///< `/v1/tenants/{t}/licences`; `{t}` is a tenant and checked as such
  access::right right = access::right::operate;
  std::string summary{};
  std::vector<query_parameter> query{};
  std::string request_schema{};   ///< JSON schema of the body; empty: it takes none
  bool body_optional = false;     ///< no body is an empty object
  std::string response_schema{};  ///< JSON schema of the answer; empty: it is text
  std::string content_type = "application/json";
  std::string bytes_type{};     ///< what it answers as well, where that is no JSON; empty: nothing else
  bool looks_back = false;      ///< answers of a removed tenant `{t}` too: it is not in the view then
  bool names_subjects = false;  ///< its failures may: the operation log does not repeat them
  api::handler handler{};
  handler_at_once at_once{};  ///< one of the two
};

}  // namespace licaudit::api

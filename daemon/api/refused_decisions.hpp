#pragma once

#include "daemon/api/call.hpp"
#include "daemon/api/house.hpp"
#include "daemon/api/refusal_throttle.hpp"
#include "daemon/api/response.hpp"

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

namespace licaudit::api {

/// A decision that is refused for what it says stands in the operation log, as one does that is refused for who says
/// it. Shared by the routes that hand it the failures of their handlers.
class refused_decisions {
 public:
  explicit refused_decisions(const house& all) : all_(all) {}

  /// Logs and answers the problem. `wish` says what was asked, without anything that the caller wrote.
  boost::asio::awaitable<result<response>> refuse(const call& asked, std::string wish, failure why,
                                                  json::object members = {});

 private:
  house all_;
  refusal_throttle throttle_;
};

}  // namespace licaudit::api

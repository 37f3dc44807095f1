#pragma once

#include "daemon/access/acquaintances.hpp"
#include "daemon/api/error_report.hpp"
#include "daemon/api/refusal_throttle.hpp"
#include "daemon/api/route_table.hpp"
#include "daemon/audit/view.hpp"
#include "model/operation.hpp"

#include <boost/asio/awaitable.hpp>
#include <exception>
#include <functional>
#include <memory>

namespace licaudit::api {

/// What the router asks of its surroundings; all called on the loop.
struct router_wiring {
  std::function<std::shared_ptr<const access::policy>()> policy;  ///< of the settings in force
  std::function<std::shared_ptr<const audit::view>()> view;
  std::function<instant()> now;
  std::function<void(operation)> refused;  ///< a refused call, for the operation log; must not wait
  error_report report;
};

/// The one place between HTTP and handlers: finds the route, knows the caller, checks right and tenant, and turns
/// failures and exceptions into problems. A handler never sees a call that its route does not grant.
class router {
 public:
  router(route_table routes, router_wiring wiring);

  /// The request stays where it is until it is answered.
  [[nodiscard]] reply answer(const request& asked);

  [[nodiscard]] const route_table& routes() const { return routes_; }

 private:
  [[nodiscard]] std::optional<response> check(const route_match& match, call& on_its_way);
  [[nodiscard]] std::optional<response> check_tenant(const route& to, const call& on_its_way);
  /// A failure of a handler, and an operation where something was to be decided.
  [[nodiscard]] response refuse(const route& to, const call& on_its_way, const failure& why);
  void note_refusal(const route& to, const call& on_its_way, const response& answer);
  void log_refused(const route* to, const call& on_its_way, const std::string& why);
  [[nodiscard]] response forbid(const route* to, const call& on_its_way, access::right what);
  [[nodiscard]] response answer_at_once(const route& to, const call& on_its_way);
  boost::asio::awaitable<response> run_handler(const route& to, call on_its_way);
  [[nodiscard]] response what_was_thrown(const route& to, const call& on_its_way, const std::exception_ptr& thrown);

  route_table routes_;
  router_wiring wiring_;
  access::acquaintances known_;
  refusal_throttle throttle_;
};

/// Thrown by a handler that finds, on its way, that the caller lacks a right; becomes 403 and is logged like any other.
struct lacking_right {
  access::right what;
  std::string tenant;  ///< empty: the daemon as a whole
};

/// For tenants that a body or a query names: errc::unknown if the caller cannot see it; throws lacking_right.
[[nodiscard]] result<void> require(const call& on_its_way, access::right what, std::string_view tenant);

}  // namespace licaudit::api

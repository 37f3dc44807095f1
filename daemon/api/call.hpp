#pragma once

#include "daemon/access/policy.hpp"
#include "daemon/api/path_parameters.hpp"
#include "daemon/api/request.hpp"
#include "daemon/api/view_tree.hpp"
#include "daemon/audit/view.hpp"
#include "model/date_range.hpp"
#include "model/json.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace licaudit::api {

/// A request on its way to a handler: its route is found, its caller known, and its right granted. All questions of one
/// call go to one view.
class call {
 public:
  call(const request& asked, access::standing who, std::shared_ptr<const audit::view> seen, instant now)
      : asked_(asked), who_(std::move(who)), view_(std::move(seen)), tree_(view_), now_(now) {}

  [[nodiscard]] const request& asked() const { return asked_; }
  [[nodiscard]] const access::standing& who() const { return who_; }
  [[nodiscard]] const std::string& caller() const { return who_.name(); }
  [[nodiscard]] const audit::view& view() const { return *view_; }
  [[nodiscard]] const std::shared_ptr<const audit::view>& shared_view() const { return view_; }
  [[nodiscard]] const access::tenant_tree& tree() const { return tree_; }
  [[nodiscard]] instant now() const { return now_; }

  /// A `{name}` of the route's path; empty if it has none of that name.
  [[nodiscard]] const std::string& parameter(std::string_view name) const;
  void set_parameters(const path_parameters& found) { parameters_ = found; }

  [[nodiscard]] std::optional<std::string_view> query(std::string_view name) const;

  [[nodiscard]] bool may(access::right what, std::string_view tenant) const {
    return who_.may(what, tenant, tree_) == access::decision::granted;
  }
  /// The same, where the history of those that were removed is asked for.
  [[nodiscard]] access::decision may_look_back(access::right what, std::string_view tenant) const {
    return who_.may(what, tenant, view_tree(view_, true));
  }
  [[nodiscard]] bool may_operate() const { return who_.may_somewhere(access::right::operate, tree_); }
  [[nodiscard]] bool may_inspect() const { return who_.may_somewhere(access::right::inspect, tree_); }

  /// The tenant `{t}`; the router has seen to it that it exists.
  [[nodiscard]] const audit::tenant_view& tenant() const { return *view_->find(parameter("t")); }

  /// The body as a JSON object; no body at all is an empty one.
  [[nodiscard]] result<json::value> body() const;

  /// `since` and `until` of the query in the time zone of a tenant (empty: the root's).
  [[nodiscard]] result<date_range> range(std::string_view tenant) const;

 private:
  const request& asked_;
  access::standing who_;
  std::shared_ptr<const audit::view> view_;
  view_tree tree_;
  instant now_;
  path_parameters parameters_;
};

}  // namespace licaudit::api

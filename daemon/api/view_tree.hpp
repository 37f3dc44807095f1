#pragma once

#include "daemon/access/tenant_tree.hpp"
#include "daemon/audit/view.hpp"

#include <memory>
#include <utility>

namespace licaudit::api {

/// The tenants of a view, as access asks for them; where wanted with those that were removed, at their last places.
class view_tree final : public access::tenant_tree {
 public:
  explicit view_tree(std::shared_ptr<const audit::view> of, bool with_retired = false)
      : of_(std::move(of)), with_retired_(with_retired) {}

  [[nodiscard]] bool exists(std::string_view tenant) const override {
    return of_->find(tenant) != nullptr || (with_retired_ && of_->is_retired(tenant));
  }
  [[nodiscard]] bool is_within(std::string_view tenant, std::string_view ancestor) const override {
    return exists(ancestor) && exists(tenant) && of_->is_within(tenant, ancestor);
  }
  [[nodiscard]] std::string_view root() const override { return of_->root; }

 private:
  std::shared_ptr<const audit::view> of_;
  bool with_retired_;
};

}  // namespace licaudit::api

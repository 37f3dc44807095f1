#pragma once

#include <string_view>

namespace licaudit::access {

/// What access has to know of the tenants. An immutable snapshot: all questions about one request go to one tree.
class tenant_tree {
 public:
  virtual ~tenant_tree() = default;

  [[nodiscard]] virtual bool exists(std::string_view tenant) const = 0;

  /// True for the ancestor itself; false if either of the two does not exist.
  [[nodiscard]] virtual bool is_within(std::string_view tenant, std::string_view ancestor) const = 0;

  /// Id of the one tenant without a parent; empty while there is none.
  [[nodiscard]] virtual std::string_view root() const = 0;
};

}  // namespace licaudit::access

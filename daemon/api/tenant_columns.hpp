#pragma once

#include "daemon/api/json_text.hpp"
#include "daemon/audit/view.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::api {

/// The columns of a report of tenants, as `columns` of the query names them: keys and known attributes by their names,
/// others as `attribute.NAME` and `setting.NAME`, figures as `ump.licensed` and `ump/direct-routing.calculated`.
class tenant_columns {
 public:
  /// errc::malformed names a column that there is not, and those that there are.
  [[nodiscard]] static result<tenant_columns> parse(std::string_view text, const audit::view& of);

  /// `["tenant","country"]`
  void add_names(json_text& out) const;
  /// The values of a tenant in this order.
  void add_values(json_text& out, const audit::tenant_view& of) const;

 private:
  using cell = std::function<void(json_text& out, const audit::tenant_view& of)>;
  /// Null: there is no such column.
  static cell find(const std::string& name, const audit::view& of);
  static cell find_figure(const std::string& name, const factor_set& rules);

  std::vector<std::string> names_;
  std::vector<cell> cells_;
};

}  // namespace licaudit::api

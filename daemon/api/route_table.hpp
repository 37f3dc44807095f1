#pragma once

#include "daemon/api/route.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::api {

/// What a path leads to.
struct route_match {
  const route* found = nullptr;      ///< null: no route of this method
  std::vector<std::string> allowed;  ///< where none was found: the methods that the path has; empty: no such path
  std::map<std::string, std::string> parameters;
};

/// All routes there are; openapi.json and dispatch read the same table.
class route_table {
 public:
  /// Throws std::logic_error if method and path stand there already.
  void add(route one);

  [[nodiscard]] const std::vector<route>& all() const { return routes_; }

  /// Segments without parameters win over those with (`/v1/tenants` over `/v1/{x}`); HEAD finds what GET finds.
  [[nodiscard]] route_match find(method how, const std::vector<std::string>& path) const;

 private:
  /// `v1`, `tenants`, `{t}`, taken apart once.
  struct segment {
    std::string text;  ///< of a parameter its name
    bool is_parameter;
  };
  using segments = std::vector<segment>;

  [[nodiscard]] static bool fits(const segments& pattern, const std::vector<std::string>& path);
  [[nodiscard]] std::vector<std::string> methods_at(const std::vector<std::string>& path) const;

  std::vector<route> routes_;
  std::vector<segments> patterns_;  ///< of the routes, in their order
};

/// The segments of a template: `v1`, `tenants`, `{t}`.
[[nodiscard]] std::vector<std::string_view> segments_of(std::string_view path);

/// The name inside the braces; empty for plain text.
[[nodiscard]] std::string_view parameter_name(std::string_view segment);

}  // namespace licaudit::api

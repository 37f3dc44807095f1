#pragma once

#include "daemon/api/path_parameters.hpp"
#include "daemon/api/route.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace licaudit::api {

/// What a path leads to.
struct route_match {
  const route* found = nullptr;      ///< null: no route of this method
  std::vector<std::string> allowed;  ///< where none was found: the methods that the path has; empty: no such path
  path_parameters parameters{};      ///< point into the table and into the path that was asked for
};

/// All routes there are; openapi.json and dispatch read the same table.
class route_table {
 public:
  /// Throws std::logic_error if method and path stand there already, or the path has more parameters than a call takes.
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
  struct pattern {
    std::vector<segment> segments;
    std::size_t parameters = 0;

    [[nodiscard]] bool fits(const std::vector<std::string>& path) const;
  };

  [[nodiscard]] std::vector<std::string> methods_at(const std::vector<std::string>& path) const;

  std::vector<route> routes_;
  std::vector<pattern> patterns_;  ///< of the routes, in their order
};

/// The segments of a template: `v1`, `tenants`, `{t}`.
[[nodiscard]] std::vector<std::string_view> segments_of(std::string_view path);

/// The name inside the braces; empty for plain text.
[[nodiscard]] std::string_view parameter_name(std::string_view segment);

}  // namespace licaudit::api

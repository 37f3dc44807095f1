#pragma once

#include <boost/container/static_vector.hpp>

#include <string>
#include <string_view>

namespace licaudit::api {

/// A `{name}` of a route's path and what stands there in a request: the name of the one, the text of the other.
struct path_parameter {
  std::string_view name;
  const std::string* text;
};

using path_parameters = boost::container::static_vector<path_parameter, 4>;

}  // namespace licaudit::api

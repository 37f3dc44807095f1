#pragma once

#include "model/result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::api {

/// The target of a request line, taken apart.
struct request_target {
  std::vector<std::string> path;
  std::map<std::string, std::string, std::less<>> query;
};

/// Origin form, or absolute form as a proxy sends it (RFC 9112, 3.2). Segments are decoded after they were separated,
/// so that %2F stays inside its segment; in the query `+` is a blank. errc::malformed: bad percent encoding, a control
/// character, a parameter given twice.
[[nodiscard]] result<request_target> parse_request_target(std::string_view target);

}  // namespace licaudit::api

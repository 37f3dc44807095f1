#pragma once

#include "model/json.hpp"
#include "model/result.hpp"

#include <string>
#include <string_view>

namespace licaudit::sdk {

/// The one document that a source reads on standard input (interfaces.md 3).
struct source_request {
  std::string source;                   ///< its name in the settings
  std::string cursor;                   ///< of the last delta; empty: from the beginning
  json::value config = json::object();  ///< always an object
};

/// errc::malformed says which member is wrong. Members of a later daemon are passed over.
[[nodiscard]] result<source_request> parse_source_request(std::string_view text);

}  // namespace licaudit::sdk

#pragma once

#include "cli/client.hpp"
#include "model/json.hpp"

namespace licaudit::cli {

/// The object of a 2xx answer; else the complaint that its problem+json (RFC 9457) makes: one line, the `detail`.
[[nodiscard]] outcome<json::object> read_reply(const answer& reply);

/// The complaint of a problem document; `http_status` decides where the document has no `status` of its own.
[[nodiscard]] complaint read_problem(const json::object& problem, unsigned http_status);

}  // namespace licaudit::cli

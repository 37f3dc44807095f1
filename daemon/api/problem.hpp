#pragma once

#include "daemon/api/response.hpp"
#include "model/json.hpp"
#include "model/result.hpp"

#include <string>
#include <string_view>

namespace licaudit::api {

/// The answer to everything that did not work: application/problem+json (RFC 9457). `detail` says what and what to do;
/// `more` adds members, such as `errors`.
[[nodiscard]] response problem(int status, std::string_view detail, const json::object& more = {});

/// The one place where a kind of failure becomes a status.
[[nodiscard]] int status_of(errc code);
[[nodiscard]] response problem(const failure& error);

/// `Not Found`; empty for a status we never send.
[[nodiscard]] std::string_view reason_of(int status);

/// The members of a problem, for the last line of a streaming answer.
[[nodiscard]] json::object problem_members(int status, std::string_view detail);

}  // namespace licaudit::api

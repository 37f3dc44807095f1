#pragma once

#include "daemon/api/response.hpp"

#include <string>

namespace licaudit::api {

/// Status line and headers of an answer, the blank line included, as the bytes that are sent: one append after the
/// other to a text that the connection uses again, because the licence page is asked for a hundred thousand times a
/// second. `version` is 10 or 11, as the client speaks. A streaming answer to HTTP/1.1 is announced as chunked, every
/// other with the length of its body.
void append_http_head(std::string& out, const response& of, unsigned version);

}  // namespace licaudit::api

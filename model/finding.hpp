#pragma once

#include "model/instant.hpp"
#include "model/json.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace licaudit {

enum class severity : std::uint8_t { page, warn, info };

[[nodiscard]] std::string_view to_text(severity value);
[[nodiscard]] result<severity> parse_severity(std::string_view text);

/// Something a person should look at (domain.md 1). Grouped by cause: `count` says how many things one finding stands
/// for. Its identity is everything but `since`, `count`, `text` and `action`.
struct finding {
  std::string kind;  ///< `blank-gateway`, `over-use`, `stale`, `shrink`, `swing`, `unknown-tenant`, ...
  severity level = severity::warn;
  std::string tenant, site, licence, factor, subject, source;
  std::int64_t count = 1;
  std::string text;    ///< one sentence: what and why
  std::string action;  ///< what to do: a command or a short clause; may be empty
  instant since{};
  bool operator==(const finding&) const = default;
};

/// A short name that stays the same as long as the finding does: 12 hex digits of the hash of its identity.
[[nodiscard]] std::string finding_id(const finding& value);

[[nodiscard]] json::object to_json(const finding& value);
[[nodiscard]] result<finding> finding_from_json(const json::value& value);

}  // namespace licaudit

#pragma once

#include "model/instant.hpp"
#include "model/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit {

enum class severity : std::uint8_t { page, warn, info };

[[nodiscard]] std::string_view to_text(severity value);
[[nodiscard]] result<severity> parse_severity(std::string_view text);

/// Somebody has seen a finding and wants to hear no more of it until then. It stays in the lists, and counts stay as
/// they are.
struct acknowledgement {
  instant until{};
  std::string by, reason;
  bool operator==(const acknowledgement&) const = default;
};

/// Something a person should look at (domain.md 1). Grouped by cause: `count` says how many things one finding stands
/// for. Its identity is everything but `since`, `count`, `text`, `action` and `acknowledged`.
struct finding {
  std::string kind;  ///< `blank-gateway`, `over-use`, `stale`, `shrink`, `swing`, `unknown-tenant`, ...
  severity level = severity::warn;
  std::string tenant, site, licence, factor, subject, source;
  std::int64_t count = 1;
  std::string text;    ///< one sentence: what and why
  std::string action;  ///< what to do: a command or a short clause; may be empty
  instant since{};
  std::optional<acknowledgement> acknowledged{};  ///< for as long as the finding lasts, or until it says
  bool operator==(const finding&) const = default;

  [[nodiscard]] bool is_acknowledged(instant now) const { return acknowledged && now < acknowledged->until; }
};

/// A short name that stays the same as long as the finding does: 12 hex digits of the hash of its identity.
[[nodiscard]] std::string finding_id(const finding& value);

[[nodiscard]] json::object to_json(const finding& value);
[[nodiscard]] result<finding> finding_from_json(const json::value& value);

}  // namespace licaudit

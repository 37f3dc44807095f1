#pragma once

#include "model/finding.hpp"
#include "model/instant.hpp"
#include "model/licence_terms.hpp"

#include <cstdint>
#include <optional>

namespace licaudit {

/// How what is licensed stands to what was acquired: `low` at or below what `warn` names, `over` above all of it.
enum class stock_level : std::uint8_t { ok, low, over };

/// Nothing acquired: nothing is low or over.
[[nodiscard]] stock_level stock_level_of(std::optional<std::int64_t> acquired, std::int64_t licensed,
                                         const licence_terms& terms);

/// How loud an over-use is that began then, and when it becomes louder by itself.
struct over_use_alarm {
  severity level = severity::warn;
  std::optional<instant> louder{};
  bool operator==(const over_use_alarm&) const = default;
};
/// A licence without `grace` warns and pages nobody. With it, what is over by more than its percent of what was
/// acquired pages at once, and less after its days.
[[nodiscard]] over_use_alarm over_use_alarm_of(std::int64_t acquired, std::int64_t licensed, const licence_terms& terms,
                                               instant began, instant now);

}  // namespace licaudit

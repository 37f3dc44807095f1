#pragma once

#include "model/instant.hpp"
#include "model/observation.hpp"

#include <vector>

namespace licaudit::billing {

/// Half-open, as all ranges.
struct span {
  instant from{}, until{};
  bool operator==(const span&) const = default;

  [[nodiscard]] bool empty() const { return until <= from; }
};

/// What both hold; empty where they do not meet.
[[nodiscard]] span common(const span& one, const span& other);

/// An observation while it was in force, inside a range.
struct stretch {
  span when;
  const observation* value;  ///< of the series that was cut
};
[[nodiscard]] std::vector<stretch> cut(const series& values, const span& range);

/// A child's series while it stood under a tenant.
struct part {
  const series* values;
  span when;
};
/// What a tenant with children has of its own: what it shows without what they show. A sum carries the state of its
/// worst part, so that trouble of its own and of a child's at one time cannot be told apart: it is the child's then.
[[nodiscard]] series own_share(const series& shown, const std::vector<part>& children);

/// Lets what a guard held at an instant count from there on, as long as it stays that quantity.
void accept(series& values, instant from, std::int64_t quantity);

/// What a tenant with children shows, held only where something under it still is: accepted elsewhere.
[[nodiscard]] series released(const series& shown, const std::vector<span>& still_held);

}  // namespace licaudit::billing

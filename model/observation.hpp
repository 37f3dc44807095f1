#pragma once

#include "model/calculation.hpp"
#include "model/instant.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace licaudit {

/// What one calculation says of one licence at one tenant; in force until the next one that says otherwise.
struct observation {
  instant at{};
  std::int64_t sequence = 0;  ///< of the calculation
  std::optional<std::int64_t> acquired{};
  std::int64_t licensed = 0;
  tally_state state = tally_state::ok;
  bool shown = true;      ///< false: from here on the tenant has no such licence
  bool accepted = false;  ///< held, and billable all the same: a person accepted it
  bool operator==(const observation&) const = default;

  [[nodiscard]] bool says_the_same(const observation& other) const {
    return acquired == other.acquired && licensed == other.licensed && state == other.state && shown == other.shown;
  }
};

/// Of one tenant and licence, ascending. The first may lie before the range that was asked for: it is in force there.
using series = std::vector<observation>;

/// Under whom a tenant stands from an instant on: that of the calculation from which the sum of this parent holds it.
struct place {
  instant from{};
  std::string parent;  ///< empty: it is the root
  bool operator==(const place&) const = default;
};

/// What was observed of one tenant over a range of time.
struct observed_tenant {
  std::string tenant;
  std::string name;           ///< as the range ends, like the next
  std::string time_zone;      ///< own or inherited; empty: UTC
  std::vector<place> places;  ///< ascending; the first may lie before the range
  std::map<std::string, series, std::less<>> licences;
  std::string contract_number{};  ///< its attribute of that name, as the range ends
};

}  // namespace licaudit

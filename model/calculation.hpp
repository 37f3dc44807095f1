#pragma once

#include "model/instant.hpp"
#include "model/interned_text.hpp"
#include "model/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit {

/// How sound a tally is (domain.md 4), from best to worst; a page carries the worst of its tallies.
enum class tally_state : std::uint8_t { ok, disabled, never, degraded, held };

[[nodiscard]] std::string_view to_text(tally_state state);
[[nodiscard]] result<tally_state> parse_tally_state(std::string_view text);

/// n1 and n2 of one factor at one tenant. `configured` is null until it was calculated once.
struct factor_tally {
  interned_text factor;
  bool on = true;
  std::int64_t calculated = 0;               ///< n1
  std::optional<std::int64_t> configured{};  ///< n2
  bool operator==(const factor_tally&) const = default;
};

/// `12 (34)`, `0 (34) (n/a)` when off, `0 (n/a)` when never calculated.
[[nodiscard]] std::string to_text(const factor_tally& tally);

/// What one calculation says of one tenant and licence.
struct licence_tally {
  interned_text licence;
  std::optional<std::int64_t> acquired;
  std::int64_t licensed = 0;
  tally_state state = tally_state::ok;
  std::vector<factor_tally> factors;  ///< in the order of the factor set; only those that apply
  bool operator==(const licence_tally&) const = default;

  [[nodiscard]] std::optional<std::int64_t> available() const {
    return acquired ? std::optional(*acquired - licensed) : std::nullopt;
  }
};

/// Everything one calculation says of one tenant.
struct tenant_tally {
  std::string tenant;
  bool aggregated = false;  ///< it has children: numbers are sums over itself and its subtree
  bool disabled = false;
  std::int64_t monitored = 0;
  std::vector<licence_tally> licences;
  bool operator==(const tenant_tally&) const = default;

  [[nodiscard]] tally_state state() const;  ///< the worst of its licences
  /// Null: it says nothing of that one.
  [[nodiscard]] const licence_tally* find(std::string_view licence) const;
  [[nodiscard]] licence_tally* find(std::string_view licence);
};

/// The leaf of the Merkle tree: no names of people, no time, so that an unchanged tenant keeps its leaf.
[[nodiscard]] json::object to_json(const tenant_tally& tally);
[[nodiscard]] result<tenant_tally> tenant_tally_from_json(const json::value& value);

/// Why a calculation was made. `kind`: `start`, `schedule`, `sync`, `refresh`, `apply`, `rules`, `decision`, `accept`.
struct calculation_cause {
  std::string kind;
  std::string source;          ///< sync
  std::int64_t run = 0;        ///< sync
  std::int64_t operation = 0;  ///< apply, rules, decision, accept: its sequence
  std::string caller;          ///< with an operation
  std::string text;            ///< with an operation: `lifecycle-management off`
  bool operator==(const calculation_cause&) const = default;
};

[[nodiscard]] json::object to_json(const calculation_cause& cause);
[[nodiscard]] result<calculation_cause> calculation_cause_from_json(const json::value& value);

/// How many subjects of a tenant came, went and changed in one calculation.
struct subject_movement {
  std::string tenant;
  std::int64_t users_added = 0, users_removed = 0, users_changed = 0;
  std::int64_t numbers_added = 0, numbers_removed = 0, numbers_changed = 0;
  bool operator==(const subject_movement&) const = default;
};

}  // namespace licaudit

#pragma once

#include "factors/rules.hpp"
#include "model/calculation.hpp"
#include "model/finding.hpp"
#include "model/instant.hpp"
#include "model/source_run.hpp"
#include "model/tenant.hpp"
#include "model/time_zone.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::audit {

/// A calculation as others refer to it.
struct calculation_stamp {
  std::int64_t sequence = 0;
  instant at{};
};

/// When a number last changed, and why, in words: `+14 users, source teams`.
struct last_change {
  instant at{};
  std::string cause;
};

/// The position of one switchable factor at one tenant.
struct switch_view {
  std::string licence, factor;
  bool on = true;               ///< what counts now
  std::optional<bool> own;      ///< the tenant's own setting; none: inherited
  std::optional<bool> pending;  ///< the value `on` will have after Apply; none: nothing is pending
};

/// One tenant as the API shows it. Immutable; an unchanged tenant keeps its object from view to view.
struct tenant_view {
  tenant record;
  std::string origin;   ///< name of the source, or `local`
  bool enabled = true;  ///< a decision of its own; `disabled` of the tally says whether it or an ancestor is off
  bool gone = false;
  licaudit::time_zone zone;             ///< its own or inherited
  std::vector<std::string> children;    ///< sorted
  std::int64_t users = 0, numbers = 0;  ///< its own subjects, without the subtree

  std::optional<calculation_stamp> calculated;  ///< of the last calculation whose scope held it; none: never
  tenant_tally tally;
  std::map<std::string, last_change, std::less<>> changes;  ///< by `licence/factor`
  std::vector<switch_view> switches;                        ///< the switchable factors of its service
  std::vector<finding> findings;                            ///< its own, worst first
  std::optional<instant> degraded_since;
  std::string reason;  ///< why it is not `ok`; empty if it is
};

struct held_view {
  std::string source, tenant;
  std::int64_t run = 0;
  std::string reason;
};

/// What the audit room lets others see: immutable, shared between threads, replaced as a whole after each commit.
struct view {
  std::map<std::string, std::shared_ptr<const tenant_view>, std::less<>> tenants;
  std::string root;  ///< id of the provider; empty while there is none
  std::optional<calculation_stamp> last_calculation;
  calculation_cause last_cause;
  std::shared_ptr<const factors::rules> rules;  ///< effective
  instant rules_since{};
  std::shared_ptr<const factors::rules> pending;  ///< null: none
  std::vector<finding> findings;                  ///< all, worst first
  std::vector<held_view> held;
  std::int64_t users = 0, numbers = 0;
  std::int64_t chain_sequence = 0;
  std::string chain_head;  ///< hex
  std::string ledger;      ///< identity
  std::int64_t epoch = 0;
  std::string problem;  ///< why writing is not possible just now (disk full); empty: it is

  [[nodiscard]] const tenant_view* find(std::string_view tenant) const;
  /// Is `tenant` this ancestor or under it?
  [[nodiscard]] bool is_within(std::string_view tenant, std::string_view ancestor) const;
  /// The tenant's zone; the root's where no tenant is named.
  [[nodiscard]] licaudit::time_zone zone_of(std::string_view tenant) const;
};

/// `+14 users, source teams`, `off by north, operation 4711`, `schedule`: why a calculation moved a tenant's numbers.
[[nodiscard]] std::string describe(const calculation_cause& cause, const subject_movement* moved);

}  // namespace licaudit::audit

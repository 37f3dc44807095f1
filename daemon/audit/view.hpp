#pragma once

#include "daemon/audit/listed_findings.hpp"
#include "daemon/audit/shared_value.hpp"
#include "daemon/audit/tally_entry.hpp"
#include "daemon/audit/tenant_decisions.hpp"
#include "daemon/audit/tenant_roster.hpp"
#include "daemon/ledger/stored.hpp"
#include "factors/rules.hpp"
#include "model/calculation.hpp"
#include "model/finding.hpp"
#include "model/instant.hpp"
#include "model/pool.hpp"
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

/// The position of one switchable factor at one tenant.
struct switch_view {
  std::string licence, factor;
  bool on = true;               ///< what counts now
  std::optional<bool> own;      ///< the tenant's own setting; none: inherited
  std::optional<bool> pending;  ///< the value `on` will have after Apply; none: nothing is pending
  bool operator==(const switch_view&) const = default;
};

/// What a tenant hands out of one licence to those under it.
struct pool_view {
  std::string licence;
  pool stands;
};

/// Why the numbers of a tenant are not sound; blank where they are.
struct tally_trouble {
  std::optional<instant> since;
  std::string reason;
};

/// One tenant as the API shows it. Immutable; an unchanged tenant keeps its object from view to view.
struct tenant_view {
  shared_value<tenant> record;
  std::string origin;   ///< name of the source, or `local`
  bool enabled = true;  ///< a decision of its own; `disabled` of the tally says whether it or an ancestor is off
  bool gone = false;
  licaudit::time_zone zone;             ///< its own or inherited
  std::size_t children = 0;             ///< how many stand right under it
  std::int64_t users = 0, numbers = 0;  ///< its own subjects, without the subtree

  /// Of a calculation that held it; none: never. A later one of all tenants stands in the view: see view::calculated.
  std::optional<calculation_stamp> calculated;
  shared_value<tenant_tally> tally;
  shared_value<change_list> changes;                ///< of the rows of `tally`; empty: never calculated
  shared_value<std::vector<switch_view>> switches;  ///< the switchable factors of its service
  shared_value<tenant_decisions> decided;
  std::vector<pool_view> pools;   ///< that it hands out of
  std::vector<finding> findings;  ///< its own, worst first
  shared_value<tally_trouble> trouble;

  /// Of a factor that the tally has; null where nothing is known.
  [[nodiscard]] const last_change* change_of(std::string_view licence, std::string_view factor) const;
};

struct held_view {
  std::string source, tenant;
  std::int64_t run = 0;
  std::string reason;
};

/// What the audit room lets others see: immutable, shared between threads, replaced as a whole after each commit.
struct view {
  tenant_roster tenants;
  std::string root;  ///< id of the provider; empty while there is none
  std::optional<calculation_stamp> last_calculation;
  std::optional<calculation_stamp> last_of_all;  ///< the last whose scope was every tenant
  calculation_cause last_cause;
  std::shared_ptr<const factors::rules> rules;  ///< effective
  instant rules_since{};
  std::shared_ptr<const factors::rules> pending;  ///< null: none
  listed_findings findings;                       ///< all, worst first
  std::vector<held_view> held;
  std::int64_t users = 0, numbers = 0;
  std::int64_t chain_sequence = 0;
  std::string chain_head;  ///< hex
  std::string ledger;      ///< identity
  std::int64_t epoch = 0;
  std::optional<instant> next_move;  ///< when the first of the planned moves is to be made; none: none waits
  /// Tenants that were removed, and the parent that each had last.
  std::shared_ptr<const std::map<std::string, std::string, std::less<>>> retired;
  bool loading = false;  ///< pages can be shown, commands wait until the inventory is read
  std::string problem;   ///< why writing is not possible just now (disk full); empty: it is

  [[nodiscard]] const tenant_view* find(std::string_view tenant) const;
  /// The last calculation whose scope held the tenant; none: never.
  [[nodiscard]] const std::optional<calculation_stamp>& calculated(const tenant_view& of) const;
  /// Was removed: its history is still there.
  [[nodiscard]] bool is_retired(std::string_view tenant) const;
  /// Is `tenant` this ancestor or under it? A removed one stands where it stood last.
  [[nodiscard]] bool is_within(std::string_view tenant, std::string_view ancestor) const;
  /// The tenant's zone, of a removed one its last parent's; the root's where no tenant is named.
  [[nodiscard]] licaudit::time_zone zone_of(std::string_view tenant) const;
};

/// `+14 users, source teams`, `off by north, operation 4711`, `schedule`: why a calculation moved a tenant's numbers.
[[nodiscard]] std::string describe(const calculation_cause& cause, const subject_movement* moved);

}  // namespace licaudit::audit

#pragma once

#include "model/calculation.hpp"
#include "model/digest.hpp"
#include "model/finding.hpp"
#include "model/instant.hpp"
#include "model/tenant.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::ledger {

/// A tenant as the ledger has it now.
struct stored_tenant {
  std::string id, origin;
  std::optional<tenant> record;  ///< the last one given, also when it is gone; none: never had a sound one
  bool gone = false;
};

/// How many subjects of a tenant there are.
struct stored_heads {
  std::string tenant;
  std::int64_t users = 0, numbers = 0;
};

/// A decision in force, or a switch that waits. No value: the default again. Those that say yes or no are 1 and 0.
struct stored_decision {
  std::string tenant;
  std::string item;  ///< `enabled`, `switch:LICENCE/FACTOR`, `acquired:LICENCE` (by order) or `limit:LICENCE`
  std::optional<std::int64_t> value;
};

/// What one caller has staged to order for one tenant.
struct stored_cart {
  std::string tenant, caller;
  std::int64_t version = 0;
  std::string basis;                                       ///< a digest of what the lines rest on
  std::map<std::string, std::int64_t, std::less<>> lines;  ///< the change by licence
  bool operator==(const stored_cart&) const = default;
};

/// A move under another parent that waits for its time, or that could not be made then.
struct stored_move {
  std::string tenant, to;
  instant effective{};
  std::int64_t operation = 0;  ///< that planned it
  std::string caller;          ///< of that
  std::string refused;         ///< why it could not be made; empty: it waits
};

/// A number of a tally as it is in force: row forms as in the schema. That of a licence has no n1: what is licensed is
/// the sum of its factors, and a row of its own would move with every one of them.
struct tally_row {
  interned_text licence, factor;
  std::int64_t n1 = 0;
  std::optional<std::int64_t> n2;
  std::int64_t flags = 0;
  std::int64_t since = 0;  ///< sequence of the calculation that made the value
};
inline constexpr std::int64_t flag_aggregated = 1, flag_disabled = 2, flag_on = 1, flag_absent = 64;

struct stored_tally {
  std::string tenant;
  std::vector<tally_row> rows;
};

/// What `swing` compares a licensed value with; held by a run if `source` is not empty.
struct sound_value {
  std::string tenant, licence;
  std::int64_t licensed = 0;
  std::string source;
  std::int64_t run = 0;
};

struct held_difference {
  std::string source, tenant;
  std::int64_t run = 0;
  std::string reason;
  std::string form;  ///< JSON of the difference
};

/// What a calculation says of itself under its hash; of `moved` that has the digest.
struct calculation_facts {
  calculation_cause cause;
  std::optional<std::vector<std::string>> scope;  ///< none: all tenants
  std::string rules;                              ///< revision
  std::vector<subject_movement> moved;
  std::int64_t tenants = 0;
  digest root{};
};

struct stored_calculation {
  std::int64_t sequence = 0;
  instant at{};
  calculation_cause cause;
  std::map<std::string, subject_movement, std::less<>> moved;  ///< by tenant
};

/// How a source stands after its runs.
struct stored_source {
  std::string name, cursor;
  std::optional<instant> last_good;  ///< end of the last run that was not failed
  std::int64_t last_run = 0;
  bool last_failed = false;
  std::int64_t failed_since_good = 0;
  std::string problem;               ///< of the last run
  std::vector<std::string> tenants;  ///< those it gave subjects of
};

/// A row that refers to the tally it stands for.
struct tally_row_view {
  interned_text licence, factor;
  std::int64_t n1 = 0;
  std::optional<std::int64_t> n2;
  std::int64_t flags = 0;
};
/// As it is written, with the ledger's numbers for its names: a first calculation has hundreds of thousands.
struct numbered_row {
  std::int64_t tenant = 0, item = 0;
  std::int64_t n1 = 0;
  std::optional<std::int64_t> n2;
  std::int64_t flags = 0;
  std::int64_t since = 0;
};
/// In place of what `into` held.
void view_rows(const tenant_tally& tally, std::vector<tally_row_view>& into);
[[nodiscard]] tally_row row_of(const tally_row_view& view, std::int64_t since);

/// A tally as the rows that stand for it, and back; licences and factors keep the order of the rows.
[[nodiscard]] std::vector<tally_row> rows_of(const tenant_tally& tally);
[[nodiscard]] tenant_tally tally_of(const std::string& tenant, const std::vector<tally_row>& rows);

/// The leaf of the Merkle tree: canonical JSON of the tally, licences and factors by id, so that rows alone give it
/// back.
[[nodiscard]] std::string leaf_of(const tenant_tally& tally);

}  // namespace licaudit::ledger

#pragma once

#include "model/calculation.hpp"
#include "model/instant.hpp"
#include "model/operation.hpp"
#include "model/source_run.hpp"
#include "model/subject.hpp"
#include "model/tenant.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::ledger {

class database;
class reading_gate;
struct licensed_peak;
struct observed_range;
struct range_question;

/// One calculation as a tenant's history shows it.
struct history_entry {
  std::int64_t sequence = 0;
  instant at{};
  calculation_cause cause;
  subject_movement moved;  ///< of this tenant's own subjects
  tenant_tally tally;      ///< in force after it
  bool changed = false;    ///< a shown number, switch, state or acquired quantity differs from the one before
};

/// Tallies of one tenant: the one in force at the start (its own date), then each calculation of the range whose scope
/// held the tenant.
struct history_page {
  std::optional<history_entry> before;  ///< in force when the range begins; none: never calculated by then
  std::vector<history_entry> entries;   ///< ascending
  std::optional<std::int64_t> next;     ///< pass as `after` for more
};

struct history_query {
  std::string tenant;
  instant since{}, until{};
  std::int64_t after = 0;  ///< sequence
  std::size_t limit = 100;
  bool only_changes = false;
};

/// What was true of one tenant at an instant.
struct dated_tenant {
  std::int64_t sequence = 0;  ///< of the calculation in force
  instant at{};               ///< its time
  tenant record;
  bool disabled = false;  ///< it, or one above it
  std::string rules;      ///< text of the revision in force
  std::map<std::string, bool, std::less<>>
      switches;  ///< by `licence/factor`: what was off or on by decision, inherited
};

struct dated_subject {
  std::string key;  ///< hex: what history and chain call it
  subject value;
};

/// That a subject came, changed or left with a calculation.
struct subject_change {
  std::int64_t sequence = 0;  ///< in force from this entry on
  dated_subject subject;      ///< of one that left the name alone
  bool left = false;
};

/// A page of operations ends early once their forms are larger than this.
inline constexpr std::size_t most_operation_bytes = std::size_t{1} << 20;

struct operation_query {
  instant since{}, until{};
  std::string type, caller;
  std::vector<std::string> tenants;  ///< empty: all
  std::int64_t after = 0;            ///< sequence; ascending
  std::size_t limit = 100;
};

struct rules_in_force {
  std::int64_t sequence = 0;
  instant since{};
  std::string name;
  std::string text;  ///< canonical JSON of the factor set
};

struct verification {
  std::int64_t entries = 0, calculations = 0, tallies = 0;
  std::string head;  ///< hex
  std::vector<std::string> problems;
  [[nodiscard]] bool clean() const { return problems.empty(); }
};

/// Read-only questions to the ledger on a connection of its own (`query_only`, never checkpoints). One thread at a
/// time. Each call is one read transaction that ends before it returns.
class reader {
 public:
  /// With the gate of the ledger that writes the file, if one does.
  [[nodiscard]] static result<std::unique_ptr<reader>> open(const std::filesystem::path& file,
                                                            std::shared_ptr<const reading_gate> gate = {});
  ~reader();

  [[nodiscard]] result<history_page> history(const history_query& query) const;
  /// What bills of a range rest on: see observed_range.hpp.
  [[nodiscard]] result<observed_range> observed(const range_question& question) const;

  /// Of all tenants and licences: see peaks.hpp.
  [[nodiscard]] result<std::vector<licensed_peak>> peaks(instant since, instant until) const;

  /// errc::unknown if the tenant had no calculation by then.
  [[nodiscard]] result<dated_tenant> tenant_at(const std::string& tenant, instant at) const;
  /// All subjects of the tenant in force at a calculation, by kind and id.
  [[nodiscard]] result<std::vector<dated_subject>> subjects_at(const std::string& tenant, std::int64_t sequence) const;

  /// What became of the tenant's subjects behind one entry and up to another, in this order.
  [[nodiscard]] result<std::vector<subject_change>> subject_changes(const std::string& tenant, std::int64_t behind,
                                                                    std::int64_t up_to) const;

  [[nodiscard]] result<std::vector<operation>> operations(const operation_query& query) const;
  /// Newest first; `before` is a run id, 0 for the newest.
  [[nodiscard]] result<std::vector<source_run>> runs(const std::string& source, std::int64_t before,
                                                     std::size_t limit) const;
  [[nodiscard]] result<rules_in_force> rules_at(instant at) const;

  /// Walks the chain, recomputes every hash, replays all tallies and compares each calculation's Merkle root; with
  /// `full` also every subject version against the digest under its entry.
  [[nodiscard]] result<verification> verify(bool full) const;

 private:
  explicit reader(std::unique_ptr<database> open);
  std::unique_ptr<database> database_;
};

}  // namespace licaudit::ledger

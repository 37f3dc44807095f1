#pragma once

#include "daemon/ledger/ledger.hpp"
#include "model/calculation.hpp"
#include "model/operation.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::ledger {

/// What one source says of one subject.
struct given_version {
  std::string source;
  subject value;
};

/// Everything that is written, is written through one of these: all of it is there after `commit`, nothing before, and
/// nothing if it is destroyed without. Each member throws storage_error where the store fails; after SQLite has rolled
/// back (a full disk), so does every further one. Not to be kept beyond the ledger.
class transaction {
 public:
  explicit transaction(ledger& book);
  ~transaction();
  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;

  /// Appends an entry to the chain; `form` is what its hash stands for. Its sequence dates all that comes with it.
  std::int64_t enter(std::string_view kind, instant at, const json::object& form);

  /// What the next entry will be called.
  [[nodiscard]] std::int64_t next_sequence() const { return head_.sequence + 1; }

  /// An operation is an entry of its own; returns its sequence.
  std::int64_t add_operation(const operation& what);

  // Rules.
  void keep_rules(const rule_revision& revision);
  void put_rules_in_force(std::int64_t sequence, instant at, const std::string& name);

  // Tenants and decisions.
  /// No record: the origin no longer lists it.
  void put_tenant(std::int64_t sequence, const std::string& id, const std::string& origin,
                  const std::optional<tenant>& record);
  void put_decision(std::int64_t sequence, const stored_decision& decision);
  void put_pending(std::int64_t sequence, const stored_decision& pending);
  void drop_pending(const std::string& tenant, const std::string& item);

  // Subjects. Their tenants must be there.
  [[nodiscard]] std::optional<subject_number> find_subject(const subject_name& name);
  [[nodiscard]] subject_number find_or_add_subject(const subject_name& name);
  [[nodiscard]] subject_name name_of(subject_number number);
  [[nodiscard]] std::string key_of(subject_number number);  ///< in hex
  /// The version in force; none if it never was or has left.
  [[nodiscard]] std::optional<subject> current(subject_number number);
  /// A new version, or that it left; returns its digest for the entry's form.
  digest version_of(subject_number number, const std::optional<subject>& value);
  void put_version(std::int64_t sequence, subject_number number, const std::optional<subject>& value);

  // What sources give.
  void put_given(const std::string& source, subject_number number, const line_hash& line, const subject& value);
  void drop_given(const std::string& source, subject_number number);
  [[nodiscard]] bool is_given(const std::string& source, subject_number number);
  [[nodiscard]] std::vector<given_version> given_of(subject_number number);
  [[nodiscard]] std::vector<subject_number> given_numbers(const std::string& source, const std::string& tenant);
  void set_cursor(const std::string& source, const std::string& cursor);
  std::int64_t add_run(const source_run& run);
  void put_held(const held_difference& difference);
  void drop_held(const std::string& source, const std::string& tenant);

  // Calculations. `scope` none: all tenants.
  void add_calculation(std::int64_t sequence, instant at, const std::optional<std::vector<std::string>>& scope);
  /// True if no calculation of this month (UTC) stands yet: then all tallies have to be written.
  [[nodiscard]] bool begins_month(instant at);
  void put_tally(std::int64_t sequence, instant at, const std::string& tenant, const tally_row& row);
  void put_sound(const sound_value& value);
  void drop_sound(const std::string& tenant, const std::string& licence);
  void put_findings(const std::vector<finding>& all);

  void commit();

 private:
  [[nodiscard]] database& open() const;  ///< throws when the transaction is over
  std::int64_t tenant_number(const std::string& id);
  std::int64_t item_number(const std::string& licence, const std::string& factor);
  std::int64_t source_number(const std::string& name);

  ledger* book_;
  chain_head head_;
  std::map<std::string, std::int64_t, std::less<>> tenants_, sources_;
  std::map<std::pair<std::string, std::string>, std::int64_t> items_;
  bool open_ = true;
};

}  // namespace licaudit::ledger

#pragma once

#include "daemon/ledger/ledger.hpp"
#include "model/bill_papers.hpp"
#include "model/calculation.hpp"
#include "model/operation.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::ledger {

/// A subject as it is stored: fields by text_of.
struct subject_form {
  std::int64_t quantity = 1;
  std::string fields;
  bool operator==(const subject_form&) const = default;
};
[[nodiscard]] subject_form form_of(const subject& value);

/// Who a subject is, and what it is called under a hash.
struct subject_identity {
  subject_number number = 0;
  subject_name name;
  std::string key;  ///< in hex
  std::string salt;
};
/// The digest of a version for the entry's form; none: it left.
[[nodiscard]] digest version_of(const subject_identity& who, const std::optional<subject_form>& form);

/// What one source says of one subject.
struct given_form {
  std::string source;
  line_hash line{};
  subject_form form;
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
  void put_cart(const stored_cart& cart);
  void put_planned_move(const stored_move& move);
  void drop_planned_move(const std::string& tenant);

  // Subjects. Their tenants must be there.
  [[nodiscard]] std::optional<subject_number> find_subject(std::string_view tenant, subject_kind kind,
                                                           std::string_view id);
  [[nodiscard]] std::optional<subject_number> find_subject(const subject_name& name) {
    return find_subject(name.tenant, name.kind, name.id);
  }
  [[nodiscard]] subject_number find_or_add_subject(const subject_name& name);
  /// One that there is not yet, in its first version, which `source` alone gives.
  subject_number add_given(std::int64_t sequence, const std::string& source, const packed_subject& one,
                           versions_digest& versions);
  [[nodiscard]] subject_identity identity_of(subject_number number);
  /// The same where its name is known already.
  [[nodiscard]] subject_identity identity_of(subject_number number, subject_name name);
  [[nodiscard]] subject_name name_of(subject_number number) { return identity_of(number).name; }
  /// The version in force; none if it never was or has left.
  [[nodiscard]] std::optional<subject_form> current_form(subject_number number);
  [[nodiscard]] std::optional<subject> current(subject_number number);
  /// A new version; none: it left. In the order of the numbers it costs least.
  void put_version(std::int64_t sequence, subject_number number, const std::optional<subject_form>& form);
  void put_version(std::int64_t sequence, subject_number number, const std::optional<subject>& value) {
    put_version(sequence, number, value ? std::optional(form_of(*value)) : std::nullopt);
  }

  // What sources give.
  /// `alone`: nobody else gives it, and what it gives is the version in force.
  void put_given(const std::string& source, subject_number number, const line_hash& line, const subject_form& form,
                 bool alone);
  void put_given(const std::string& source, subject_number number, const line_hash& line, const subject& value) {
    put_given(source, number, line, form_of(value), false);
  }
  void drop_given(const std::string& source, subject_number number);
  [[nodiscard]] bool is_given(const std::string& source, subject_number number);
  [[nodiscard]] std::vector<given_form> givers_of(subject_number number);
  /// To be kept right by whoever gives and drops.
  void count_given(const std::string& source, const std::string& tenant, std::int64_t more);
  [[nodiscard]] std::int64_t given_count(const std::string& source, const std::string& tenant);
  [[nodiscard]] std::int64_t given_count(const std::string& source);
  void put_head_count(const std::string& tenant, std::int64_t users, std::int64_t numbers);
  [[nodiscard]] std::vector<subject_number> given_numbers(const std::string& source, const std::string& tenant);
  void set_cursor(const std::string& source, const std::string& cursor);
  std::int64_t add_run(const source_run& run);
  void put_held(const held_difference& difference);
  void drop_held(const std::string& source, const std::string& tenant);

  // Calculations.
  /// Enters one; returns its sequence.
  std::int64_t add_calculation(instant at, calculation_facts facts);
  /// True if no calculation of this month (UTC) stands yet: then all tallies have to be written.
  [[nodiscard]] bool begins_month(instant at);
  [[nodiscard]] numbered_row number(const std::string& tenant, const tally_row_view& row, std::int64_t since);
  [[nodiscard]] numbered_row number(const std::string& tenant, const tally_row& row) {
    return number(tenant, {row.licence, row.factor, row.n1, row.n2, row.flags}, row.since);
  }
  /// Written in the order of the table, wherever they stand here.
  void put_tallies(std::int64_t sequence, instant at, std::vector<numbered_row> all);
  void put_sound(const sound_value& value);
  void drop_sound(const std::string& tenant, const std::string& licence);
  /// By id, each with its acknowledgement; null: it ended.
  void put_findings(const std::map<std::string, std::shared_ptr<const finding>>& changes);

  // Bills of a month, yyyymm.
  void put_closed_bill(std::int64_t month, const closed_bill& bill);
  void put_bill_acceptance(std::int64_t month, const bill_acceptance& accepted);
  void put_bill_correction(std::int64_t month, const bill_correction& corrected);

  // After a restore.
  void begin_epoch(std::int64_t epoch);
  /// The source has to give every line anew, from no cursor; what it gave stays until a sound run says otherwise.
  void forget_lines(const std::string& source);

  /// For a large one, when what it has changed so far is not touched again: the disk writes it meanwhile.
  void write_ahead();
  void commit();

 private:
  [[nodiscard]] database& open() const;  ///< throws when the transaction is over
  std::int64_t tenant_number(const std::string& id);
  const std::pair<const std::string, std::int64_t>& numbered_tenant(const std::string& id);
  std::int64_t item_number(interned_text licence, interned_text factor);
  std::int64_t source_number(const std::string& name);
  const std::string& source_name(std::int64_t number);
  struct statements;
  [[nodiscard]] statements& prepared();
  struct tenant_memory {
    std::int64_t number = 0;    ///< 0: it has none yet
    bool was_missed = false;    ///< a subject was sought and not found: then it is asked whether there are any
    bool has_subjects = false;  ///< once it was missed
  };
  [[nodiscard]] tenant_memory& memory_of(std::string_view tenant);
  /// Good until the next call.
  struct secrets {
    std::string_view key, salt;
  };
  [[nodiscard]] secrets new_secrets();
  [[nodiscard]] subject_number add_subject(std::string_view tenant, subject_kind kind, std::string_view id,
                                           const secrets& own);

  ledger* book_;
  chain_head head_;
  std::map<std::string, std::int64_t, std::less<>> tenants_, sources_;
  /// The tenant that was asked for last, of the ledger's or of `tenants_`: rows of a calculation come tenant by tenant.
  const std::pair<const std::string, std::int64_t>* last_tenant_ = nullptr;
  boost::unordered_flat_map<std::pair<interned_text, interned_text>, std::int64_t> items_;  ///< asked for each row
  std::map<std::string, tenant_memory, std::less<>> memory_;  ///< of tenants that subjects were sought in
  std::map<std::string, tenant_memory, std::less<>>::iterator last_memory_ =
      memory_.end();  ///< they mostly come tenant by tenant
  std::string random_;
  std::size_t used_ = 0;                  ///< of the random bytes
  std::unique_ptr<statements> prepared_;  ///< goes before the end of the transaction
  bool open_ = true;
};

}  // namespace licaudit::ledger

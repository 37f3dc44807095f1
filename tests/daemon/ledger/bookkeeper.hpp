#pragma once

#include "daemon/ledger/transaction.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::ledger {

/// Merkle tree hash as RFC 6962 section 2.1 defines it, by recursion.
[[nodiscard]] digest naive_root(const std::vector<std::string>& leaves);

/// A tally of one licence `ump` with one factor `dr`.
[[nodiscard]] tenant_tally tally(const std::string& tenant, std::int64_t n1, std::int64_t n2, bool on = true);

/// Writes into a ledger by the rules of the schema, as the audit room does: changes only, all numbers at the first
/// calculation of a month, tombstones for what is no longer shown.
class bookkeeper {
 public:
  explicit bookkeeper(ledger& book) : book_(book) {}

  /// What the next calculation is to say of a tenant; none: no longer shown.
  void show(tenant_tally tally) { shown_[tally.tenant] = std::move(tally); }
  void hide(const std::string& tenant) { shown_.erase(tenant); }

  /// Returns the sequence.
  std::int64_t calculate(instant when, const std::optional<std::vector<std::string>>& scope = std::nullopt,
                         const std::vector<subject_movement>& moved = {});
  void calculate_in(transaction& tx, instant when, const std::optional<std::vector<std::string>>& scope,
                    const std::vector<subject_movement>& moved);

  /// Enters versions of subjects of one tenant; no value: it leaves.
  std::int64_t put_subjects(instant when, const std::vector<std::pair<subject_name, std::optional<field_map>>>& all);

  std::int64_t put_tenant(instant when, const tenant& record, bool gone = false);
  std::int64_t decide(instant when, const std::string& tenant, const std::string& item,
                      std::optional<std::int64_t> value);

  [[nodiscard]] const std::map<std::string, tenant_tally>& shown() const { return shown_; }

 private:
  using key = std::pair<std::string, std::string>;
  ledger& book_;
  std::map<std::string, tenant_tally> shown_;
  std::map<std::string, std::map<key, tally_row>> rows_;
};

}  // namespace licaudit::ledger

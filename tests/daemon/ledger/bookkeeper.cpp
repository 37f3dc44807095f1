#include "bookkeeper.hpp"

#include "daemon/ledger/row_forms.hpp"

namespace licaudit::ledger {

digest naive_root(const std::vector<std::string>& leaves) {
  if (leaves.empty()) return sha256({});
  if (leaves.size() == 1) return sha256(std::string(1, '\0') + leaves.front());
  std::size_t split = 1;
  while (split * 2 < leaves.size()) split *= 2;
  const auto middle = leaves.begin() + static_cast<std::ptrdiff_t>(split);
  const auto left = naive_root({leaves.begin(), middle}), right = naive_root({middle, leaves.end()});
  return sha256(std::string(1, '\1') + std::string(bytes_of(left)) + std::string(bytes_of(right)));
}

tenant_tally tally(const std::string& tenant, std::int64_t n1, std::int64_t n2, bool on) {
  tenant_tally made;
  made.tenant = tenant;
  made.monitored = n2;
  auto& licence = made.licences.emplace_back();
  licence.licence = "ump";
  licence.acquired = 100;
  licence.licensed = n1;
  licence.factors.push_back({"dr", on, n1, n2});
  return made;
}

std::int64_t bookkeeper::calculate(instant when, const std::optional<std::vector<std::string>>& scope,
                                   const std::vector<subject_movement>& moved) {
  transaction tx(book_);
  calculate_in(tx, when, scope, moved);
  tx.commit();
  return book_.head().sequence;
}

void bookkeeper::calculate_in(transaction& tx, instant when, const std::optional<std::vector<std::string>>& scope,
                              const std::vector<subject_movement>& moved) {
  const bool whole = tx.begins_month(when);
  const std::int64_t sequence = tx.next_sequence();
  std::vector<std::pair<std::string, tally_row>> written;
  std::map<std::string, std::map<key, tally_row>> now;
  std::vector<std::string> leaves;
  for (const auto& [tenant, value] : shown_) {
    leaves.push_back(leaf_of(value));
    for (auto row : rows_of(value)) {
      const auto& before = rows_[tenant];
      const auto known = before.find({row.licence, row.factor});
      const bool same = known != before.end() && known->second.n1 == row.n1 && known->second.n2 == row.n2 &&
                        known->second.flags == row.flags;
      row.since = same ? known->second.since : sequence;
      if (!same || whole) written.emplace_back(tenant, row);
      now[tenant][{row.licence, row.factor}] = row;
    }
  }
  for (const auto& [tenant, rows] : rows_)
    for (const auto& [item, row] : rows)
      if (now[tenant].find(item) == now[tenant].end())
        written.emplace_back(tenant, tally_row{row.licence, row.factor, 0, std::nullopt, flag_absent, sequence});
  rows_ = std::move(now);

  calculation_facts facts;
  facts.cause.kind = "schedule";
  facts.scope = scope;
  facts.moved = moved;
  facts.tenants = static_cast<std::int64_t>(shown_.size());
  facts.root = naive_root(leaves);
  tx.add_calculation(when, facts);
  std::vector<numbered_row> numbered;
  for (const auto& [tenant, row] : written) numbered.push_back(tx.number(tenant, row));
  tx.put_tallies(sequence, when, std::move(numbered));
}

std::int64_t bookkeeper::put_subjects(instant when,
                                      const std::vector<std::pair<subject_name, std::optional<field_map>>>& all) {
  transaction tx(book_);
  std::map<subject_number, std::optional<subject>> versions;
  for (const auto& [name, fields] : all) {
    auto& value = versions[tx.find_or_add_subject(name)];
    if (fields) value = subject{name, *fields, 1};
  }
  versions_digest digests;
  for (const auto& [number, value] : versions) {
    const auto who = tx.identity_of(number);
    digests.add(who.key, version_of(who, value ? std::optional(form_of(*value)) : std::nullopt));
  }
  json::object form;
  form["subjects"] = digests.form();
  const auto sequence = tx.enter("inventory", when, form);
  std::map<std::string, stored_heads> heads;
  for (auto& one : book_.head_counts()) heads[one.tenant] = one;
  for (const auto& [number, value] : versions) {
    const auto who = tx.name_of(number);
    auto& count = who.kind == subject_kind::user ? heads[who.tenant].users : heads[who.tenant].numbers;
    count += (value ? 1 : 0) - (tx.current_form(number) ? 1 : 0);
    tx.put_version(sequence, number, value);
  }
  for (const auto& [tenant, of] : heads) tx.put_head_count(tenant, of.users, of.numbers);
  tx.commit();
  return sequence;
}

std::int64_t bookkeeper::put_tenant(instant when, const tenant& record, bool gone) {
  transaction tx(book_);
  const auto sequence = tx.enter("inventory", when, {});
  tx.put_tenant(sequence, record.id, "csv", gone ? std::nullopt : std::optional(record));
  tx.commit();
  return sequence;
}

std::int64_t bookkeeper::decide(instant when, const std::string& tenant, const std::string& item,
                                std::optional<std::int64_t> value) {
  transaction tx(book_);
  operation what;
  what.at = when;
  what.type = item == "enabled" ? "tenant" : "factor";
  what.caller = "north";
  what.tenant = tenant;
  what.text = item;
  const auto sequence = tx.add_operation(what);
  tx.put_decision(sequence, {tenant, item, value});
  tx.commit();
  return sequence;
}

}  // namespace licaudit::ledger

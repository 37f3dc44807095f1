#include "daemon/audit/tally_book.hpp"

#include "daemon/audit/tenant_book.hpp"

#include <algorithm>

namespace licaudit::audit {

const tally_book::entry* tally_book::find(std::string_view tenant) const {
  const auto known = entries_.find(tenant);
  return known == entries_.end() ? nullptr : &known->second;
}

namespace {

bool is_same(const ledger::tally_row& a, const ledger::tally_row& b) {
  return a.n1 == b.n1 && a.n2 == b.n2 && a.flags == b.flags;
}

ledger::tally_row tombstone(ledger::tally_row row, std::int64_t sequence) {
  row.n1 = 0;
  row.n2.reset();
  row.flags = ledger::flag_absent;
  row.since = sequence;
  return row;
}

}  // namespace

std::vector<ledger::tally_row> tally_book::show(const std::string& tenant, tenant_tally tally, std::int64_t sequence) {
  auto& known = entries_[tenant];
  std::vector<ledger::tally_row> changed;
  std::map<std::pair<std::string, std::string>, ledger::tally_row> rows;
  for (auto& row : ledger::rows_of(tally)) {
    const auto key = std::pair(row.licence, row.factor);
    const auto before = known.rows.find(key);
    row.since = before != known.rows.end() && is_same(before->second, row) ? before->second.since : sequence;
    if (row.since == sequence) changed.push_back(row);
    rows.emplace(key, std::move(row));
  }
  for (const auto& [key, row] : known.rows)
    if (rows.find(key) == rows.end()) changed.push_back(tombstone(row, sequence));
  known.rows = std::move(rows);
  if (!changed.empty()) tree_.put(tenant, ledger::leaf_of(tally));
  known.shown = std::move(tally);
  return changed;
}

std::vector<ledger::tally_row> tally_book::withdraw(const std::string& tenant, std::int64_t sequence) {
  std::vector<ledger::tally_row> changed;
  if (const auto known = entries_.find(tenant); known != entries_.end()) {
    for (const auto& [key, row] : known->second.rows) changed.push_back(tombstone(row, sequence));
    entries_.erase(known);
  }
  tree_.remove(tenant);
  return changed;
}

void tally_book::restore(const std::string& tenant, const std::vector<ledger::tally_row>& rows) {
  auto& restored = entries_[tenant];
  for (const auto& row : rows)
    if ((row.flags & ledger::flag_absent) == 0) restored.rows.emplace(std::pair(row.licence, row.factor), row);
  if (restored.rows.empty()) {
    entries_.erase(tenant);
    return;
  }
  restored.shown = ledger::tally_of(tenant, rows);
  tree_.put(tenant, ledger::leaf_of(restored.shown));
}

namespace {

licence_tally& licence_in(tenant_tally& sum, const licence_tally& like) {
  const auto known = std::find_if(sum.licences.begin(), sum.licences.end(),
                                  [&like](const licence_tally& one) { return one.licence == like.licence; });
  if (known != sum.licences.end()) return *known;
  auto& added = sum.licences.emplace_back();
  added.licence = like.licence;
  added.state = sum.disabled ? tally_state::disabled : tally_state::ok;
  return added;
}

factor_tally& factor_in(licence_tally& sum, const factor_tally& like) {
  const auto known = std::find_if(sum.factors.begin(), sum.factors.end(),
                                  [&like](const factor_tally& one) { return one.factor == like.factor; });
  return known != sum.factors.end() ? *known : sum.factors.emplace_back(factor_tally{like.factor, true, 0, 0});
}

}  // namespace

void add_to(tenant_tally& sum, const tenant_tally& part) {
  sum.monitored += part.monitored;
  for (const auto& licence : part.licences) {
    auto& into = licence_in(sum, licence);
    if (licence.acquired) into.acquired = into.acquired.value_or(0) + *licence.acquired;
    into.licensed += licence.licensed;
    // A disabled child says nothing of the soundness of the sum.
    if (licence.state == tally_state::degraded || licence.state == tally_state::held)
      into.state = std::max(into.state, licence.state);
    for (const auto& factor : licence.factors) {
      auto& counted = factor_in(into, factor);
      counted.calculated += factor.calculated;
      if (factor.configured) counted.configured = counted.configured.value_or(0) + *factor.configured;
    }
  }
}

void put_in_order(tenant_tally& tally, const factor_set& rules) {
  const auto place = [&rules](const std::string& id) {
    const auto* known = rules.find(id);
    return known == nullptr ? rules.licences.size() : static_cast<std::size_t>(known - rules.licences.data());
  };
  std::stable_sort(tally.licences.begin(), tally.licences.end(),
                   [&](const licence_tally& a, const licence_tally& b) { return place(a.licence) < place(b.licence); });
  for (auto& licence : tally.licences) {
    const auto* of = rules.find(licence.licence);
    if (of == nullptr) continue;
    const auto position = [of](const std::string& id) {
      const auto known =
          std::find_if(of->factors.begin(), of->factors.end(), [&](const factor& f) { return f.id == id; });
      return known - of->factors.begin();
    };
    std::stable_sort(licence.factors.begin(), licence.factors.end(), [&](const factor_tally& a, const factor_tally& b) {
      return position(a.factor) < position(b.factor);
    });
  }
}

}  // namespace licaudit::audit

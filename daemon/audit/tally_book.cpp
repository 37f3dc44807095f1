#include "daemon/audit/tally_book.hpp"

#include "daemon/audit/child_sum.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

bool is_same(const ledger::tally_row_view& a, const ledger::tally_row_view& b) {
  return a.n1 == b.n1 && a.n2 == b.n2 && a.flags == b.flags;
}

/// The place of the same licence and factor; rows of one tenant mostly stand where they stood before.
template <class Row, class Other>
std::size_t place_of(const Row& row, const std::vector<Other>& among, std::size_t guess) {
  const auto same = [&row](const Other& other) { return other.licence == row.licence && other.factor == row.factor; };
  if (guess < among.size() && same(among[guess])) return guess;
  return static_cast<std::size_t>(std::find_if(among.begin(), among.end(), same) - among.begin());
}

}  // namespace

tally_book::row_list tally_book::rows_of(const tally_entry& one) {
  if (one.changes->empty()) return {};
  auto rows = ledger::rows_of(*one.shown);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].since = (*one.changes)[i]->sequence;
  return rows;
}

ledger::tally_row_view tally_book::tombstone(interned_text licence, interned_text factor) {
  return {licence, factor, 0, std::nullopt, ledger::flag_absent};
}

void tally_book::show(tenant_slot& of, shared_value<tenant_tally> tally, const std::shared_ptr<const last_change>& now,
                      const std::function<void(const ledger::tally_row_view&)>& differs) {
  auto& known = of.tally;
  if (!known.changes->empty() && known.shown == tally) return;
  before_.clear();
  if (!known.changes->empty()) view_rows(*known.shown, before_);
  view_rows(*tally, after_);
  bool any = false;
  const auto tell = [&](const ledger::tally_row_view& row) {
    any = true;
    differs(row);
  };
  stays_.assign(before_.size(), false);
  change_list changes;
  for (std::size_t i = 0; i < after_.size(); ++i) {
    const auto place = place_of(after_[i], before_, i);
    if (place < before_.size()) stays_[place] = true;
    const bool same = place < before_.size() && is_same(before_[place], after_[i]);
    changes.add(same ? (*known.changes)[place] : now);
    if (!same) tell(after_[i]);
  }
  for (std::size_t i = 0; i < before_.size(); ++i)
    if (!stays_[i]) tell(tombstone(before_[i].licence, before_[i].factor));
  auto* parent = known.counted_in;
  count_in(of, nullptr);
  known.changes = std::move(changes);
  known.shown = std::move(tally);
  count_in(of, parent);
  if (any) tree_.put(of.id(), ledger::leaf_of(*known.shown));
}

tally_book::row_list tally_book::withdraw(tenant_slot& of) {
  auto rows = rows_of(of.tally);
  count_in(of, nullptr);
  of.tally = {};
  tree_.remove(of.id());
  return rows;
}

void tally_book::count_in(tenant_slot& of, tenant_slot* parent) {
  auto& one = of.tally;
  if (one.counted_in == parent) return;
  if (one.counted_in != nullptr) one.counted_in->tally.below->remove(*one.shown);
  one.counted_in = parent;
  if (parent == nullptr) return;
  auto& below = parent->tally.below;
  if (!below) below = std::make_shared<child_sum>();
  below->add(*one.shown);
}

void tally_book::add_children(const tenant_slot& of, tenant_tally& to) {
  if (of.tally.below) of.tally.below->add_to(to);
}

void tally_book::restore(tenant_slot& of, const row_list& rows, const factor_set& rules,
                         const std::function<std::shared_ptr<const last_change>(std::int64_t)>& made_by) {
  const auto is_shown = [](const ledger::tally_row& row) { return (row.flags & ledger::flag_absent) == 0; };
  if (std::none_of(rows.begin(), rows.end(), is_shown)) return;
  auto tally = ledger::tally_of(of.id(), rows);
  put_in_order(tally, rules);
  change_list changes;
  const auto shown = ledger::rows_of(tally);
  for (std::size_t i = 0; i < shown.size(); ++i) changes.add(made_by(rows[place_of(shown[i], rows, i)].since));
  of.tally.changes = std::move(changes);
  tree_.put(of.id(), ledger::leaf_of(tally));
  of.tally.shown = std::move(tally);
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

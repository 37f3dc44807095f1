// A month's first calculation writes every number, so each month of the table stands for itself: the rows in force when
// the range begins, and the changes after them.
#include "daemon/ledger/licence_series.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace licaudit::ledger {

namespace {

/// Rows of one tenant, moved on calculation by calculation.
class running_licences {
 public:
  running_licences(const item_table& items, const calculation_list& calculations)
      : items_(items), calculations_(calculations) {}

  struct row {
    std::int64_t sequence, item, n1;
    std::optional<std::int64_t> n2;
    std::int64_t flags;
  };

  /// Of one month, in any order.
  void take(std::vector<row> rows) {
    std::stable_sort(rows.begin(), rows.end(), [](const row& a, const row& b) { return a.sequence < b.sequence; });
    for (auto next = rows.begin(); next != rows.end();) {
      const auto& when = calculations_.of_row(next->sequence);
      std::set<std::string_view> touched;
      for (; next != rows.end() && calculations_.of_row(next->sequence).sequence == when.sequence; ++next)
        touched.insert(put(*next));
      for (const auto licence : touched) observe(std::string(licence), when);
    }
  }
  [[nodiscard]] std::map<std::string, series, std::less<>> finish() { return std::move(made_); }

 private:
  struct licence_now {
    std::optional<row> whole;                    ///< acquired and state
    std::map<std::string, std::int64_t> counts;  ///< n1 by factor, of those that are shown
  };

  std::string_view put(const row& one) {
    const auto& name = items_.at(one.item);
    auto& licence = now_[name.licence];
    if (name.factor.empty()) {
      licence.whole = one;
    } else if ((one.flags & flag_absent) != 0) {
      licence.counts.erase(name.factor);
    } else {
      licence.counts[name.factor] = one.n1;
    }
    return name.licence;
  }

  void observe(const std::string& licence, const calculation_mark& when) {
    const auto& now = now_[licence];
    observation one;
    one.at = when.at;
    one.sequence = when.sequence;
    one.shown = now.whole && (now.whole->flags & flag_absent) == 0;
    if (one.shown) {
      one.acquired = now.whole->n2;
      one.state = static_cast<tally_state>(now.whole->flags);
      for (const auto& [factor, n1] : now.counts) one.licensed += n1;
    }
    auto& values = made_[licence];
    if (values.empty() ? one.shown : !values.back().says_the_same(one)) values.push_back(one);
  }

  const item_table& items_;
  const calculation_list& calculations_;
  std::map<std::string, licence_now> now_;
  std::map<std::string, series, std::less<>> made_;
};

}  // namespace

item_table read_items(database& db) {
  item_table items;
  auto rows = db.query("SELECT number, licence, factor FROM item WHERE licence <> ''");
  while (rows.next()) items[rows.integer(0)] = {std::string(rows.text(1)), std::string(rows.text(2))};
  return items;
}

calculation_list::calculation_list(database& db, instant since, instant until) {
  const auto first = calculation_at(db, since);
  auto rows = db.query("SELECT sequence, at, month FROM calculation WHERE sequence >= ?1 AND at < ?2 ORDER BY sequence",
                       first ? first->sequence : std::int64_t{0}, to_milliseconds(until));
  while (rows.next()) all_.push_back({rows.integer(0), from_milliseconds(rows.integer(1)), rows.integer(2)});
}

const calculation_mark& calculation_list::of_row(std::int64_t sequence) const {
  const auto found = at_or_after(sequence);
  return found == all_.end() ? all_.back() : *found;
}

std::optional<instant> calculation_list::calculated(std::int64_t entry) const {
  const auto found = at_or_after(entry);
  return found == all_.end() ? std::nullopt : std::optional(found->at);
}

std::vector<calculation_mark>::const_iterator calculation_list::at_or_after(std::int64_t sequence) const {
  return std::lower_bound(all_.begin(), all_.end(), sequence,
                          [](const calculation_mark& one, std::int64_t wanted) { return one.sequence < wanted; });
}

std::map<std::string, series, std::less<>> read_licences(database& db, std::int64_t tenant, const item_table& items,
                                                         const calculation_list& calculations) {
  running_licences made(items, calculations);
  const auto& all = calculations.all();
  std::optional<std::int64_t> month;
  for (const auto& one : all) {
    if (one.month == month) continue;
    month = one.month;
    std::vector<running_licences::row> found;
    auto rows = db.query(
        "SELECT sequence, item, n1, n2, flags FROM tally WHERE month = ?1 AND tenant = ?2 AND sequence <= ?3"
        " ORDER BY item, sequence",
        *month, tenant, all.back().sequence);
    while (rows.next())
      if (items.find(rows.integer(1)) != items.end())
        found.push_back({rows.integer(0), rows.integer(1), rows.integer(2), rows.optional_integer(3), rows.integer(4)});
    made.take(std::move(found));
  }
  return made.finish();
}

}  // namespace licaudit::ledger

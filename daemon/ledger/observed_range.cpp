// A month's first calculation writes every number, so each month of the table stands for itself: the rows in force when
// the range begins, and the changes after them.
#include "daemon/ledger/observed_range.hpp"

#include "daemon/ledger/bill_rows.hpp"
#include "daemon/ledger/calculation_form.hpp"
#include "daemon/ledger/reader.hpp"
#include "daemon/ledger/reading.hpp"
#include "daemon/ledger/stored.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace licaudit::ledger {

namespace {

/// What is tallied under a number of the table `item`.
struct item_name {
  std::string licence, factor;
};
using item_table = std::map<std::int64_t, item_name>;

item_table read_items(database& db) {
  item_table items;
  auto rows = db.query("SELECT number, licence, factor FROM item WHERE licence <> ''");
  while (rows.next()) items[rows.integer(0)] = {std::string(rows.text(1)), std::string(rows.text(2))};
  return items;
}

/// All calculations from the one in force as the range begins.
class calculation_list {
 public:
  calculation_list(database& db, instant since, instant until) {
    const auto first = calculation_at(db, since);
    auto rows =
        db.query("SELECT sequence, at, month FROM calculation WHERE sequence >= ?1 AND at < ?2 ORDER BY sequence",
                 first ? first->sequence : std::int64_t{0}, to_milliseconds(until));
    while (rows.next()) all_.push_back({rows.integer(0), from_milliseconds(rows.integer(1)), rows.integer(2)});
  }
  [[nodiscard]] const std::vector<calculation_mark>& all() const { return all_; }

  /// Of a row that is older than the range: the first, which it is in force in.
  [[nodiscard]] const calculation_mark& of_row(std::int64_t sequence) const {
    const auto found = at_or_after(sequence);
    return found == all_.end() ? all_.back() : *found;
  }
  /// When what an entry says was first calculated; none: not in the range.
  [[nodiscard]] std::optional<instant> calculated(std::int64_t entry) const {
    const auto found = at_or_after(entry);
    return found == all_.end() ? std::nullopt : std::optional(found->at);
  }

 private:
  [[nodiscard]] std::vector<calculation_mark>::const_iterator at_or_after(std::int64_t sequence) const {
    return std::lower_bound(all_.begin(), all_.end(), sequence,
                            [](const calculation_mark& one, std::int64_t wanted) { return one.sequence < wanted; });
  }
  std::vector<calculation_mark> all_;
};

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

/// What the versions of all tenants say of the tree.
class dated_tree {
 public:
  dated_tree(database& db, const calculation_list& calculations) {
    if (calculations.all().empty()) return;
    auto rows = db.query(
        "SELECT t.id, t.number, v.sequence, v.form ->> '$.parent', v.form ->> '$.time_zone', v.form ->> '$.name',"
        " v.form ->> '$.attributes.contract_number'"
        " FROM tenant t"
        " JOIN tenant_version v ON v.tenant = t.number WHERE v.form IS NOT NULL AND v.sequence <= ?1"
        " ORDER BY t.id, v.sequence",
        calculations.all().back().sequence);
    while (rows.next()) {
      auto& one = tenants_[std::string(rows.text(0))];
      one.number = rows.integer(1);
      one.zone = rows.text(4);
      one.name = rows.text(5);
      one.contract_number = rows.text(6);
      const std::string parent(rows.text(3));
      if (const auto from = calculations.calculated(rows.integer(2)); from && !stands_under(one, parent))
        one.places.push_back({*from, parent});
    }
    for (const auto& [id, one] : tenants_)
      for (const auto& there : one.places) children_[there.parent].insert(id);
  }

  struct standing {
    std::int64_t number = 0;
    std::string zone, name, contract_number;
    std::vector<place> places;
  };
  [[nodiscard]] const standing* find(const std::string& id) const {
    const auto known = tenants_.find(id);
    return known == tenants_.end() ? nullptr : &known->second;
  }

  /// It first, the others by id. Where a tenant stood before the range is older than its first calculation, and counts.
  [[nodiscard]] std::vector<std::string> ever_under(const std::string& id) const {
    std::set<std::string> found;
    std::vector<std::string> open{id};
    while (!open.empty()) {
      const auto next = std::move(open.back());
      open.pop_back();
      if (const auto below = children_.find(next); below != children_.end())
        for (const auto& child : below->second)
          if (child != id && found.insert(child).second) open.push_back(child);
    }
    std::vector<std::string> all{id};
    all.insert(all.end(), found.begin(), found.end());
    return all;
  }

  [[nodiscard]] std::string zone_of(std::string id) const {
    for (std::size_t steps = 0; steps <= tenants_.size(); ++steps) {
      const auto* one = find(id);
      if (one == nullptr || !one->zone.empty() || one->places.empty()) return one == nullptr ? "" : one->zone;
      id = one->places.back().parent;
    }
    return {};
  }

 private:
  static bool stands_under(const standing& one, const std::string& parent) {
    return !one.places.empty() && one.places.back().parent == parent;
  }
  std::map<std::string, standing> tenants_;
  std::map<std::string, std::set<std::string>> children_;
};

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

/// When the last calculation of the range was followed by another; none: it is the last of all.
std::optional<instant> calculated_after(database& db, std::int64_t sequence) {
  auto rows = db.query("SELECT at FROM calculation WHERE sequence > ?1 ORDER BY sequence LIMIT 1", sequence);
  return rows.next() ? std::optional(from_milliseconds(rows.integer(0))) : std::nullopt;
}

/// `followed`: when the last calculation was followed by another, which may be long after the range, or now.
std::vector<std::pair<instant, instant>> silences(const calculation_list& calculations, instant followed,
                                                  const range_question& question) {
  std::vector<std::pair<instant, instant>> made;
  const auto add = [&](instant from, instant until) {
    if (until - from > question.longest_silence) made.emplace_back(from, until);
  };
  const auto& all = calculations.all();
  for (std::size_t i = 1; i < all.size(); ++i) add(all[i - 1].at, all[i].at);
  add(all.back().at, followed);
  return made;
}

void add_cause(database& db, std::int64_t sequence, std::map<std::int64_t, calculation_cause>& to) {
  if (to.find(sequence) != to.end()) return;
  auto rows = db.query("SELECT cause FROM calculation WHERE sequence = ?1", sequence);
  if (rows.next()) to.emplace(sequence, cause_of(rows.text(0)));
}

std::int64_t month_before(std::int64_t yyyymm) {
  return yyyymm % 100 == 1 ? yyyymm - 89 : yyyymm - 1;
}

/// By the first of its tallies that there still are.
std::optional<instant> first_calculated(database& db, const std::vector<std::int64_t>& months,
                                        const std::string& tenant) {
  for (const auto month : months) {
    auto rows = db.query(
        "SELECT c.at FROM calculation c WHERE c.sequence = (SELECT min(sequence) FROM tally WHERE month = ?1"
        " AND tenant = (SELECT number FROM tenant WHERE id = ?2))",
        month, tenant);
    if (rows.next()) return from_milliseconds(rows.integer(0));
  }
  return std::nullopt;
}

/// Whose bill of the month before is not closed, and since when there is anything to bill.
void add_first_calculated(database& db, std::int64_t month, observed_range& made) {
  std::vector<std::int64_t> months;
  for (auto rows = db.query("SELECT DISTINCT month FROM calculation ORDER BY month"); rows.next();)
    months.push_back(rows.integer(0));
  for (const auto& one : made.tenants) {
    if (is_closed(db, month_before(month), one.tenant)) continue;
    if (const auto first = first_calculated(db, months, one.tenant)) made.first_calculated[one.tenant] = *first;
  }
}

/// What was decided about the bills of these tenants.
void add_papers(database& db, const range_question& question, observed_range& made) {
  std::vector<std::string> named;
  for (const auto& one : made.tenants)
    if (is_closed(db, question.month, one.tenant)) named.push_back(one.tenant);
  made.papers = read_papers(db, question.month, named);
  if (question.closing) add_first_calculated(db, question.month, made);
}

/// A bill that is closed rests on nothing but itself, and on those under it likewise.
std::optional<observed_range> closed_range(database& db, const range_question& question) {
  if (question.month == 0 || !is_closed(db, question.month, question.tenant)) return std::nullopt;
  observed_range made;
  std::vector<std::string> named{question.tenant};
  for (auto rows = db.query("SELECT value FROM bill_closed, json_each(witness, '$.with') WHERE month = ?1 AND tenant ="
                            " (SELECT number FROM tenant WHERE id = ?2)",
                            question.month, question.tenant);
       rows.next();)
    named.emplace_back(rows.text(0));
  made.papers = read_papers(db, question.month, named);
  return made;
}

observed_range observe(database& db, const range_question& question) {
  if (auto closed = closed_range(db, question)) return std::move(*closed);
  observed_range made;
  const calculation_list calculations(db, question.since, question.until);
  if (calculations.all().empty()) return made;
  const auto items = read_items(db);
  const dated_tree tree(db, calculations);
  if (tree.find(question.tenant) == nullptr) return made;
  for (const auto& id : tree.ever_under(question.tenant)) {
    const auto* standing = tree.find(id);
    made.tenants.push_back({id, standing->name, tree.zone_of(id), standing->places,
                            read_licences(db, standing->number, items, calculations), standing->contract_number});
  }
  for (const auto& one : made.tenants)
    for (const auto& [licence, values] : one.licences)
      for (const auto& value : values) add_cause(db, value.sequence, made.causes);
  if (question.month != 0) add_papers(db, question, made);
  const auto& last = calculations.all().back();
  const auto next = calculated_after(db, last.sequence);
  const auto until = next.value_or(std::max(last.at, question.now));
  made.quiet = silences(calculations, until, question);
  made.known_until = next || until - last.at > question.longest_silence ? until : last.at;
  made.rules = rules_text_at(db, last.sequence);
  auto head = db.query("SELECT sequence, lower(hex(hash)) FROM entry WHERE sequence = ?1", last.sequence);
  if (head.next()) {
    made.sequence = head.integer(0);
    made.chain_head = head.text(1);
  }
  return made;
}

}  // namespace

result<observed_range> reader::observed(const range_question& question) const {
  return reading(*database_, [&] { return result<observed_range>(observe(*database_, question)); });
}

}  // namespace licaudit::ledger

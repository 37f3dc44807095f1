#include "daemon/ledger/observed_range.hpp"

#include "daemon/ledger/bill_rows.hpp"
#include "daemon/ledger/calculation_form.hpp"
#include "daemon/ledger/licence_series.hpp"
#include "daemon/ledger/reader.hpp"
#include "daemon/ledger/reading.hpp"
#include "daemon/ledger/stored.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace licaudit::ledger {

namespace {

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

// A month's first calculation writes every number, so a range is the rows in force at its beginning, which lie in one
// month, and the changes after them.
#include "daemon/ledger/peaks.hpp"

#include "daemon/ledger/reading.hpp"
#include "daemon/ledger/stored.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

namespace licaudit::ledger {

namespace {

// The key is (month, tenant, item, sequence): per tenant and licence one place of the tree, where its rows lie side by
// side. Factors, most of the rows, are never touched.
constexpr const char* rows_in_force =
    "SELECT t.number, i.number, r.n1, r.flags, r.sequence FROM tenant t CROSS JOIN item i CROSS JOIN tally r"
    " ON r.month = ?1 AND r.tenant = t.number AND r.item = i.number AND r.sequence ="
    " (SELECT max(sequence) FROM tally WHERE month = ?1 AND tenant = t.number AND item = i.number AND sequence <= ?2)"
    " WHERE i.licence <> '' AND i.factor = ''";
constexpr const char* rows_of_range =
    "SELECT t.number, i.number, r.n1, r.flags, r.sequence FROM tenant t CROSS JOIN item i CROSS JOIN tally r"
    " ON r.month = ?1 AND r.tenant = t.number AND r.item = i.number AND r.sequence > ?2 AND r.sequence <= ?3"
    " WHERE i.licence <> '' AND i.factor = ''";

std::int64_t month_after(std::int64_t yyyymm) {
  return yyyymm % 100 == 12 ? yyyymm + 89 : yyyymm + 1;
}

struct highest {
  std::int64_t tenant, item, licensed, sequence;
};

/// Rows come by tenant and item, month by month; a later row wins only if it is higher.
class peak_board {
 public:
  void take(rows found) {
    auto place = board_.begin();
    while (found.next()) {
      const highest one{found.integer(0), found.integer(1), found.integer(2), found.integer(4)};
      if ((found.integer(3) & flag_absent) != 0) continue;
      place = std::find_if(place, board_.end(), [&](const highest& other) { return !is_before(other, one); });
      if (place == board_.end() || is_before(one, *place)) {
        place = board_.insert(place, one);
      } else if (one.licensed > place->licensed) {
        *place = one;
      }
    }
  }
  [[nodiscard]] const std::vector<highest>& all() const { return board_; }

 private:
  static bool is_before(const highest& one, const highest& other) {
    return one.tenant != other.tenant ? one.tenant < other.tenant : one.item < other.item;
  }
  std::vector<highest> board_;  ///< by tenant and item
};

std::map<std::int64_t, std::string> names(rows found) {
  std::map<std::int64_t, std::string> made;
  while (found.next()) made.emplace(found.integer(0), found.text(1));
  return made;
}

class calculation_times {
 public:
  explicit calculation_times(database& db) : db_(db) {}
  instant of(std::int64_t sequence) {
    const auto [known, is_new] = times_.try_emplace(sequence);
    if (is_new) {
      auto found = db_.query("SELECT at FROM calculation WHERE sequence = ?1", sequence);
      if (found.next()) known->second = from_milliseconds(found.integer(0));
    }
    return known->second;
  }

 private:
  database& db_;
  std::map<std::int64_t, instant> times_;
};

std::vector<licensed_peak> peaks_of(database& db, instant since, instant until) {
  const auto first = calculation_at(db, since);
  const auto last = calculation_at(db, until - std::chrono::milliseconds(1));
  if (!last) return {};
  peak_board board;
  if (first) board.take(db.query(rows_in_force, first->month, first->sequence));
  const auto begin = first ? first->sequence : 0;
  auto month_found = db.query("SELECT min(month) FROM calculation WHERE sequence > ?1", begin);
  for (auto month = month_found.next() ? month_found.integer(0) : last->month + 1; month <= last->month;
       month = month_after(month)) {
    board.take(db.query(rows_of_range, month, begin, last->sequence));
  }
  const auto tenants = names(db.query("SELECT number, id FROM tenant"));
  const auto licences = names(db.query("SELECT number, licence FROM item"));
  calculation_times times(db);
  std::vector<licensed_peak> made;
  made.reserve(board.all().size());
  for (const auto& one : board.all()) {
    made.push_back(
        {tenants.at(one.tenant), licences.at(one.item), one.licensed, std::max(since, times.of(one.sequence))});
  }
  return made;
}

}  // namespace

result<std::vector<licensed_peak>> licensed_peaks(database& db, instant since, instant until) {
  return reading(db, [&] { return result<std::vector<licensed_peak>>(peaks_of(db, since, until)); });
}

}  // namespace licaudit::ledger

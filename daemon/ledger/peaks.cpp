// A month's first calculation writes every number, so each month of a range stands for itself: the rows in force when
// the range begins, and the changes after them. What is licensed is the sum of the factors.
#include "daemon/ledger/peaks.hpp"

#include "daemon/ledger/reading.hpp"
#include "daemon/ledger/stored.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <utility>

namespace licaudit::ledger {

namespace {

// In the order of the table; a month is read from one end to the other.
constexpr const char* rows_of_month =
    "SELECT tenant, item, sequence, n1, flags FROM tally WHERE month = ?1 AND sequence <= ?2"
    " ORDER BY tenant, item, sequence";

std::int64_t month_after(std::int64_t yyyymm) {
  return yyyymm % 100 == 12 ? yyyymm + 89 : yyyymm + 1;
}

/// Which licence an item belongs to; licences are called by the number of their own item.
class licence_table {
 public:
  explicit licence_table(database& db) {
    std::map<std::string, std::int64_t> numbers;
    auto found = db.query("SELECT number, licence FROM item WHERE licence <> '' ORDER BY factor <> '', number");
    while (found.next()) {
      const auto known = numbers.try_emplace(std::string(found.text(1)), found.integer(0)).first;
      names_.emplace(known->second, known->first);
      of_item_.emplace(found.integer(0), known->second);
    }
  }
  /// None: the item is a tenant as a whole.
  [[nodiscard]] std::optional<std::int64_t> of(std::int64_t item) const {
    const auto known = of_item_.find(item);
    return known == of_item_.end() ? std::nullopt : std::optional(known->second);
  }
  [[nodiscard]] const std::string& name(std::int64_t licence) const { return names_.at(licence); }

 private:
  std::map<std::int64_t, std::int64_t> of_item_;
  std::map<std::int64_t, std::string> names_;
};

struct highest {
  std::int64_t licensed, sequence;
};

/// By how much a licence moved in a calculation: what is licensed, and how many of its items are shown.
struct move {
  std::int64_t sequence, licensed, shown;
};

struct month_of_licence {
  std::optional<highest> peak{};       ///< none: it was never shown
  std::optional<std::int64_t> last{};  ///< none: as the month ends it is not shown
};

/// Takes the moves of one licence in one month as they come.
month_of_licence month_of(std::vector<move>& moves) {
  std::sort(moves.begin(), moves.end(), [](const move& a, const move& b) { return a.sequence < b.sequence; });
  month_of_licence found;
  highest now{0, 0};
  std::int64_t shown = 0;
  for (auto at = moves.begin(); at != moves.end();) {
    now.sequence = at->sequence;
    for (; at != moves.end() && at->sequence == now.sequence; ++at) {
      now.licensed += at->licensed;
      shown += at->shown;
    }
    if (shown > 0 && (!found.peak || now.licensed > found.peak->licensed)) found.peak = now;
  }
  if (shown > 0) found.last = now.licensed;
  return found;
}

/// The peaks of a range whose months are read one after the other.
class peak_board {
 public:
  using place = std::pair<std::int64_t, std::int64_t>;  ///< tenant and licence

  peak_board(const licence_table& licences, std::int64_t begin) : licences_(licences), begin_(begin) {}

  void take_month(rows found) {
    lasts_.clear();  // each month has all that is shown in it
    std::int64_t tenant = 0, item = 0;
    std::vector<move>* moves = nullptr;
    move before{};
    while (found.next()) {
      if (found.integer(0) != tenant) {
        note_peaks(tenant);
        item = 0;
      }
      tenant = found.integer(0);
      if (found.integer(1) != item) {
        item = found.integer(1);
        const auto licence = licences_.of(item);
        moves = licence ? &moves_[*licence] : nullptr;
        before = {};
      }
      if (moves == nullptr) continue;
      // What is older than the range is in force when it begins.
      const move now{std::max(found.integer(2), begin_), found.integer(3), (found.integer(4) & flag_absent) == 0};
      moves->push_back({now.sequence, now.licensed - before.licensed, now.shown - before.shown});
      before = now;
    }
    note_peaks(tenant);
  }
  [[nodiscard]] const std::map<place, highest>& all() const { return peaks_; }
  [[nodiscard]] std::optional<std::int64_t> last_of(const place& of) const {
    const auto known = lasts_.find(of);
    return known == lasts_.end() ? std::nullopt : std::optional(known->second);
  }

 private:
  /// An earlier peak of the same height stands.
  void note_peaks(std::int64_t tenant) {
    for (auto& [licence, moves] : moves_) {
      const auto found = month_of(moves);
      moves.clear();
      if (found.last) lasts_[{tenant, licence}] = *found.last;
      if (!found.peak) continue;
      const auto known = peaks_.try_emplace({tenant, licence}, *found.peak).first;
      if (found.peak->licensed > known->second.licensed) known->second = *found.peak;
    }
  }

  const licence_table& licences_;
  std::int64_t begin_;                               ///< the calculation in force when the range begins
  std::map<std::int64_t, std::vector<move>> moves_;  ///< of the tenant that is read, by licence
  std::map<place, highest> peaks_;
  std::map<place, std::int64_t> lasts_;  ///< of the newest month
};

std::map<std::int64_t, std::string> tenant_names(database& db) {
  std::map<std::int64_t, std::string> made;
  auto found = db.query("SELECT number, id FROM tenant");
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

/// The month of the calculation in force when the range begins, else that of the first one there is.
std::int64_t first_month(database& db, const std::optional<calculation_mark>& first) {
  if (first) return first->month;
  auto found = db.query("SELECT month FROM calculation ORDER BY sequence LIMIT 1");
  return found.next() ? found.integer(0) : 0;
}

std::vector<licensed_peak> peaks_of(database& db, instant since, instant until) {
  const auto first = calculation_at(db, since);
  const auto last = calculation_at(db, until - std::chrono::milliseconds(1));
  if (!last) return {};
  const licence_table licences(db);
  peak_board board(licences, first ? first->sequence : 0);
  for (auto month = first_month(db, first); month <= last->month; month = month_after(month))
    board.take_month(db.query(rows_of_month, month, last->sequence));
  const auto tenants = tenant_names(db);
  calculation_times times(db);
  std::vector<licensed_peak> made;
  made.reserve(board.all().size());
  for (const auto& [place, peak] : board.all())
    made.push_back({tenants.at(place.first), licences.name(place.second), peak.licensed,
                    std::max(since, times.of(peak.sequence)), board.last_of(place)});
  return made;
}

}  // namespace

result<std::vector<licensed_peak>> licensed_peaks(database& db, instant since, instant until) {
  return reading(db, [&] { return result<std::vector<licensed_peak>>(peaks_of(db, since, until)); });
}

}  // namespace licaudit::ledger

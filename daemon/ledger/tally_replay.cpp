#include "daemon/ledger/tally_replay.hpp"

#include <utility>
#include <vector>

namespace licaudit::ledger {

namespace {

bool is_absent(const tally_row& row) {
  return (row.flags & flag_absent) != 0;
}

bool has_same_value(const tally_row& a, const tally_row& b) {
  return a.n1 == b.n1 && a.n2 == b.n2 && a.flags == b.flags;
}

/// What does not reach the Merkle root is checked here: every column has one right value for a state of the tally.
bool is_well_formed(const tally_row& row) {
  if (is_absent(row)) return row.n1 == 0 && !row.n2 && row.flags == flag_absent;
  if (row.licence.empty())
    return row.factor.empty() && !row.n2 && row.flags >= 0 && row.flags <= (flag_aggregated | flag_disabled);
  if (row.factor.empty())
    return row.n1 == 0 && row.flags >= 0 && row.flags <= static_cast<std::int64_t>(tally_state::held);
  return row.flags == 0 || row.flags == flag_on;
}

std::string name_of(const std::string& tenant, const tally_row& row) {
  return "the tally of " + tenant + (row.licence.empty() ? "" : ", " + row.licence) +
         (row.factor.empty() ? "" : "/" + row.factor);
}

}  // namespace

void tally_replay::begin_calculation(std::int64_t sequence, std::int64_t month) {
  after_gap_ = std::exchange(first_kept_, false);
  whole_month_ = month != month_;
  sequence_ = sequence;
  month_ = month;
}

std::optional<std::string> tally_replay::take(const std::string& tenant, std::int64_t item, std::int64_t month,
                                              const tally_row& row) {
  const std::string name = name_of(tenant, row);
  if (!is_well_formed(row)) return name + " has a value that is never written";
  auto& known = state_[tenant];
  const auto before = known.find(item);
  const bool was_shown = before != known.end() && !is_absent(before->second.row);
  const bool repeats = was_shown && has_same_value(before->second.row, row);
  std::optional<std::string> wrong;
  if (month != month_) wrong = name + " stands under another month";
  if (!was_shown && is_absent(row) && !after_gap_) wrong = name + " is withdrawn, but was not shown";
  if (repeats && !whole_month_) wrong = name + " stands twice without a change";
  const bool begun_before = after_gap_ && !was_shown && row.since <= sequence_;
  if (!begun_before && row.since != (repeats ? before->second.row.since : sequence_))
    wrong = name + " names a wrong beginning of its value";
  known[item] = {row, sequence_};
  touched_.insert(tenant);
  return wrong;
}

std::optional<std::string> tally_replay::missing() const {
  if (!whole_month_) return std::nullopt;
  for (const auto& [tenant, known] : state_)
    for (const auto& [item, one] : known)
      if (!is_absent(one.row) && one.written != sequence_)
        return name_of(tenant, one.row) + " is missing from the first calculation of its month";
  return std::nullopt;
}

digest tally_replay::root() {
  for (const auto& tenant : touched_) refresh(tenant);
  touched_.clear();
  return tree_.root();
}

void tally_replay::refresh(const std::string& tenant) {
  std::vector<tally_row> rows;
  bool shown = false;
  for (const auto& [item, one] : state_[tenant]) {
    rows.push_back(one.row);
    shown = shown || !is_absent(one.row);
  }
  if (shown)
    tree_.put(tenant, leaf_of(tally_of(tenant, rows)));
  else
    tree_.remove(tenant);
}

}  // namespace licaudit::ledger

#include "daemon/api/counted_subjects.hpp"

#include <algorithm>

namespace licaudit::api {

void counted_subjects::take(const dated_inventory& then, instant at) {
  std::map<place, counted_time> now;
  for (const auto& one : then.holdings) {
    if (one.factor.empty() || (!licence_.empty() && one.licence != licence_)) continue;
    const auto& who = then.subjects[one.subject];
    const auto& name = who.value.name;
    place there{name.kind, name.id, one.licence};
    counted_time made{name.kind, name.id, who.key, one.licence, one.factor, who.value.quantity, at, {}};
    if (const auto before = open_.find(there); before != open_.end()) {
      const bool same = before->second.factor == made.factor && before->second.quantity == made.quantity;
      if (same) made.from = before->second.from;
      if (same) open_.erase(before);
    }
    now.emplace(std::move(there), std::move(made));
  }
  // What is left of those before has ended, or counts otherwise from here on.
  for (auto& [there, ended] : open_) {
    ended.until = at;
    if (ended.from < ended.until) done_.push_back(std::move(ended));
  }
  open_ = std::move(now);
}

std::vector<counted_time> counted_subjects::finish(instant until) {
  for (auto& [there, one] : open_) {
    one.until = until;
    if (one.from < until) done_.push_back(std::move(one));
  }
  open_.clear();
  std::sort(done_.begin(), done_.end(), [](const counted_time& a, const counted_time& b) {
    return std::tie(a.kind, a.id, a.licence, a.from) < std::tie(b.kind, b.id, b.licence, b.from);
  });
  return std::move(done_);
}

bool may_change_holders(const ledger::history_entry& entry) {
  const auto& moved = entry.moved;
  const bool anyone = moved.users_added + moved.users_removed + moved.users_changed + moved.numbers_added +
                          moved.numbers_removed + moved.numbers_changed >
                      0;
  const bool by_clock = entry.cause.kind == "schedule" || entry.cause.kind == "sync" || entry.cause.kind == "refresh";
  return entry.changed || anyone || !by_clock;
}

}  // namespace licaudit::api

#include "daemon/api/counted_subjects.hpp"

#include <algorithm>

namespace licaudit::api {

void counted_subjects::take(const dated_inventory& then, instant at) {
  auto now = counted_in(then, at);
  compare(open_, now, at);
  open_ = std::move(now);
}

void counted_subjects::take_changes(const dated_inventory& changed, const std::vector<subject_name>& left, instant at) {
  counted_now before;
  for (const auto& one : changed.subjects) take_out(one.value.name, before);
  for (const auto& one : left) take_out(one, before);
  auto now = counted_in(changed, at);
  compare(before, now, at);
  open_.merge(now);
}

counted_subjects::counted_now counted_subjects::counted_in(const dated_inventory& then, instant at) const {
  counted_now now;
  for (const auto& one : then.holdings) {
    if (one.factor.empty() || (!licence_.empty() && one.licence != licence_)) continue;
    const auto& who = then.subjects[one.subject];
    const auto& name = who.value.name;
    now.emplace(place{name.kind, name.id, one.licence},
                counted_time{name.kind, name.id, who.key, one.licence, one.factor, who.value.quantity, at, {}});
  }
  return now;
}

void counted_subjects::compare(counted_now& before, counted_now& now, instant at) {
  for (auto& [there, one] : before) {
    const auto known = now.find(there);
    if (known != now.end() && known->second.factor == one.factor && known->second.quantity == one.quantity) {
      known->second.from = one.from;
      continue;
    }
    one.until = at;
    if (one.from < one.until) done_.push_back(std::move(one));
  }
}

void counted_subjects::take_out(const subject_name& who, counted_now& into) {
  for (auto one = open_.lower_bound(place{who.kind, who.id, ""});
       one != open_.end() && std::get<0>(one->first) == who.kind && std::get<1>(one->first) == who.id;)
    into.insert(open_.extract(one++));
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

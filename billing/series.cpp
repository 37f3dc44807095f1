#include "billing/series.hpp"

#include <algorithm>
#include <iterator>

namespace licaudit::billing {

namespace {

/// What children show, summed.
struct shown_below {
  std::int64_t acquired = 0, licensed = 0;
  std::int64_t held = 0, degraded = 0;  ///< how many of them are

  shown_below() = default;
  explicit shown_below(const observation& one)
      : acquired(one.acquired.value_or(0)),
        licensed(one.licensed),
        held(one.state == tally_state::held ? 1 : 0),
        degraded(one.state == tally_state::degraded ? 1 : 0) {}

  bool operator==(const shown_below&) const = default;
  void add(const shown_below& more, std::int64_t times) {
    acquired += times * more.acquired;
    licensed += times * more.licensed;
    held += times * more.held;
    degraded += times * more.degraded;
  }
};

struct step {
  instant at;
  std::int64_t sequence;
  shown_below before, after;
};

/// Collects the steps of one child; what it does not show counts as nothing.
class child_steps {
 public:
  child_steps(std::vector<step>& into, const part& child) : steps_(into) {
    instant end = child.when.from;
    for (const auto& one : cut(*child.values, child.when)) {
      if (one.when.from > end) move_to(end, one.value->sequence, {});
      move_to(one.when.from, one.value->sequence, shown_below(*one.value));
      end = one.when.until;
    }
    move_to(end, 0, {});
  }

 private:
  void move_to(instant at, std::int64_t sequence, const shown_below& now) {
    if (!(now == now_)) steps_.push_back({at, sequence, now_, now});
    now_ = now;
  }

  std::vector<step>& steps_;
  shown_below now_;
};

observation without(observation sum, const shown_below& children) {
  if (sum.acquired) *sum.acquired -= children.acquired;
  sum.licensed -= children.licensed;
  // Disabled it is itself, and then all under it are.
  if (sum.state == tally_state::disabled) return sum;
  // The state of a sum is that of its worst part. Where a child accounts for it, what is its own is taken for sound.
  if (sum.licensed == 0 || (sum.state == tally_state::held && children.held > 0) ||
      (sum.state == tally_state::degraded && children.degraded > 0))
    sum.state = tally_state::ok;
  return sum;
}

}  // namespace

span common(const span& one, const span& other) {
  return {std::max(one.from, other.from), std::min(one.until, other.until)};
}

std::vector<stretch> cut(const series& values, const span& range) {
  std::vector<stretch> made;
  for (auto one = values.begin(); one != values.end(); ++one) {
    const auto next = std::next(one);
    const span when = common({one->at, next == values.end() ? range.until : next->at}, range);
    if (one->shown && !when.empty()) made.push_back({when, &*one});
  }
  return made;
}

series own_share(const series& shown, const std::vector<part>& children) {
  std::vector<step> steps;
  for (const auto& child : children) child_steps(steps, child);
  std::stable_sort(steps.begin(), steps.end(), [](const step& a, const step& b) { return a.at < b.at; });
  series own;
  shown_below below;
  auto next = steps.begin();
  const auto take_steps_until = [&](instant at) {
    std::int64_t sequence = 0;
    for (; next != steps.end() && next->at <= at; ++next) {
      below.add(next->before, -1);
      below.add(next->after, 1);
      sequence = next->sequence;
    }
    return sequence;
  };
  for (auto one = shown.begin(); one != shown.end(); ++one) {
    take_steps_until(one->at);
    own.push_back(without(*one, below));
    // Where a child and its parent move against each other, the sum stands still and says nothing.
    const auto end = std::next(one) == shown.end() ? instant::max() : std::next(one)->at;
    while (next != steps.end() && next->at < end) {
      observation moved = *one;
      moved.at = next->at;
      if (const auto sequence = take_steps_until(moved.at); sequence != 0) moved.sequence = sequence;
      own.push_back(without(moved, below));
    }
  }
  return own;
}

void accept(series& values, instant from, std::int64_t quantity) {
  auto one = std::upper_bound(values.begin(), values.end(), from,
                              [](instant at, const observation& of) { return at < of.at; });
  if (one != values.begin()) --one;
  const auto is_meant = [quantity](const observation& of) {
    return of.shown && of.state == tally_state::held && of.licensed == quantity;
  };
  if (one == values.end() || !is_meant(*one)) return;
  // What was held before that stays so: it may be in the month of a sum whose clock is another one's.
  if (one->at < from) {
    auto meant = *one;
    meant.at = from;
    one = values.insert(std::next(one), meant);
  }
  for (; one != values.end() && is_meant(*one); ++one) one->accepted = true;
}

series released(const series& shown, const std::vector<span>& still_held) {
  std::vector<instant> edges;
  for (const auto& one : still_held) edges.insert(edges.end(), {one.from, one.until});
  std::sort(edges.begin(), edges.end());
  const auto is_held = [&still_held](instant at) {
    return std::any_of(still_held.begin(), still_held.end(),
                       [at](const span& one) { return one.from <= at && at < one.until; });
  };
  series made;
  for (auto one = shown.begin(); one != shown.end(); ++one) {
    made.push_back(*one);
    if (one->state != tally_state::held) continue;
    made.back().accepted = !is_held(one->at);
    const auto end = std::next(one) == shown.end() ? instant::max() : std::next(one)->at;
    for (auto edge = std::upper_bound(edges.begin(), edges.end(), one->at); edge != edges.end() && *edge < end;
         ++edge) {
      made.push_back(*one);
      made.back().at = *edge;
      made.back().accepted = !is_held(*edge);
    }
  }
  return made;
}

}  // namespace licaudit::billing

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

}  // namespace licaudit::billing

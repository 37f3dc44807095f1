#include "factors/column_answers.hpp"

#include "factors/engine.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

constexpr std::size_t answers = 5;

/// Two plugins of one name may differ, two equal regexes cannot.
bool is_same(const shared_test& a, const shared_test& b) {
  return a.is_regex && b.is_regex && a.source == b.source;
}

}  // namespace

std::uint32_t column_answers::add(const shared_test& test) {
  tests_.push_back(&test);
  given_up_.push_back(0);
  profiles_.assign(1, profile_answers(tests_.size(), answer::unknown));
  return static_cast<std::uint32_t>(tests_.size() - 1);
}

void column_answers::reach(std::size_t values) {
  if (values > profile_of_.size()) profile_of_.resize(values);
}

std::uint32_t column_answers::ask(std::uint32_t value, const std::vector<std::uint32_t>& places,
                                  const value_column& texts) {
  const auto text = texts.value(value, room_);
  auto found = profile_of(value);
  auto kept = found;
  bool any_spent = false;
  for (const auto place : places) {
    if (said(found, place) != answer::unknown) continue;
    // Once a test has given up too often, its other values fail untested, which is no answer to keep.
    const bool is_spent = given_up_[place] > most_given_up;
    const auto now = is_spent ? answer::given_up : factors::ask(*tests_[place]->test, text);
    found = with(found, place, now);
    any_spent |= is_spent;
    if (is_spent) continue;
    kept = any_spent ? with(kept, place, now) : found;
    if (now == answer::given_up) ++given_up_[place];
  }
  profile_of_.set(value, kept);
  return found;
}

std::uint32_t column_answers::with(std::uint32_t before, std::uint32_t place, answer now) {
  const auto at = (before * tests_.size() + place) * answers + static_cast<std::size_t>(now);
  if (at >= next_.size()) next_.resize(profiles_.size() * tests_.size() * answers, 0);
  if (next_[at] != 0) return next_[at];
  auto changed = profiles_[before];
  changed[place] = now;
  return next_[at] = number_of(changed);
}

std::uint32_t column_answers::number_of(const profile_answers& one) {
  const auto known = std::find(profiles_.begin(), profiles_.end(), one);
  const auto number = static_cast<std::uint32_t>(known - profiles_.begin());
  if (known == profiles_.end()) profiles_.push_back(one);
  return number;
}

void column_answers::learn_from(const column_answers& other) {
  std::vector<std::uint32_t> places;  // in the other
  for (std::size_t i = 0; i < tests_.size(); ++i) {
    const auto same = std::find_if(other.tests_.begin(), other.tests_.end(),
                                   [&](const shared_test* one) { return is_same(*one, *tests_[i]); });
    places.push_back(same == other.tests_.end() ? no_index : static_cast<std::uint32_t>(same - other.tests_.begin()));
    if (places.back() != no_index) given_up_[i] = other.given_up_[places.back()];
  }
  std::vector<std::uint32_t> numbers(other.profiles_.size());
  bool are_equal = true;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    profile_answers known;
    for (const auto place : places) known.push_back(place == no_index ? answer::unknown : other.profiles_[i][place]);
    numbers[i] = number_of(known);
    are_equal &= numbers[i] == i;
  }
  profile_of_ = other.profile_of_;
  if (are_equal) return;
  for (std::size_t value = 0; value < profile_of_.size(); ++value) {
    profile_of_.set(value, numbers[profile_of_[value]]);
  }
}

void column_answers::forget(std::uint32_t value) {
  if (value >= profile_of_.size()) return;
  for (std::uint32_t place = 0; place < tests_.size(); ++place) {
    if (said(profile_of(value), place) == answer::given_up) --given_up_[place];
  }
  profile_of_.set(value, 0);
}

}  // namespace licaudit::factors

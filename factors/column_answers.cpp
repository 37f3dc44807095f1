#include "factors/column_answers.hpp"

#include "factors/engine.hpp"
#include "factors/pattern.hpp"
#include "factors/plain_pattern.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

/// Two plugins of one name may differ, two equal regexes cannot.
bool is_same(const shared_test& a, const shared_test& b) {
  return a.is_regex && b.is_regex && a.source == b.source;
}

}  // namespace

class column_answers::asked_text {
 public:
  asked_text(const value_column& texts, std::uint32_t value, std::string& room)
      : texts_(texts), value_(value), room_(room), signs_(texts.signs(value)) {
    // How long it is when unpacked is to be seen then.
    if (signs_ && signs_->size() * longest_sign > longest_text) signs_.reset();
  }

  [[nodiscard]] answer said_by(const column_test& test) {
    if (signs_ && test.in_signs) return test.in_signs->matches(*signs_) ? answer::yes : answer::no;
    if (!text_) text_ = texts_.value(value_, room_);
    return factors::ask(*test.of->test, *text_);
  }

 private:
  const value_column& texts_;
  std::uint32_t value_;
  std::string& room_;
  std::optional<sign_text> signs_;
  std::optional<std::string_view> text_;
};

std::uint32_t column_answers::add(const shared_test& test) {
  const auto plain = test.is_regex ? plain_pattern::recognise(test.source) : std::nullopt;
  tests_.push_back({&test, plain ? plain->in_signs() : std::nullopt});
  given_up_.push_back(0);
  profiles_.assign(1, profile_answers(tests_.size(), answer::unknown));
  return static_cast<std::uint32_t>(tests_.size() - 1);
}

void column_answers::reach(std::size_t values) {
  if (values > profile_of_.size()) profile_of_.resize(values);
}

std::uint32_t column_answers::ask(std::uint32_t value, const std::vector<std::uint32_t>& places,
                                  const value_column& texts) {
  asked_text text(texts, value, room_);
  const auto before = profile_of(value);
  auto found = before, kept = before;
  news latest, to_keep;
  for (const auto place : places) {
    if (said(before, place) != answer::unknown) continue;
    if (place / places_at_once != latest.part) {
      found = with(found, latest);
      kept = with(kept, to_keep);
      latest = to_keep = {place / places_at_once, 0};
    }
    // Once a test has given up too often, its other values fail untested, which is no answer to keep.
    const bool is_spent = given_up_[place] > most_given_up;
    const auto now = is_spent ? answer::given_up : text.said_by(tests_[place]);
    latest.add(place, now);
    if (is_spent) continue;
    to_keep.add(place, now);
    if (now == answer::given_up) ++given_up_[place];
  }
  const bool is_all = found == kept && latest.said == to_keep.said;
  found = with(found, latest);
  profile_of_.set(value, is_all ? found : with(kept, to_keep));
  return found;
}

std::uint32_t column_answers::with(std::uint32_t before, const news& of) {
  if (of.said == 0) return before;
  const auto parts = (tests_.size() + places_at_once - 1) / places_at_once;
  const auto at = before * parts + of.part;
  if (at >= rows_.size()) rows_.resize(profiles_.size() * parts, no_index);
  if (rows_[at] == no_index) {
    rows_[at] = static_cast<std::uint32_t>(next_.size());
    next_.resize(next_.size() + all_news, no_index);
  }
  auto& next = next_[rows_[at] + of.said];
  if (next != no_index) return next;
  auto changed = profiles_[before];
  auto rest = of.said;
  for (auto place = of.part * places_at_once; rest != 0; ++place, rest /= answers) {
    if (const auto now = rest % answers; now != 0) changed[place] = static_cast<answer>(now);
  }
  return next = number_of(changed);
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
                                   [&](const column_test& one) { return is_same(*one.of, *tests_[i].of); });
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

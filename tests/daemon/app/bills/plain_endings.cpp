#include "plain_endings.hpp"

namespace licaudit::app {

namespace {

void add(std::optional<amount>& to, std::int64_t millionths) {
  to = amount{to.value_or(amount{}).millionths + millionths};
}

std::string text_of(const std::optional<amount>& value) {
  return value ? licaudit::to_text(*value) : "none";
}

}  // namespace

std::vector<std::string> to_texts(const plain_ending& of) {
  auto made = of.corrections;
  for (const auto& [licence, quantity] : of.charged) made.push_back("charged: " + licence + ' ' + text_of(quantity));
  return made;
}

std::string to_text(const plain_correction& one, const std::optional<amount>& was) {
  return one.tenant + ": " + one.licence + " from " + text_of(was) + " to " + std::to_string(one.quantity);
}

std::map<std::string, plain_ending> endings_of(const plain_bills& bills, const plain_sheets& sheets) {
  std::map<std::string, plain_ending> made;
  for (const auto& [tenant, lines] : sheets) {
    auto& all = made[tenant].charged;
    for (const auto& line : lines) {
      auto& quantity = all[line.licence];
      if (line.quantity) add(quantity, line.quantity->millionths);
    }
  }
  for (const auto& one : bills.corrected()) {
    auto& own = made[one.tenant].charged[one.licence];
    const auto was = own;
    own = whole_amount(one.quantity);
    made[one.tenant].corrections.push_back(to_text(one, was));
    for (const auto& above : bills.sums_of(one.tenant, one.licence)) {
      add(made[above].charged[one.licence], own->millionths - was.value_or(amount{}).millionths);
      made[above].corrections.push_back(to_text(one, was));
    }
  }
  return made;
}

}  // namespace licaudit::app

#include "factors/value_column.hpp"

#include "factors/pattern.hpp"

#include <algorithm>
#include <cstring>

namespace licaudit::factors {
namespace {

/// No text begins with it, except one that is written as a list for that reason.
constexpr char list_mark = '\0';
using length = std::uint32_t;

answer ask_one(const value_test& test, std::string_view text) {
  switch (test.test(text)) {
    case verdict::no:
      return answer::no;
    case verdict::yes:
      return answer::yes;
    case verdict::failed:
      break;
  }
  return text.size() > longest_text ? answer::too_long : answer::given_up;
}

}  // namespace

std::string value_text(const field_value& value) {
  if (value.empty()) return {};
  if (value.size() == 1 && !value.front().starts_with(list_mark)) return value.front();
  std::string text(1, list_mark);
  for (const auto& one : value) {
    const auto size = static_cast<length>(one.size());
    text.append(reinterpret_cast<const char*>(&size), sizeof size).append(one);
  }
  return text;
}

answer ask(const value_test& test, std::string_view value) {
  if (!value.starts_with(list_mark)) return ask_one(test, value);
  auto found = answer::no;
  for (std::size_t at = 1; at < value.size();) {
    length size = 0;
    std::memcpy(&size, value.data() + at, sizeof size);
    const auto one = ask_one(test, value.substr(at + sizeof size, size));
    if (one == answer::yes) return one;
    found = std::max(found, one);
    at += sizeof size + size;
  }
  return found;
}

std::string_view value_column::storage::value(std::uint32_t number) const {
  const auto& one = entries[number];
  return std::string_view(bytes).substr(one.at, one.size);
}

value_column::value_column()
    : storage_(std::make_unique<storage>()), index_(0, hash{storage_.get()}, equal{storage_.get()}) {}

std::string_view value_column::value(std::uint32_t number) const {
  return storage_->value(number);
}

std::uint32_t value_column::take(std::string_view value) {
  const auto known = index_.find(value);
  if (known != index_.end()) {
    ++storage_->entries[*known].users;
    return *known;
  }
  const entry made{storage_->bytes.size(), static_cast<std::uint32_t>(value.size()), 1};
  storage_->bytes += value;
  auto number = static_cast<std::uint32_t>(storage_->entries.size());
  if (free_.empty()) {
    storage_->entries.push_back(made);
  } else {
    number = free_.back();
    free_.pop_back();
    storage_->entries[number] = made;
  }
  index_.insert(number);
  return number;
}

bool value_column::give_back(std::uint32_t number) {
  auto& one = storage_->entries[number];
  if (--one.users > 0) return false;
  index_.erase(number);
  free_.push_back(number);
  wasted_ += one.size;
  one.size = 0;
  if (wasted_ > 65536 && wasted_ > storage_->bytes.size() / 2) compact();
  return true;
}

void value_column::compact() {
  std::string kept;
  kept.reserve(storage_->bytes.size() - wasted_);
  for (auto& one : storage_->entries) {
    const auto at = kept.size();
    kept.append(storage_->bytes, one.at, one.size);
    one.at = at;
  }
  storage_->bytes = std::move(kept);
  wasted_ = 0;
}

}  // namespace licaudit::factors

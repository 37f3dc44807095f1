#include "factors/value_column.hpp"

#include "factors/pattern.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

namespace licaudit::factors {
namespace {

using length = std::uint32_t;

void append(std::string_view text, std::string& list) {
  const auto size = static_cast<length>(text.size());
  list.append(reinterpret_cast<const char*>(&size), sizeof size).append(text);
}

std::uint64_t hash_of(std::string_view text) {
  return std::hash<std::string_view>()(text);
}

}  // namespace

std::string_view value_text(const field_value& value, std::string& room) {
  if (value.empty()) return {};
  if (value.size() == 1) return value_text(value.front(), room);
  room.assign(1, list_mark);
  for (const auto& one : value) append(one, room);
  return room;
}

std::string_view value_text(std::span<const field_text> texts, std::string& room) {
  if (texts.empty()) return {};
  if (texts.size() == 1) return value_text(texts.front().text, room);
  room.assign(1, list_mark);
  for (const auto& one : texts) append(one.text, room);
  return room;
}

std::string_view value_text(std::string_view text, std::string& room) {
  if (!text.starts_with(list_mark)) return text;
  room.assign(1, list_mark);
  append(text, room);
  return room;
}

std::string_view next_of_list(std::string_view& rest) {
  length size = 0;
  std::memcpy(&size, rest.data(), sizeof size);
  const auto text = rest.substr(sizeof size, size);
  rest.remove_prefix(sizeof size + size);
  return text;
}

answer ask(const value_test& test, std::string_view value) {
  return ask_each(value, [&](std::string_view text) {
    switch (test.test(text)) {
      case verdict::no:
        return answer::no;
      case verdict::yes:
        return answer::yes;
      case verdict::failed:
        break;
    }
    return text.size() > longest_text ? answer::too_long : answer::given_up;
  });
}

std::uint32_t value_column::take(std::string_view value) {
  const auto bytes = packed(value, room_);
  const auto known = numbers_.find(hash_of(bytes), [&](std::uint32_t number) { return kept(number) == bytes; });
  if (known != number_index::nothing) {
    users_.set(known, users_[known] + 1);
    return known;
  }
  auto number = static_cast<std::uint32_t>(size());
  if (free_.empty()) {
    for (auto* one : {&begins_, &users_}) one->push_back(0);
  } else {
    number = free_.back();
    free_.pop_back();
  }
  begins_.set(number, bytes_.size());
  users_.set(number, 1);
  keep(bytes);
  numbers_.insert(number, [&](std::uint32_t one) { return hash_of(kept(one)); });
  return number;
}

bool value_column::give_back(std::uint32_t number) {
  users_.set(number, users_[number] - 1);
  if (users_[number] > 0) return false;
  numbers_.erase(number, hash_of(kept(number)));
  free_.push_back(number);
  wasted_ += room_for(kept(number).size());
  if (wasted_ > 65536 && wasted_ > bytes_.size() / 2) compact();
  return true;
}

void value_column::keep(std::string_view packed) {
  const auto size = static_cast<std::uint32_t>(packed.size());
  bytes_ += static_cast<char>(size < long_size ? size : long_size);
  if (size >= long_size) bytes_.append(reinterpret_cast<const char*>(&size), sizeof size);
  bytes_ += packed;
}

void value_column::compact() {
  const auto old = std::exchange(bytes_, {});
  bytes_.reserve(old.size() - wasted_);
  for (std::uint32_t number = 0; number < size(); ++number) {
    if (users_[number] == 0) continue;
    const auto value = kept_at(old.data() + begins_[number]);
    begins_.set(number, bytes_.size());
    keep(value);
  }
  wasted_ = 0;
}

}  // namespace licaudit::factors

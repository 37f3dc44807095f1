#include "model/json.hpp"

#include <algorithm>
#include <cmath>

namespace licaudit {

namespace {

/// JSON has one kind of number: 5, 5.0 and 5e0 are the same whole number.
std::optional<std::int64_t> whole_number(const json::value& value) {
  if (const auto* number = value.if_int64()) return *number;
  if (const auto* number = value.if_double()) {
    constexpr double exact = 9007199254740992.0;  // 2^53: above, doubles skip whole numbers
    if (std::abs(*number) <= exact && std::trunc(*number) == *number) return static_cast<std::int64_t>(*number);
  }
  return std::nullopt;
}

std::optional<double> any_number(const json::value& value) {
  if (const auto* number = value.if_double()) return *number;
  if (const auto* number = value.if_int64()) return static_cast<double>(*number);
  if (const auto* number = value.if_uint64()) return static_cast<double>(*number);
  return std::nullopt;
}

}  // namespace

json_reader::json_reader(const json::value& value, std::string_view what) : object_(value.if_object()), what_(what) {
  if (object_ == nullptr) {
    wrong_ = failure{errc::malformed, what_ + ": expected a map, found " + description_of(value)};
  }
}

const json::value* json_reader::take(std::string_view key) {
  asked_.emplace_back(key);
  return object_ == nullptr ? nullptr : object_->if_contains(key);
}

bool json_reader::has(std::string_view key) {
  return take(key) != nullptr;
}

std::string json_reader::text(std::string_view key) {
  const auto* value = take(key);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  if (text != nullptr) return std::string(*text);
  refuse(key, "a text");
  return {};
}

std::string json_reader::optional_text(std::string_view key, std::string_view otherwise) {
  const auto* value = take(key);
  if (value == nullptr || value->is_null()) return std::string(otherwise);
  return text(key);
}

std::int64_t json_reader::integer(std::string_view key) {
  const auto* value = take(key);
  const auto number = value == nullptr ? std::nullopt : whole_number(*value);
  if (!number) refuse(key, "a whole number");
  return number.value_or(0);
}

std::optional<std::int64_t> json_reader::optional_integer(std::string_view key) {
  const auto* value = take(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  const auto number = whole_number(*value);
  if (!number) refuse(key, "a whole number");
  return number;
}

std::optional<double> json_reader::optional_number(std::string_view key) {
  const auto* value = take(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  const auto number = any_number(*value);
  if (!number) refuse(key, "a number");
  return number;
}

bool json_reader::optional_flag(std::string_view key, bool otherwise) {
  const auto* value = take(key);
  if (value == nullptr || value->is_null()) return otherwise;
  if (const auto* flag = value->if_bool()) return *flag;
  refuse(key, "true or false");
  return otherwise;
}

const json::object* json_reader::optional_object(std::string_view key) {
  const auto* value = take(key);
  if (value == nullptr || value->is_null()) return nullptr;
  const auto* object = value->if_object();
  if (object == nullptr) refuse(key, "a map");
  return object;
}

const json::array* json_reader::optional_array(std::string_view key) {
  const auto* value = take(key);
  if (value == nullptr || value->is_null()) return nullptr;
  const auto* array = value->if_array();
  if (array == nullptr) refuse(key, "a list");
  return array;
}

const json::value* json_reader::optional_value(std::string_view key) {
  return take(key);
}

void json_reader::refuse(std::string_view key, std::string_view expected) {
  if (wrong_) return;
  const auto* found = object_->if_contains(key);
  wrong_ = failure{errc::malformed, what_ + ": " + std::string(key) + ": expected " + std::string(expected) +
                                        ", found " + (found == nullptr ? "nothing" : description_of(*found))};
}

std::optional<failure> json_reader::finish() {
  if (wrong_ || others_allowed_) return wrong_;
  std::sort(asked_.begin(), asked_.end());
  asked_.erase(std::unique(asked_.begin(), asked_.end()), asked_.end());
  for (const auto& member : *object_) {
    if (std::binary_search(asked_.begin(), asked_.end(), std::string_view(member.key()))) continue;
    std::string known;
    for (const auto& key : asked_) known += (known.empty() ? "" : ", ") + key;
    return failure{errc::malformed, what_ + ": unknown key " + description_of(json::value(member.key())) +
                                        "; known are " + (known.empty() ? "none" : known)};
  }
  return std::nullopt;
}

}  // namespace licaudit

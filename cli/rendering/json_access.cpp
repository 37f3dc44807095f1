#include "cli/rendering/json_access.hpp"

#include <charconv>
#include <limits>

namespace licaudit::cli::rendering {

namespace {

const json::value* child(const json::value& from, std::string_view name) {
  if (const auto* object = from.if_object()) return object->if_contains(name);
  const auto* array = from.if_array();
  std::size_t index = 0;
  const auto end = name.data() + name.size();
  if (array == nullptr || std::from_chars(name.data(), end, index).ptr != end) return nullptr;
  return array->if_contains(index);
}

}  // namespace

const json::value* value_at(const json::value& from, std::string_view path) {
  const json::value* value = &from;
  while (value != nullptr && !path.empty()) {
    const auto dot = path.find('.');
    value = child(*value, path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return value;
}

const json::value* value_at(const json::object& from, std::string_view path) {
  const auto dot = path.find('.');
  const auto* first = from.if_contains(path.substr(0, dot));
  if (first == nullptr || dot == std::string_view::npos) return first;
  return value_at(*first, path.substr(dot + 1));
}

std::optional<std::int64_t> as_integer(const json::value& value) {
  if (value.is_int64()) return value.get_int64();
  if (value.is_uint64() && value.get_uint64() <= std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
    return static_cast<std::int64_t>(value.get_uint64());
  }
  return std::nullopt;
}

namespace {

const json::array& list_or_empty(const json::value* value) {
  static const json::array nothing;
  return value != nullptr && value->is_array() ? value->get_array() : nothing;
}

}  // namespace

const json::array& elements(const json::value& from, std::string_view path) {
  return list_or_empty(value_at(from, path));
}

const json::array& elements(const json::object& from, std::string_view path) {
  return list_or_empty(value_at(from, path));
}

const json::object& as_object(const json::value& value) {
  static const json::object nothing;
  return value.is_object() ? value.get_object() : nothing;
}

}  // namespace licaudit::cli::rendering

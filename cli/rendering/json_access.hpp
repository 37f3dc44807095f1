#pragma once

#include "model/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::cli::rendering {

// Reading an answer that may come from a newer or older daemon: what is absent or of another type reads as nothing,
// never as an error, because half a page at three in the morning is better than none. Paths are `last_run.state`,
// `from.0`.

/// nullptr if the path leads nowhere.
[[nodiscard]] const json::value* value_at(const json::value& from, std::string_view path);
[[nodiscard]] const json::value* value_at(const json::object& from, std::string_view path);

/// Empty if absent, null or no text.
template <class From>
[[nodiscard]] std::string_view text_at(const From& from, std::string_view path) {
  const auto* value = value_at(from, path);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

[[nodiscard]] std::optional<std::int64_t> as_integer(const json::value& value);

template <class From>
[[nodiscard]] std::optional<std::int64_t> integer_at(const From& from, std::string_view path) {
  const auto* value = value_at(from, path);
  return value == nullptr ? std::nullopt : as_integer(*value);
}

template <class From>
[[nodiscard]] bool flag_at(const From& from, std::string_view path, bool otherwise) {
  const auto* value = value_at(from, path);
  return value != nullptr && value->is_bool() ? value->get_bool() : otherwise;
}

/// The list at a path; an empty one if there is none.
[[nodiscard]] const json::array& elements(const json::value& from, std::string_view path);
[[nodiscard]] const json::array& elements(const json::object& from, std::string_view path);

/// The object itself; an empty one for any other value.
[[nodiscard]] const json::object& as_object(const json::value& value);

}  // namespace licaudit::cli::rendering

#pragma once

#include "model/instant.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

namespace licaudit::api {

/// Writes JSON by appending, because an answer is bytes and not a document (architecture.md): commas come by
/// themselves, the order of members is that of the calls.
class json_text {
 public:
  explicit json_text(std::size_t expected_bytes = usual_bytes) { out_.reserve(expected_bytes); }

  json_text& begin_object() { return open('{'); }
  json_text& end_object() { return close('}'); }
  json_text& begin_array() { return open('['); }
  json_text& end_array() { return close(']'); }
  json_text& key(std::string_view name);

  json_text& add(std::string_view text);
  json_text& add(const char* text) { return add(std::string_view(text)); }
  json_text& add(std::nullptr_t) { return raw("null"); }
  json_text& add(instant at) { return add(to_rfc3339(at)); }
  json_text& add(const std::vector<std::string>& texts);

  /// Exactly bool or an integer: no pointer becomes `true` by conversion.
  template <class T>
  std::enable_if_t<std::is_integral_v<T>, json_text&> add(T value) {
    if constexpr (std::is_same_v<T, bool>) {
      return raw(value ? "true" : "false");
    } else {
      std::array<char, 24> digits;  // the longest has 20
      const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
      return raw({digits.data(), static_cast<std::size_t>(written.ptr - digits.data())});
    }
  }
  template <class T>
  json_text& add(const std::optional<T>& value) {
    return value ? add(*value) : raw("null");
  }

  template <class T>
  json_text& member(std::string_view name, const T& value) {
    return key(name).add(value);
  }
  /// Null where the text is empty: absent, not blank.
  json_text& text_or_null(std::string_view name, std::string_view text);

  /// JSON as it stands.
  json_text& raw(std::string_view json);

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  json_text& open(char bracket);
  json_text& close(char bracket);
  void separate();

  static constexpr std::size_t usual_bytes = 2048;  ///< of a licence page

  std::string out_;
};

}  // namespace licaudit::api

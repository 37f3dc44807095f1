#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace licaudit::sync {

/// UTF-8 without control characters other than line feed and tab; whatever else there is becomes `?`. What a foreign
/// program says goes into JSON, logs and terminals.
[[nodiscard]] std::string printable(std::string_view text);

/// The last words of a child, of which it may have many.
class stderr_tail {
 public:
  static constexpr std::size_t cap_bytes = 4096;

  void add(std::string_view bytes);

  /// Printable, at most `cap_bytes`.
  [[nodiscard]] std::string text() const;

 private:
  std::string kept_;
};

/// The last line that is not blank, without blanks around it.
[[nodiscard]] std::string_view last_line(std::string_view text);

}  // namespace licaudit::sync

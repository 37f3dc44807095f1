#pragma once

#include "model/record.hpp"
#include "plugins/sdk/record_writer.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::test {

/// What a source printed, read back as the daemon would.
struct captured_run {
  std::string problem;  ///< why the source failed; empty if it did not
  std::string text;     ///< as printed
  std::vector<subject> subjects;
  std::vector<left_out_record> left_out;
  bool complete = false;  ///< a run of the protocol from begin to end, without faulty records
  bool delta = false;
  std::string cursor;

  [[nodiscard]] const subject* find(std::string_view id) const;

  /// The one text of a field, the texts of a list with `|` between them, or nothing.
  [[nodiscard]] std::string field(std::string_view id, std::string_view name) const;

  /// `reason=count` for each, with a blank between them.
  [[nodiscard]] std::string left_out_text() const;
};

[[nodiscard]] captured_run capture(const std::function<result<void>(sdk::record_writer&)>& source);

/// The same of text that was printed already.
[[nodiscard]] captured_run capture_text(std::string text);

}  // namespace licaudit::test

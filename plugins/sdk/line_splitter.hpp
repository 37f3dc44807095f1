#pragma once

#include "model/result.hpp"
#include "plugins/sdk/protocol.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::sdk {

/// A complete line without its line feed, and which one it is, from 1.
struct numbered_line {
  std::string_view text;
  std::int64_t number = 0;
};

/// Cuts a stream of bytes into lines, without I/O and without copying lines that arrive whole.
class line_splitter {
 public:
  explicit line_splitter(std::size_t line_cap = max_line_bytes) : line_cap_(line_cap) {}

  /// The next bytes of the stream; they must stay where they are until `next` gives nothing. Only then may more be fed.
  void feed(std::string_view bytes);

  /// The next line, or nothing if more bytes are needed. The text is good until the next call. errc::malformed names
  /// the line that is too long, as soon as it is; the splitter is of no use after that.
  [[nodiscard]] result<std::optional<numbered_line>> next();

  /// What came after the last line feed, once the stream has ended: half a line, or nothing.
  [[nodiscard]] std::optional<numbered_line> unfinished() const;

  /// How many lines were handed out.
  [[nodiscard]] std::int64_t lines() const { return lines_; }

 private:
  std::size_t line_cap_;
  std::int64_t lines_ = 0;
  std::string_view fed_;
  std::string carried_;  ///< the beginning of a line whose end is not there yet
  std::string joined_;   ///< a line that was handed out from `carried_`
};

/// `line 17`
[[nodiscard]] std::string line_name(std::int64_t number);

}  // namespace licaudit::sdk

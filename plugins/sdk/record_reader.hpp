#pragma once

#include "model/result.hpp"
#include "plugins/sdk/line_splitter.hpp"
#include "plugins/sdk/parse_record.hpp"
#include "plugins/sdk/stream_protocol.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace licaudit::sdk {

/// A record and the line it stood on.
struct numbered_record {
  parsed_record content;
  std::int64_t line = 0;
};

/// The stream of a source as records, without I/O: line_splitter, parse_record and stream_protocol in a row. Failures
/// are errc::malformed, begin with the line's number where there is one, and end the run: the reader is of no use after
/// that.
///
///     reader.feed(bytes);
///     for (auto next = reader.next(); ; next = reader.next()) { if (!next) fail; if (!*next) break; use(**next); }
///     ... at the end of the stream: reader.finish()
class record_reader {
 public:
  /// The next bytes; they must stay where they are until `next` gives nothing. Only then may more be fed.
  void feed(std::string_view bytes) { lines_.feed(bytes); }

  /// The next record, or nothing if more bytes are needed.
  [[nodiscard]] result<std::optional<numbered_record>> next();

  /// Once the stream has ended: fails if a last line is half, the end is missing, or nothing came at all.
  [[nodiscard]] result<void> finish() const;

  [[nodiscard]] const stream_protocol& protocol() const { return protocol_; }

 private:
  line_splitter lines_;
  stream_protocol protocol_;
};

/// The failure with `line 17: ` before its text.
[[nodiscard]] failure at_line(std::int64_t number, const failure& error);

/// What is wrong with a stream that has ended: a half line, or what the protocol misses. For who splits and parses
/// himself.
[[nodiscard]] result<void> finish_stream(const line_splitter& lines, const stream_protocol& protocol);

}  // namespace licaudit::sdk

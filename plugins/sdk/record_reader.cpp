#include "plugins/sdk/record_reader.hpp"

#include <utility>

namespace licaudit::sdk {

failure at_line(std::int64_t number, const failure& error) {
  return {error.code, line_name(number) + ": " + error.detail};
}

result<std::optional<numbered_record>> record_reader::next() {
  auto line = lines_.next();
  if (!line) return line.error();
  if (!*line) return std::optional<numbered_record>();
  auto content = parse_record((*line)->text);
  if (!content) return at_line((*line)->number, content.error());
  if (auto allowed = protocol_.take(*content); !allowed) return at_line((*line)->number, allowed.error());
  return std::optional(numbered_record{std::move(*content), (*line)->number});
}

result<void> record_reader::finish() const {
  return finish_stream(lines_, protocol_);
}

result<void> finish_stream(const line_splitter& lines, const stream_protocol& protocol) {
  if (const auto half = lines.unfinished()) {
    return at_line(half->number, {errc::malformed, "cut off; every line, the last one too, ends with a line feed"});
  }
  auto complete = protocol.finish();
  if (!complete && lines.lines() > 0) return at_line(lines.lines(), complete.error());
  return complete;
}

}  // namespace licaudit::sdk

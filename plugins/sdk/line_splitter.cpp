#include "plugins/sdk/line_splitter.hpp"

#include <cassert>
#include <utility>

namespace licaudit::sdk {

namespace {

failure too_long(std::int64_t number, std::size_t cap) {
  return {errc::malformed, line_name(number) + ": longer than " + std::to_string(cap) +
                               " bytes, the most that a line may have; write one JSON object a line"};
}

}  // namespace

std::string line_name(std::int64_t number) {
  return "line " + std::to_string(number);
}

void line_splitter::feed(std::string_view bytes) {
  assert(fed_.empty());
  fed_ = bytes;
}

result<std::optional<numbered_line>> line_splitter::next() {
  const auto end = fed_.find('\n');
  const auto piece = fed_.substr(0, end);
  if (carried_.size() + piece.size() > line_cap_) return too_long(lines_ + 1, line_cap_);
  if (end == std::string_view::npos) {
    carried_.append(piece);
    fed_ = {};
    return std::optional<numbered_line>();
  }
  fed_.remove_prefix(end + 1);
  ++lines_;
  if (carried_.empty()) return std::optional(numbered_line{piece, lines_});
  carried_.append(piece);
  joined_.swap(carried_);
  carried_.clear();
  return std::optional(numbered_line{joined_, lines_});
}

std::optional<numbered_line> line_splitter::unfinished() const {
  if (carried_.empty()) return std::nullopt;
  return numbered_line{carried_, lines_ + 1};
}

}  // namespace licaudit::sdk

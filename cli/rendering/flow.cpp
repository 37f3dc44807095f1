#include "cli/rendering/flow.hpp"

#include "cli/rendering/display_width.hpp"

#include <algorithm>

namespace licaudit::cli::rendering {

namespace {

constexpr std::size_t indent = 2;

}  // namespace

flow& flow::add(std::string text, std::size_t gap, colour tint) {
  if (!text.empty()) parts_.push_back({std::move(text), parts_.empty() ? 0 : gap, tint});
  return *this;
}

flow& flow::add_ending_at(std::size_t end, std::string text) {
  constexpr std::size_t least_gap = 3;
  const auto used = width() + display_width(text);
  const auto gap = used + least_gap <= end ? end - used : least_gap;
  return add(std::move(text), gap);
}

std::size_t flow::width() const {
  std::size_t columns = 0;
  for (const auto& one : parts_) columns += one.gap + display_width(one.text);
  return columns;
}

std::string flow::text(const view& as) const {
  std::string text;
  std::size_t used = 0;
  for (const auto& [content, gap, tint] : parts_) {
    const auto width = display_width(content);
    if (!as.width || used + gap + width <= *as.width) {
      text += std::string(gap, ' ') + as.painted(tint, content);
      used += gap + width;
      continue;
    }
    const auto margin = std::min(indent, *as.width - 1);
    for (const auto& line : wrapped(content, *as.width - margin)) {
      if (used > 0) text += '\n' + std::string(margin, ' ');
      text += as.painted(tint, line);
      used = margin + display_width(line);
    }
  }
  return text += '\n';
}

}  // namespace licaudit::cli::rendering

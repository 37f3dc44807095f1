#include "cli/rendering/table.hpp"

#include "cli/rendering/display_width.hpp"

#include <algorithm>

namespace licaudit::cli::rendering {

namespace {

/// Below this a cut text says nothing any more.
constexpr std::size_t narrowest = 6;

std::size_t total(const std::vector<table_column>& columns, const std::vector<std::size_t>& widths) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) sum += (i == 0 ? 0 : columns[i].gap) + widths[i];
  return sum;
}

/// Takes the room that is missing from the widest columns first, so that short ones stay whole.
void shrink(const std::vector<table_column>& columns, std::vector<std::size_t>& widths, std::size_t limit) {
  while (total(columns, widths) > limit) {
    std::size_t* widest = nullptr;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i].shrinks || widths[i] <= narrowest) continue;
      if (widest == nullptr || widths[i] > *widest) widest = &widths[i];
    }
    if (widest == nullptr) return;
    --*widest;
  }
}

}  // namespace

std::vector<std::size_t> table::widths(const view& as) const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    auto width = std::max(columns_[i].least, as.headings ? display_width(columns_[i].heading) : 0);
    for (const auto& row : rows_) width = std::max(width, display_width(row[i].text));
    widths.push_back(width);
  }
  if (as.width) shrink(columns_, widths, *as.width);
  return widths;
}

std::string table::line(const std::vector<cell>& cells, const std::vector<std::size_t>& widths, const view& as) const {
  std::string text;
  std::size_t used = 0;
  std::string blanks;  // written only when something follows, so that no line ends in blanks
  for (std::size_t i = 0; i < cells.size(); ++i) {
    blanks.append(i == 0 ? 0 : columns_[i].gap, ' ');
    if (as.width && used + blanks.size() >= *as.width)
      break;  // even the narrowest columns are too much for this screen
    auto room = widths[i];
    if (as.width) room = std::min(room, *as.width - used - blanks.size());
    const auto shown = shortened(cells[i].text, room);
    const auto padding = room - std::min(room, display_width(shown));
    if (columns_[i].aligned == side::right) blanks.append(padding, ' ');
    if (!shown.empty()) {
      text += blanks + as.painted(cells[i].tint, shown);
      used += blanks.size() + display_width(shown);
      blanks.clear();
    }
    if (columns_[i].aligned == side::left) blanks.append(padding, ' ');
  }
  return text += '\n';
}

std::string table::text(const view& as) const {
  const auto columns = widths(as);
  std::string text;
  if (as.headings) {
    std::vector<cell> headings;
    for (const auto& column : columns_) headings.push_back({column.heading, colour::bold});
    text += line(headings, columns, as);
  }
  for (const auto& row : rows_) text += line(row, columns, as);
  return text;
}

}  // namespace licaudit::cli::rendering

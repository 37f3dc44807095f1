#pragma once

#include "cli/rendering/view.hpp"

#include <string>
#include <vector>

namespace licaudit::cli::rendering {

enum class side { left, right };

/// `gap` blanks stand before the column; `least` keeps a column as wide on a small page as on a large one.
struct table_column {
  std::string heading;
  side aligned = side::left;
  std::size_t gap = 2;
  std::size_t least = 0;
  bool shrinks = true;  ///< may be cut with an ellipsis where the terminal is narrow
};

/// `text` is printable already.
struct cell {
  std::string text;
  colour tint = colour::plain;
};

/// Cells in columns, aligned by what they take on the screen, and never wider than it.
class table {
 public:
  explicit table(std::vector<table_column> columns) : columns_(std::move(columns)) {}

  /// As many cells as columns.
  void add_row(std::vector<cell> row) { rows_.push_back(std::move(row)); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  /// Lines with their line ends.
  [[nodiscard]] std::string text(const view& as) const;

 private:
  [[nodiscard]] std::vector<std::size_t> widths(const view& as) const;
  [[nodiscard]] std::string line(const std::vector<cell>& cells, const std::vector<std::size_t>& widths,
                                 const view& as) const;

  std::vector<table_column> columns_;
  std::vector<std::vector<cell>> rows_;
};

}  // namespace licaudit::cli::rendering

#pragma once

#include "cli/rendering/view.hpp"

#include <string>
#include <vector>

namespace licaudit::cli::rendering {

/// A line of parts that stay whole: what does not fit into the terminal goes to the next line, indented. A part that is
/// longer than a whole line is broken at its blanks.
class flow {
 public:
  /// `gap` blanks stand before it, unless it begins a line. An empty part is left out. `text` is printable already.
  flow& add(std::string text, std::size_t gap = 3, colour tint = colour::plain);

  /// With the blanks before the last part that make the line end at `end`, if there is room for that.
  flow& add_ending_at(std::size_t end, std::string text);

  [[nodiscard]] std::size_t width() const;

  /// One line, or several, with their line ends.
  [[nodiscard]] std::string text(const view& as) const;

 private:
  struct part {
    std::string text;
    std::size_t gap;
    colour tint;
  };
  std::vector<part> parts_;
};

}  // namespace licaudit::cli::rendering

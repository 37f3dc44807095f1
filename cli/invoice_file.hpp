#pragma once

#include "cli/outcome.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace licaudit::cli {

/// One line of a vendor's invoice.
struct invoice_line {
  std::string contract, licence;
  std::int64_t millionths = 0;  ///< the quantity: an exact decimal of at most six places
  std::int64_t line = 0;        ///< where it stands in the file
};

/// A delimited text in UTF-8 (comma or semicolon) with the columns contract, licence and quantity, in any order and
/// among others. A quantity is digits with at most six decimals: a sign of a currency or of thousands is refused, with
/// line and column, since nobody can tell what `1.000` means. `name` is that of the file, for messages.
[[nodiscard]] outcome<std::vector<invoice_line>> read_invoice(const std::string& text, const std::string& name);

/// The same from a file.
[[nodiscard]] outcome<std::vector<invoice_line>> read_invoice_file(const std::string& path);

}  // namespace licaudit::cli

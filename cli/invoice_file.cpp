#include "cli/invoice_file.hpp"

#include <csv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

namespace licaudit::cli {

namespace {

/// No invoice is larger; what is, is another file.
constexpr std::uintmax_t most_bytes = std::uintmax_t{64} << 20;
constexpr std::int64_t most_whole = 1'000'000'000'000;
constexpr std::int64_t millionths_of_one = 1'000'000;

struct row {
  std::vector<std::string> cells;
  std::int64_t line = 1;
};

/// libcsv, fed byte for byte, so that each row knows its line.
class row_reader {
 public:
  explicit row_reader(char delimiter) {
    csv_init(&state_, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&state_, static_cast<unsigned char>(delimiter));
  }
  ~row_reader() { csv_free(&state_); }
  row_reader(const row_reader&) = delete;
  row_reader& operator=(const row_reader&) = delete;

  /// None: all of it is well; else the line that is not.
  std::optional<std::int64_t> read(const std::string& text) {
    for (const char one : text) {
      if (csv_parse(&state_, &one, 1, on_cell, on_row, this) != 1) return line_;
      if (one == '\n') ++line_;
    }
    if (csv_fini(&state_, on_cell, on_row, this) != 0) return line_;
    return std::nullopt;
  }
  std::vector<row> rows;

 private:
  static void on_cell(void* text, std::size_t length, void* self) {
    auto& all = *static_cast<row_reader*>(self);
    if (all.current_.cells.empty()) all.current_.line = all.line_;
    all.current_.cells.emplace_back(static_cast<const char*>(text), length);
  }
  static void on_row(int, void* self) {
    auto& all = *static_cast<row_reader*>(self);
    all.rows.push_back(std::move(all.current_));
    all.current_ = {};
  }

  csv_parser state_{};
  row current_;
  std::int64_t line_ = 1;
};

complaint wrong(const std::string& name, std::int64_t line, const std::string& what) {
  return {exit_status::refused, name + ":" + std::to_string(line) + ": " + what};
}

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

struct column_places {
  std::size_t contract = 0, licence = 0, quantity = 0;
};

outcome<column_places> places_of(const row& header, const std::string& name) {
  column_places made;
  const std::array wanted{std::pair("contract", &made.contract), std::pair("licence", &made.licence),
                          std::pair("quantity", &made.quantity)};
  for (const auto& [column, place] : wanted) {
    std::size_t times = 0;
    for (std::size_t i = 0; i < header.cells.size(); ++i)
      if (lowered(header.cells[i]) == column) {
        *place = i;
        ++times;
      }
    if (times != 1)
      return wrong(name, header.line,
                   std::string("column ") + column + (times == 0 ? " is missing" : " stands there twice") +
                       "; the header must name contract, licence and quantity once each");
  }
  return made;
}

/// The millionths of a plain decimal; none: it is none.
std::optional<std::int64_t> plain_decimal(const std::string& text) {
  std::int64_t whole = 0, part = 0, weight = millionths_of_one;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    whole = whole * 10 + (text[at] - '0');
    if (whole > most_whole) return std::nullopt;
  }
  if (at == 0) return std::nullopt;
  if (at == text.size()) return whole * millionths_of_one;
  if (text[at] != '.' || at + 1 == text.size()) return std::nullopt;
  for (++at; at < text.size(); ++at) {
    weight /= 10;
    if (text[at] < '0' || text[at] > '9' || weight == 0) return std::nullopt;
    part += (text[at] - '0') * weight;
  }
  return whole * millionths_of_one + part;
}

outcome<invoice_line> line_of(const row& cells, const row& header, const column_places& at, const std::string& name) {
  if (cells.cells.size() != header.cells.size())
    return wrong(
        name, cells.line,
        std::to_string(cells.cells.size()) + " cells where the header has " + std::to_string(header.cells.size()));
  invoice_line made;
  made.contract = cells.cells[at.contract];
  made.licence = cells.cells[at.licence];
  made.line = cells.line;
  const auto quantity = plain_decimal(cells.cells[at.quantity]);
  if (!quantity)
    return wrong(name, cells.line,
                 "column " + std::to_string(at.quantity + 1) +
                     " (quantity): expected digits such as 1200 or 10.5, "
                     "without signs of currency or thousands, found '" +
                     cells.cells[at.quantity] + "'");
  made.millionths = *quantity;
  if (made.contract.empty() || made.licence.empty())
    return wrong(name, cells.line, "contract and licence must not be empty");
  return made;
}

bool is_blank(const row& one) {
  return std::all_of(one.cells.begin(), one.cells.end(), [](const std::string& cell) { return cell.empty(); });
}

}  // namespace

outcome<std::vector<invoice_line>> read_invoice(const std::string& text, const std::string& name) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  const bool marked = text.rfind(byte_order_mark, 0) == 0;
  const auto body = marked ? text.substr(byte_order_mark.size()) : text;
  const auto head = body.substr(0, body.find('\n'));
  const auto semicolons = std::count(head.begin(), head.end(), ';'), commas = std::count(head.begin(), head.end(), ',');
  row_reader in(semicolons > commas ? ';' : ',');
  if (const auto line = in.read(body)) return wrong(name, *line, "a quote within a cell, or one that is not closed");
  if (in.rows.empty()) return wrong(name, 1, "the file is empty; it must begin with a header line");
  const auto header = in.rows.front();
  const auto places = places_of(header, name);
  if (!places) return places.error();
  std::vector<invoice_line> made;
  for (std::size_t i = 1; i < in.rows.size(); ++i) {
    if (is_blank(in.rows[i])) continue;
    auto line = line_of(in.rows[i], header, *places, name);
    if (!line) return line.error();
    made.push_back(std::move(*line));
  }
  return made;
}

outcome<std::vector<invoice_line>> read_invoice_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  const auto size = in ? in.tellg() : std::streampos(-1);
  if (size < 0) return complaint{exit_status::refused, path + ": " + std::strerror(errno) + "; name a CSV file"};
  if (static_cast<std::uintmax_t>(size) > most_bytes)
    return complaint{exit_status::refused, path + ": over 64 MiB is no invoice"};
  in.seekg(0);
  return read_invoice({std::istreambuf_iterator<char>(in), {}}, path);
}

}  // namespace licaudit::cli

#include "plugins/sources/csv/csv_file.hpp"

#include "model/names.hpp"
#include "plugins/sdk/protocol.hpp"
#include "plugins/sdk/utf8.hpp"
#include "plugins/sources/csv/delimiter.hpp"

#include <csv.h>

#include <stdexcept>
#include <utility>

namespace licaudit::csv {

/// libcsv is fed line by line, so that a row that is wrong has a line. It has C callbacks, hence the address of this
/// object must not change.
struct csv_file::parser {
  explicit parser(std::optional<char> delimiter) : delimiter_known(delimiter.has_value()) {
    if (csv_init(&state, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::runtime_error("libcsv does not start");
    csv_set_term_func(&state, ends_row);
    if (delimiter) csv_set_delim(&state, static_cast<unsigned char>(*delimiter));
  }
  ~parser() { csv_free(&state); }
  parser(const parser&) = delete;
  parser& operator=(const parser&) = delete;

  static void on_cell(void* text, std::size_t length, void* self) {
    static_cast<parser*>(self)->current.cells.emplace_back(static_cast<const char*>(text), length);
  }
  /// Rows end at line feeds only: a CR before one is cut off with the line, and one elsewhere is part of a cell.
  static int ends_row(unsigned char c) { return c == '\n' ? 1 : 0; }
  static void on_row(int, void* self) { static_cast<parser*>(self)->complete = true; }

  [[nodiscard]] bool parse(std::string_view piece) {
    return csv_parse(&state, piece.data(), piece.size(), on_cell, on_row, this) == piece.size();
  }

  csv_parser state{};
  bool delimiter_known;
  row current;            ///< what there is of the row
  bool complete = false;  ///< the row has ended
  bool within = false;    ///< a row has begun
  std::size_t bytes = 0;  ///< of the row
};

csv_file::csv_file(csv_file&&) noexcept = default;
csv_file& csv_file::operator=(csv_file&&) noexcept = default;
csv_file::~csv_file() = default;

csv_file::csv_file(sdk::text_file file, std::optional<char> delimiter)
    : file_(std::move(file)), parser_(std::make_unique<parser>(delimiter)) {}

result<csv_file> csv_file::open(const std::string& path, std::optional<char> delimiter) {
  auto file = sdk::text_file::open(path);
  if (!file) return file.error();
  return csv_file(std::move(*file), delimiter);
}

result<void> csv_file::feed(const sdk::numbered_line& line) {
  auto& in = *parser_;
  if (!in.within && trimmed(line.text).empty()) return {};
  if (!sdk::is_utf8_text(line.text)) return wrong(line.number, "not UTF-8 text; save the file as UTF-8");
  if (!std::exchange(in.delimiter_known, true)) {
    csv_set_delim(&in.state, static_cast<unsigned char>(detect_delimiter(line.text)));
  }
  if (!std::exchange(in.within, true)) in.current.line = line.number;
  in.bytes += line.text.size();
  if (in.bytes > sdk::max_line_bytes) {
    return wrong(in.current.line, "a row of more than " + std::to_string(sdk::max_line_bytes) +
                                      " bytes; a quote that opens here and is not closed?");
  }
  if (!in.parse(line.text) || !in.parse("\n")) {
    return wrong(line.number, R"(a quote within a cell; a cell with quotes is written "so: ""quoted""")");
  }
  return {};
}

/// The file has ended.
result<void> csv_file::finish() {
  auto& in = *parser_;
  if (csv_fini(&in.state, parser::on_cell, parser::on_row, &in) != 0) {
    return wrong(in.current.line,
                 "the row is cut off: a quote that opens here is not closed before the end of the file");
  }
  return {};
}

result<std::optional<row>> csv_file::next() {
  auto& in = *parser_;
  while (!in.complete) {
    const auto line = file_.next();
    if (!line) return line.error();
    const auto fed = *line ? feed(**line) : finish();
    if (!fed) return fed.error();
    if (!*line && !in.complete) return std::optional<row>();
  }
  in.complete = false;
  in.within = false;
  in.bytes = 0;
  return std::optional(std::exchange(in.current, row()));
}

}  // namespace licaudit::csv

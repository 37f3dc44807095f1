#include "plugins/sources/csv/csv_source.hpp"

#include "plugins/sources/csv/column_map.hpp"
#include "plugins/sources/csv/csv_file.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace licaudit::csv {

const sdk::source_description description = {
    "csv", "Users or numbers from any delimited file with a header.",
    "  path       the file, UTF-8\n"
    "  delimiter  one character or 'tab'; absent: told by the header, one of , ; tab |\n"
    "  kind       user (default) or number\n"
    "  id         the column with the id; a row without one is left out\n"
    "  tenant     a column with the tenant, if the settings do not give it\n"
    "  quantity   a column with the quantity, if it is not always 1\n"
    "  columns    {COLUMN: FIELD} or {COLUMN: {field: FIELD, separator: ';'}} for cells that are lists\n"
    "  where      {COLUMN: TEXT or [TEXT, ...]}; rows with another text there are left out\n"};

namespace {

constexpr std::int64_t rows_between_progress = 20'000;

}  // namespace

result<void> run(const csv_config& config, sdk::record_writer& out) {
  auto file = csv_file::open(config.path, config.delimiter);
  if (!file) return file.error();
  const auto header = file->next();
  if (!header) return header.error();
  if (!*header) return failure{errc::malformed, config.path + ": is empty; the first line must name the columns"};
  const auto map = column_map::create(config, **header);
  if (!map) return file->wrong((*header)->line, map.error().detail);

  std::map<std::string, std::int64_t> left_out;
  std::int64_t rows = 0;
  out.begin();
  for (;;) {
    const auto next = file->next();
    if (!next) return next.error();
    if (!*next) break;
    auto read = map->read(**next);
    if (!read) return file->wrong((*next)->line, read.error().detail);
    if (const auto* found = std::get_if<subject>(&*read)) out.write(*found);
    if (const auto* skipped = std::get_if<left_out_row>(&*read)) ++left_out[skipped->reason];
    if (++rows % rows_between_progress == 0) out.progress(rows, 0);
  }
  for (const auto& [reason, count] : left_out) out.left_out(reason, count);
  out.end();
  return {};
}

result<sdk::source_job> open(const sdk::source_request& request) {
  auto config = read_csv_config(request.config);
  if (!config) return config.error();
  return sdk::source_job([config = std::move(*config)](sdk::record_writer& out) { return run(config, out); });
}

}  // namespace licaudit::csv

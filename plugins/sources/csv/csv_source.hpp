#pragma once

#include "plugins/sdk/source_main.hpp"
#include "plugins/sources/csv/csv_config.hpp"

namespace licaudit::csv {

/// Any delimited file with a header as users or numbers.
[[nodiscard]] result<sdk::source_job> open(const sdk::source_request& request);

/// Prints a whole run. A row without an id, or that a filter does not want, is left out and counted.
[[nodiscard]] result<void> run(const csv_config& config, sdk::record_writer& out);

extern const sdk::source_description description;

}  // namespace licaudit::csv

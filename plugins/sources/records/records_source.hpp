#pragma once

#include "plugins/sdk/source_main.hpp"

#include <string>

namespace licaudit::records {

/// `config: { path: FILE or directory }`.
[[nodiscard]] result<sdk::source_job> open(const sdk::source_request& request);

/// Checks the records of a file, or of the *.ndjson and *.jsonl files of a directory in the order of their names, and
/// passes them on as they stand as one run. A file need not have `begin` and `end`; one that begins must end, or it was
/// cut off. Faulty records are passed on with a warning, because the daemon sets their tenant aside and no other.
[[nodiscard]] result<void> pass_on(const std::string& path, sdk::record_writer& out);

extern const sdk::source_description description;

}  // namespace licaudit::records

#pragma once

#include "bench/workload.hpp"
#include "model/factor_set.hpp"

#include <filesystem>

namespace licaudit::bench {

/// What a source of the host can say at its next run. All start from the workload's own records except the way back.
enum class stream : std::uint8_t {
  snapshot,          ///< the workload
  changed_snapshot,  ///< the workload with the change set in
  delta,             ///< the change set
  delta_back,        ///< what undoes it
  nothing            ///< a delta without a record
};

/// The name of the file that holds it.
[[nodiscard]] const char* file_of(stream which);

/// Writes a folder that licauditd can be started on: settings, factors, the root tenant, the streams above, and a
/// source `workload` that prints whichever of them `next.ndjson` points to. Nothing in it runs by itself within a day
/// but the first run. Throws std::runtime_error with a sentence.
void write_host_files(const std::filesystem::path& folder, const workload& all, const factor_set& rules);

/// The same without a source: nobody is there but the provider.
void write_empty_host(const std::filesystem::path& folder, const factor_set& rules);

/// Lets the source print this from its next run on.
void choose_stream(const std::filesystem::path& folder, stream which);

}  // namespace licaudit::bench

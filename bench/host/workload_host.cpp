// workload_host [--quick | --tiny | --users N] FOLDER: writes a folder that licauditd can be started on, and how.
#include "bench/host/host_files.hpp"
#include "bench/options.hpp"
#include "bench/workload_rules.hpp"

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

constexpr const char* readme = R"(A host with a generated inventory; the same for the same size.

    licauditd --config licauditd.yaml                            from this folder; the source `workload` runs at once
    licaudit --socket licaudit.sock status
    licaudit --socket licaudit.sock --timeout 600s refresh        the source again, then a calculation

What the source prints at its next run is what next.ndjson points to:

    ln -sfn snapshot.ndjson next.ndjson      the whole inventory
    ln -sfn changed.ndjson next.ndjson       the whole inventory with the change set in
    ln -sfn delta.ndjson next.ndjson         the change set alone: 0.1 % of the users
    ln -sfn delta-back.ndjson next.ndjson    what undoes it
    ln -sfn nothing.ndjson next.ndjson       nothing has changed

A global switch: licaudit --socket licaudit.sock factor off host ump/direct-routing, then apply --all.
Restart: stop the daemon with SIGTERM and start it again; `rm -r state` starts from nothing.
)";

}  // namespace

int main(int count, char** arguments) {
  using namespace licaudit::bench;
  try {
    const auto options = read_options(count, arguments, {});
    if (!options || options->others.size() != 1) {
      std::cerr << "usage: workload_host [--quick | --tiny | --users N] FOLDER\n";
      return 2;
    }
    const std::filesystem::path folder = options->others.front();
    write_host_files(folder, workload(options->size), workload_rules());
    std::ofstream(folder / "README") << readme;
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "workload_host: " << error.what() << '\n';
    return 1;
  }
}

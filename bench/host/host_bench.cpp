// host_bench [--quick | --tiny | --users N] [--changes N] --daemon LICAUDITD --folder FOLDER [--facts FILE]
//            [--suffix TEXT] [--part growth]
// The real daemon on the workload, beside the plain loop. Makes FOLDER, which must not be there, and leaves it with the
// state. Fails if a count differs from the loop's. `growth`: only what is measured at several sizes; its facts get the
// suffix.
#include "bench/host/host_rows.hpp"
#include "bench/options.hpp"

#include <exception>
#include <iostream>

int main(int count, char** arguments) {
  using namespace licaudit::bench;
  try {
    const auto options = read_options(count, arguments, {"--daemon", "--folder", "--facts", "--suffix", "--part"});
    if (!options || !options->others.empty() || options->of("--daemon").empty() || options->of("--folder").empty()) {
      std::cerr << "usage: host_bench [--quick | --tiny | --users N] [--changes N] --daemon LICAUDITD --folder FOLDER"
                   " [--facts FILE] [--suffix TEXT] [--part growth]\n";
      return 2;
    }
    host_rows rows(options->size, options->of("--daemon"), options->of("--folder"), fact_file(options->of("--facts")),
                   options->of("--suffix"));
    if (options->of("--part") == "growth" ? rows.run_growth() : rows.run_all()) return 0;
    std::cerr << "host_bench: the daemon and the loop do not count the same\n";
  } catch (const std::exception& error) {
    std::cerr << "host_bench: " << error.what() << '\n';
  }
  return 1;
}

// history_bench [--quick | --tiny | --users N] --folder FOLDER [--facts FILE]: a quarter of a year of hourly
// calculations straight into the ledger, beside one row per tenant, factor and calculation. FOLDER must not be there.
// Fails if the ledger answers otherwise than the year was.
#include "bench/history/year_in_ledger.hpp"
#include "bench/history/year_in_rows.hpp"
#include "bench/options.hpp"
#include "bench/report_table.hpp"
#include "bench/table/fact_file.hpp"
#include "bench/timing.hpp"
#include "daemon/ledger/peaks.hpp"
#include "daemon/ledger/reader.hpp"

#include <exception>
#include <iostream>
#include <stdexcept>

namespace licaudit::bench {
namespace {

namespace fs = std::filesystem;

constexpr int rounds = 5;
constexpr std::size_t steps_of_quarter = 2190, steps_of_peer = 48;

class history_bench {
 public:
  history_bench(const workload_size& size, fs::path folder, fact_file facts)
      : steps_(size.users >= workload_size::full().users ? steps_of_quarter : steps_of_quarter / 20),
        // A short one ends in another month all the same.
        year_(size.tenants, steps_ == steps_of_quarter ? begin_of_2026() : begin_of_2026() + std::chrono::days(29)),
        folder_(std::move(folder)),
        facts_(std::move(facts)) {}

  bool run() {
    fs::create_directories(folder_ / "state");
    year_in_ledger ours(folder_ / "state", year_);
    write_year(ours);
    ask_month(ours.file());
    ask_peaks(ours.file());
    if (steps_ != steps_of_quarter) verify(ours.file());
    return equal_;
  }

 private:
  static instant begin_of_2026() { return std::chrono::sys_days(std::chrono::year(2026) / 1 / 1); }

  void write_year(year_in_ledger& ours) {
    year_in_rows theirs(folder_ / "rows.db", year_);
    std::vector<double> commits, months, rows;
    for (std::size_t i = 0; i < steps_; ++i) {
      year_.step();
      const auto done = ours.commit();
      (done.begins_month ? months : commits).push_back(done.seconds);
      ours.checkpoint();
      if (i < steps_of_peer) rows.push_back(theirs.commit());
    }
    facts_.add("history.commit", median(commits), "s");
    facts_.add("history.commit.month", median(months), "s");
    facts_.add("rows.commit", median(rows), "s");
    facts_.add("history.bytes", static_cast<double>(fs::file_size(ours.file())), "bytes");
    const auto scale = static_cast<double>(steps_) / static_cast<double>(steps_of_peer);
    facts_.add("rows.bytes", theirs.bytes() * scale, "bytes", "scaled from 48 calculations");
  }

  /// A tenant's changes of its last whole month, or of the last one.
  void ask_month(const fs::path& file) {
    const auto month = whole_month();
    const auto reader = ledger::reader::open(file).value();
    ledger::history_query query;
    query.since = month;
    query.until = generated_year::month_of(month + std::chrono::days(32));
    query.limit = 1000;
    query.only_changes = true;
    std::vector<double> seconds;
    for (std::size_t i = 0; i < 100; ++i) {
      const auto tenant = i * (year_.tenants() / 100 + 1) % year_.tenants();
      query.tenant = generated_year::tenant_id(tenant);
      ledger::history_page page;
      seconds.push_back(seconds_of([&] { page = reader->history(query).value(); }));
      std::size_t changed = 0;
      for (const auto& one : page.entries) changed += one.changed ? 1 : 0;
      const auto expected = year_.steps_with_changes(tenant, month);
      // The very first calculation is a change from nothing.
      const std::size_t first =
          month == generated_year::month_of(begin_of_2026()) && steps_ != steps_of_quarter ? 1 : 0;
      expect(changed == expected + first, query.tenant + ": " + std::to_string(changed) +
                                              " changes in the month, not " + std::to_string(expected + first));
    }
    facts_.add("history.month", median(seconds), "s");
  }

  /// March in a quarter, else the month that it began in.
  [[nodiscard]] instant whole_month() const {
    const auto last = generated_year::month_of(year_.now());
    return steps_ == steps_of_quarter ? generated_year::month_of(last - std::chrono::hours(1))
                                      : generated_year::month_of(begin_of_2026());
  }

  void ask_peaks(const fs::path& file) {
    const auto month = whole_month();
    const auto db = ledger::database::open(file, ledger::database::mode::read_only).value();
    std::vector<ledger::licensed_peak> found;
    std::vector<double> seconds;
    seconds.reserve(rounds);
    for (int i = 0; i < rounds; ++i) {
      seconds.push_back(seconds_of([&] {
        found = ledger::licensed_peaks(*db, month, generated_year::month_of(month + std::chrono::days(32))).value();
      }));
    }
    facts_.add("history.peaks", median(seconds), "s");
    const auto& expected = year_.peaks(month);
    expect(found.size() == expected.size(), std::to_string(found.size()) + " peaks");
    for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
      const ledger::licensed_peak right{generated_year::tenant_id(i / generated_year::licences),
                                        generated_year::licence_id(i % generated_year::licences), expected[i].licensed,
                                        expected[i].at, found[i].last};  // the year keeps no last values
      if (found[i] == right) continue;
      expect(false, found[i].tenant + ", " + found[i].licence + ": peak " + std::to_string(found[i].licensed) +
                        ", not " + std::to_string(right.licensed));
      return;
    }
  }

  void verify(const fs::path& file) {
    const auto found = ledger::reader::open(file).value()->verify(false).value();
    expect(found.clean(), found.clean() ? "" : "verify: " + found.problems.front());
  }

  void expect(bool right, const std::string& otherwise) {
    if (right) return;
    equal_ = false;
    std::cerr << "history_bench: " << otherwise << '\n';
  }

  std::size_t steps_;
  generated_year year_;
  fs::path folder_;
  fact_file facts_;
  bool equal_ = true;
};

}  // namespace
}  // namespace licaudit::bench

int main(int count, char** arguments) {
  using namespace licaudit::bench;
  try {
    const auto options = read_options(count, arguments, {"--folder", "--facts"});
    if (!options || !options->others.empty() || options->of("--folder").empty()) {
      std::cerr << "usage: history_bench [--quick | --tiny | --users N] --folder FOLDER [--facts FILE]\n";
      return 2;
    }
    if (history_bench(options->size, options->of("--folder"), fact_file(options->of("--facts"))).run()) return 0;
    std::cerr << "history_bench: the ledger answers otherwise than the year was\n";
  } catch (const std::exception& error) {
    std::cerr << "history_bench: " << error.what() << '\n';
  }
  return 1;
}

// factors_bench [--quick | --tiny | --users N] [--facts FILE]: the pure calculation against the plain loop, in one
// process. Fails if a count differs; times are only printed.
#include "bench/measured_engine.hpp"
#include "bench/options.hpp"
#include "bench/plain_loop.hpp"
#include "bench/report_table.hpp"
#include "bench/table/fact_file.hpp"
#include "bench/timing.hpp"
#include "bench/workload_rules.hpp"

#include <malloc.h>
#include <unistd.h>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>

namespace licaudit::bench {
namespace {

using factors::which_rules;

constexpr int rounds = 5;

std::size_t resident_bytes() {
  ::malloc_trim(0);  // what was freed is not held
  std::size_t all = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// One row of the table: what the loop does, and what the engine does to the same end.
struct contest {
  std::string name;
  std::string fact;
  int target;                          ///< loop / engine
  const std::vector<record>* records;  ///< of the loop
  factor_set set;
  std::string off;            ///< a factor `licence/factor` that is switched off, or nothing
  rules_pointer starts_with;  ///< what is effective before each round
  tallies known;              ///< what has been counted before
  std::function<void(tallies&)> act;
};

class factors_bench {
 public:
  factors_bench(const workload_size& size, fact_file facts)
      : all_(size),
        changed_(records_with_changes(all_)),
        ours_(compiled(workload_rules())),
        none_(compiled(no_rules())),
        engine_(loaded()),
        facts_(std::move(facts)),
        table_({"", "loop", "engine", "loop / engine", "reach", "counts"}) {}

  /// Whether all counts were equal.
  bool run() {
    tallies now(all_.tenants().size() * 12);
    engine_.count_all(which_rules::effective, now);
    const tallies nothing(now.size());
    const auto set = workload_rules();
    const auto* all = &all_.records();
    run({"full evaluation, no verdict remembered", "full", 15, all, set, {}, none_, nothing, candidate(ours_)});
    edited("criterion edited: another literal on the groups", "edit.literal", 60, "ump/lifecycle-management",
           "^.*(?i)-legal-.*$");
    edited("criterion edited: no literal on the line uri", "edit.regex", 12, "contact-centre/round-number",
           "[02468]0$");
    edited("criterion edited: one that only Boost.Regex can test", "edit.engine", 0, "contact-centre/round-number",
           "^tel:\\+\\d+[02468]0$");
    const std::string flipped = "ump/direct-routing";
    run({"global switch flipped, all tenants recounted", "switch", 3000, all, set, flipped, ours_, now,
         [this, flipped](tallies& into) { engine_.count_flipped(flipped, into); }});
    run({"change set C adjusted", "changes", 500, &changed_, set, {}, ours_, now, [this](tallies& into) {
           engine_.apply_changes();
           engine_.count_moved(into);
         }});
    run({"nothing changed: what moved is asked for, all counts are copied",
         "unchanged",
         1500,
         all,
         set,
         {},
         ours_,
         nothing,
         [this, &now](tallies& into) {
           into = now;
           engine_.count_moved(into);
         }});
    table_.print(std::cout);
    std::cout << "\nMedians of " << rounds << " rounds of both in turn, seconds of processor time of one thread.\n";
    return equal_;
  }

 private:
  measured_engine loaded() {
    std::cout << all_.users() << " users, " << all_.records().size() - all_.users() << " numbers, "
              << all_.tenants().size() << " tenants, " << all_.changes().size() << " changes in C; distinct values:";
    for (std::size_t i = 0; i < field_names.size(); ++i) {
      std::cout << ' ' << field_names[i] << ' ' << all_.distinct(static_cast<field>(i));
    }
    const auto before = resident_bytes();
    const auto start = thread_seconds();
    measured_engine made(all_, ours_);
    const auto took = thread_seconds() - start;
    const auto gained = resident_bytes() - before;
    std::cout << "\nloaded and evaluated for the first time in " << shown_seconds(took) << ", " << gained / all_.users()
              << " bytes of memory a user, numbers included\n\n";
    return made;
  }

  std::function<void(tallies&)> candidate(const rules_pointer& next) {
    return [this, next](tallies& into) {
      engine_.try_out(next);
      engine_.count_all(which_rules::candidate, into);
    };
  }

  void edited(std::string name, std::string fact, int target, const char* factor, const char* pattern) {
    const auto set = with_pattern(workload_rules(), factor, pattern);
    const tallies nothing(all_.tenants().size() * 12);
    run({std::move(name), std::move(fact), target, &all_.records(), set, {}, ours_, nothing, candidate(compiled(set))});
  }

  void run(const contest& one) {
    const plain_loop loop(all_, one.set);
    std::vector<double> loop_seconds, engine_seconds;
    bool same = true;
    for (int i = 0; i < rounds; ++i) {
      auto start = thread_seconds();
      const auto expected = loop.run(*one.records, one.off);
      loop_seconds.push_back(thread_seconds() - start);
      engine_.rest_on(one.starts_with);
      auto found = one.known;
      start = thread_seconds();
      one.act(found);
      engine_seconds.push_back(thread_seconds() - start);
      same = same && found == expected;
    }
    equal_ = equal_ && same;
    const auto theirs = median(loop_seconds);
    const auto ours = median(engine_seconds);
    facts_.add("factors." + one.fact + ".loop", theirs, "s");
    facts_.add("factors." + one.fact, ours, "s");
    table_.add({one.name, shown_seconds(theirs), shown_seconds(ours), shown_ratio(theirs / ours),
                one.target == 0 ? "" : ">= " + std::to_string(one.target), same ? "equal" : "DIFFERENT"});
  }

  workload all_;
  std::vector<record> changed_;
  rules_pointer ours_, none_;
  measured_engine engine_;
  fact_file facts_;
  report_table table_;
  bool equal_ = true;
};

}  // namespace
}  // namespace licaudit::bench

int main(int count, char** arguments) {
  using namespace licaudit::bench;
  try {
    const auto options = read_options(count, arguments, {"--facts"});
    if (!options || !options->others.empty()) {
      std::cerr << "usage: factors_bench [--quick | --tiny | --users N] [--facts FILE]\n";
      return 2;
    }
    if (factors_bench(options->size, fact_file(options->of("--facts"))).run()) return 0;
    std::cerr << "factors_bench: the engine and the loop do not count the same: see the last column\n";
  } catch (const std::exception& error) {
    std::cerr << "factors_bench: " << error.what() << '\n';
  }
  return 1;
}

// factors_bench [--quick | --tiny]: the pure calculation against the plain loop, in one process. Fails if a count
// differs; times are only printed.
#include "bench/measured_engine.hpp"
#include "bench/plain_loop.hpp"
#include "bench/report_table.hpp"
#include "bench/workload_rules.hpp"

#include <malloc.h>
#include <unistd.h>
#include <chrono>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>

namespace licaudit::bench {
namespace {

using clock = std::chrono::steady_clock;
using factors::which_rules;

constexpr int rounds = 5;

double seconds_since(clock::time_point start) {
  return std::chrono::duration<double>(clock::now() - start).count();
}

std::size_t resident_bytes() {
  ::malloc_trim(0);  // what was freed is not held
  std::size_t all = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// The records once the change set is in, as the loop sees them.
std::vector<record> changed_records(const workload& all) {
  auto records = all.records();
  std::vector<bool> departed(records.size(), false);
  for (const auto& one : all.changes()) {
    if (one.becomes && one.number < departed.size()) {
      records[one.number] = *one.becomes;
    } else if (one.becomes) {
      records.push_back(*one.becomes);
    } else {
      departed[one.number] = true;
    }
  }
  std::vector<record> kept;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (i >= departed.size() || !departed[i]) kept.push_back(records[i]);
  }
  return kept;
}

/// One row of the table: what the loop does, and what the engine does to the same end.
struct contest {
  std::string name;
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
  explicit factors_bench(const workload_size& size)
      : all_(size),
        changed_(changed_records(all_)),
        ours_(compiled(workload_rules())),
        none_(compiled(no_rules())),
        engine_(loaded()),
        table_({"", "loop", "engine", "loop / engine", "reach", "counts"}) {}

  /// Whether all counts were equal.
  bool run() {
    tallies now(all_.tenants().size() * 12);
    engine_.count_all(which_rules::effective, {}, now);
    const tallies nothing(now.size());
    const auto effective = [this](std::string off) {
      return [this, off](tallies& into) { engine_.count_all(which_rules::effective, off, into); };
    };
    const auto set = workload_rules();
    run({"full evaluation, no verdict remembered", 15, &all_.records(), set, {}, none_, nothing, candidate(ours_)});
    edited("criterion edited: another literal on the groups", 60, "ump/lifecycle-management", "^.*(?i)-legal-.*$");
    edited("criterion edited: no literal on the line uri", 12, "contact-centre/round-number", "[02468]0$");
    const std::string flipped = "ump/direct-routing";
    run({"global switch flipped, all tenants recounted", 3000, &all_.records(), set, flipped, ours_, now,
         effective(flipped)});
    run({"change set C adjusted", 500, &changed_, set, {}, ours_, now, [this](tallies& into) {
           engine_.apply_changes();
           engine_.count_touched(into);
         }});
    run({"nothing changed, all tenants counted", 1500, &all_.records(), set, {}, ours_, nothing, effective({})});
    table_.print(std::cout);
    std::cout << "\nMedians of " << rounds << " rounds of both in turn, one thread.\n";
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
    const auto start = clock::now();
    measured_engine made(all_, ours_);
    const auto took = seconds_since(start);
    const auto gained = resident_bytes() - before;
    std::cout << "\nloaded and evaluated for the first time in " << shown_seconds(took) << ", " << gained / all_.users()
              << " bytes of memory a user, numbers included\n\n";
    return made;
  }

  std::function<void(tallies&)> candidate(rules_pointer next) {
    return [this, next](tallies& into) {
      engine_.try_out(next);
      engine_.count_all(which_rules::candidate, {}, into);
    };
  }

  void edited(std::string name, int target, const char* factor, const char* pattern) {
    const auto set = with_pattern(workload_rules(), factor, pattern);
    const tallies nothing(all_.tenants().size() * 12);
    run({std::move(name), target, &all_.records(), set, {}, ours_, nothing, candidate(compiled(set))});
  }

  void run(const contest& one) {
    const plain_loop loop(all_, one.set);
    std::vector<double> loop_seconds, engine_seconds;
    bool same = true;
    for (int i = 0; i < rounds; ++i) {
      auto start = clock::now();
      const auto expected = loop.run(*one.records, one.off);
      loop_seconds.push_back(seconds_since(start));
      engine_.rest_on(one.starts_with);
      auto found = one.known;
      start = clock::now();
      one.act(found);
      engine_seconds.push_back(seconds_since(start));
      same = same && found == expected;
    }
    equal_ = equal_ && same;
    const auto theirs = median(loop_seconds);
    const auto ours = median(engine_seconds);
    table_.add({one.name, shown_seconds(theirs), shown_seconds(ours), shown_ratio(theirs / ours),
                ">= " + std::to_string(one.target), same ? "equal" : "DIFFERENT"});
  }

  workload all_;
  std::vector<record> changed_;
  rules_pointer ours_, none_;
  measured_engine engine_;
  report_table table_;
  bool equal_ = true;
};

}  // namespace
}  // namespace licaudit::bench

int main(int count, char** arguments) {
  using licaudit::bench::workload_size;
  try {
    auto size = workload_size::full();
    for (int i = 1; i < count; ++i) {
      const std::string_view option = arguments[i];
      if (option == "--quick") {
        size = workload_size::quick();
      } else if (option == "--tiny") {
        size = workload_size::tiny();
      } else {
        std::cerr << "usage: factors_bench [--quick | --tiny]\n";
        return 2;
      }
    }
    if (licaudit::bench::factors_bench(size).run()) return 0;
    std::cerr << "factors_bench: the engine and the loop do not count the same: see the last column\n";
  } catch (const std::exception& error) {
    std::cerr << "factors_bench: " << error.what() << '\n';
  }
  return 1;
}

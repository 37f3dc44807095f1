#include "bench/host/host_rows.hpp"

#include "bench/host/host_counts.hpp"
#include "bench/report_table.hpp"
#include "bench/timing.hpp"
#include "bench/workload_rules.hpp"

#include <algorithm>
#include <iostream>
#include <utility>

namespace licaudit::bench {
namespace {

namespace fs = std::filesystem;

constexpr int rounds = 5;
constexpr const char* switched = "ump/direct-routing";
constexpr const char* root = "host";
constexpr const char* everybody = R"({"all":true})";

/// Sizes fall by rank, so the one in the middle has the median.
std::string tenant_of_median_size(const workload& all) {
  return all.tenants()[all.tenants().size() / 2].id;
}

}  // namespace

host_rows::host_rows(const workload_size& size, const fs::path& licauditd, const fs::path& folder, fact_file facts,
                     std::string suffix)
    : all_(size),
      changed_(records_with_changes(all_)),
      rules_(workload_rules()),
      loop_(all_, rules_),
      plain_(loop_.run(all_.records(), {})),
      off_(loop_.run(all_.records(), switched)),
      with_changes_(loop_.run(changed_, {})),
      some_tenant_(all_.tenants().back().id),
      median_tenant_(tenant_of_median_size(all_)),
      host_(licauditd, folder),
      facts_(std::move(facts)),
      suffix_(std::move(suffix)) {
  if (fs::exists(folder)) throw std::runtime_error(folder.string() + ": is there already; name a new folder");
  write_host_files(folder, all_, rules_);
  add("users", static_cast<double>(all_.users()), "");
}

bool host_rows::run_all() {
  measure_loop(3);
  measure_empty();
  first_synchronisation(rounds, 150);
  apply_to_all();
  apply_to_one();
  apply_nothing();
  changes_as_delta();
  changes_as_snapshot();
  restart();
  measure_loop(2);
  add("loop", loop_times_);
  return equal_;
}

bool host_rows::run_growth() {
  first_synchronisation(1, 0);
  apply_to_all();
  changes_as_delta();
  restart();
  return equal_;
}

/// Some at the beginning and some at the end: the machine may be slower then.
void host_rows::measure_loop(int times) {
  for (int i = 0; i < times; ++i) {
    taken one;
    const auto before = thread_seconds();
    one.seconds = seconds_of([&] { equal_ = loop_.run(all_.records(), {}) == plain_ && equal_; });
    one.cpu_seconds = thread_seconds() - before;
    loop_times_.push_back(one);
  }
}

void host_rows::measure_empty() {
  const auto bare = host_.folder() / "empty";
  write_empty_host(bare, rules_);
  measured_host empty(host_.licauditd(), bare);
  empty.start(root);
  empty_resident_ = empty.settled_use().resident;
  add("empty.resident", static_cast<double>(empty_resident_), "bytes");
}

void host_rows::first_synchronisation(int times, double budget) {
  std::vector<taken> all;
  double spent = 0;
  for (int i = 0; i < times && (i == 0 || spent < budget); ++i) {
    host_.forget();
    all.push_back(host_.start(some_tenant_));
    spent += all.back().seconds;
  }
  add("first", all);
  const auto use = host_.settled_use();
  const auto users = static_cast<double>(all_.users());
  const auto above = [&](std::size_t bytes) {
    return static_cast<double>(bytes - std::min(bytes, empty_resident_)) / users;
  };
  add("memory.user", above(use.resident), "bytes");
  add("memory.peak.user", above(use.peak), "bytes");
  add("memory.resident", static_cast<double>(use.resident), "bytes");
  add("memory.peak", static_cast<double>(use.peak), "bytes");
  compare(plain_, "after the first synchronisation");
}

/// The switch and its Apply, as an operator does it.
void host_rows::apply_to_all() {
  const auto turned = [this](bool on) {
    return host_.measured([&] {
      host_.turn(root, switched, on);
      host_.apply(everybody);
    });
  };
  add("apply", there_and_back(
                   rounds, [&] { return turned(false); }, off_, [&] { return turned(true); }));
}

void host_rows::apply_to_one() {
  const auto body = R"({"tenants":[")" + median_tenant_ + R"("]})";
  const auto turned = [&](bool on) {
    host_.turn(median_tenant_, switched, on);
    return host_.apply(body);
  };
  std::vector<taken> all;
  for (int i = 0; i < 20; ++i) {
    all.push_back(turned(false));
    all.push_back(turned(true));
  }
  add("apply.one", all);
}

void host_rows::apply_nothing() {
  std::vector<taken> all;
  all.reserve(rounds);
  for (int i = 0; i < rounds; ++i) all.push_back(host_.apply(everybody));
  add("unchanged", all);
}

void host_rows::changes_as_delta() {
  add("delta", there_and_back(
                   rounds, [&] { return host_.refresh(stream::delta); }, with_changes_,
                   [&] { return host_.refresh(stream::delta_back); }));
  std::vector<taken> nothing;
  nothing.reserve(rounds);
  for (int i = 0; i < rounds; ++i) nothing.push_back(host_.refresh(stream::nothing));
  add("delta.nothing", nothing);
}

void host_rows::changes_as_snapshot() {
  add("snapshot", there_and_back(
                      rounds, [&] { return host_.refresh(stream::changed_snapshot); }, with_changes_,
                      [&] { return host_.refresh(stream::snapshot); }));
}

void host_rows::restart() {
  std::vector<taken> all;
  for (int i = 0; i < rounds; ++i) {
    host_.stop();
    all.push_back(host_.start(some_tenant_));
  }
  add("restart", all);
  compare(plain_, "after a restart");
  host_.stop();
}

std::vector<taken> host_rows::there_and_back(int times, const std::function<taken()>& there, const tallies& then,
                                             const std::function<taken()>& back) {
  std::vector<taken> all;
  for (int i = 0; i < times; ++i) {
    all.push_back(there());
    if (i == 0) compare(then, "after the change");
    all.push_back(back());
    if (i == 0) compare(plain_, "after the way back");
  }
  return all;
}

void host_rows::compare(const tallies& expected, const std::string& when) {
  const auto shown = shown_counts(host_.client(), all_, rules_);
  if (shown == expected) return;
  equal_ = false;
  const auto differ = std::mismatch(shown.begin(), shown.end(), expected.begin()).first - shown.begin();
  const auto factors = shown.size() / all_.tenants().size();
  const auto place = static_cast<std::size_t>(differ);
  std::cerr << "host_bench: " << when << ": tenant " << all_.tenants()[place / factors].id << ", factor number "
            << place % factors << ": shown " << shown[place].n1 << " (" << shown[place].n2 << "), the loop counts "
            << expected[place].n1 << " (" << expected[place].n2 << ")\n";
}

void host_rows::add(const std::string& name, const std::vector<taken>& all) const {
  std::vector<double> seconds, cpu;
  for (const auto& one : all) {
    seconds.push_back(one.seconds);
    cpu.push_back(one.cpu_seconds);
  }
  add(name, median(seconds), "s", all.size() < rounds ? std::to_string(all.size()) + " rounds" : "");
  add(name + ".cpu", median(cpu), "s");
}

void host_rows::add(const std::string& name, double value, std::string_view unit, std::string_view note) const {
  facts_.add(name + suffix_, value, unit, note);
}

}  // namespace licaudit::bench

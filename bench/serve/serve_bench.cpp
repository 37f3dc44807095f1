// serve_bench [--quick | --tiny | --users N] --daemon LICAUDITD --folder FOLDER [--redis REDIS_SERVER] [--facts FILE]
// Many clients at once. FOLDER is what host_bench has left for the same size. Fails if an answer is no success.
#include "bench/host/measured_host.hpp"
#include "bench/options.hpp"
#include "bench/report_table.hpp"
#include "bench/serve/load_client.hpp"
#include "bench/serve/redis_server.hpp"
#include "bench/table/fact_file.hpp"

#include <poll.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <iostream>
#include <memory>
#include <thread>

namespace licaudit::bench {
namespace {

constexpr int rounds = 5;
constexpr double calm_rate = 2000;  ///< requests/s while the host synchronises: dashboards, not a flood

class serve_bench {
 public:
  serve_bench(const options& how)
      : seconds_(how.size.users >= workload_size::full().users ? 2 : 0.2),
        tenant_(tenant_id(how.size.tenants / 2)),
        last_tenant_(tenant_id(how.size.tenants - 1)),
        host_(how.of("--daemon"), how.of("--folder")),
        facts_(how.of("--facts")) {}

  /// Whether all answers were good ones.
  bool run(const std::string& redis) {
    host_.start(tenant_);
    rates(redis);
    facts_.add("history.calm.p99", history_until([this] { (void)calm(seconds_); }).percentile(0.99), "s");
    while_synchronising("sync", [this] {
      host_.refresh(stream::changed_snapshot);
      host_.refresh(stream::snapshot);
    });
    first_synchronisation();
    return refused_ == 0;
  }

 private:
  /// Of the provider, who is there from the beginning.
  void first_synchronisation() {
    tenant_ = "host";
    host_.forget();
    host_.start(tenant_);
    while_synchronising("first", [this] {
      while (!host_.answers(last_tenant_)) ::poll(nullptr, 0, 20);
    });
  }

  [[nodiscard]] std::string page() const { return "/v1/tenants/" + tenant_ + "/licences"; }

  [[nodiscard]] load pages() const {
    load made;
    made.socket = host_.folder() / "licaudit.sock";
    made.question = http_question(page());
    return made;
  }

  void rates(const std::string& redis_program) {
    const auto value = host_.client().sound("GET", page());
    facts_.add("page.bytes", static_cast<double>(value.size()), "bytes");
    std::unique_ptr<redis_server> redis;
    if (!redis_program.empty()) redis = std::make_unique<redis_server>(redis_program, host_.folder(), "page", value);
    std::vector<double> ours, theirs, ours_p99, checks;
    for (int i = 0; i < rounds; ++i) {
      auto what = pages();
      what.seconds = seconds_;
      const auto done = measured(what);
      ours.push_back(done.rate());
      ours_p99.push_back(done.percentile(0.99));
      what.question = http_question("/v1/tenants/" + tenant_ + "/check?licence=ump");
      checks.push_back(measured(what).rate());
      if (redis)
        theirs.push_back(
            measured({redis->socket(), protocol::resp, resp_command({"GET", "page"}), 50, seconds_}).rate());
    }
    facts_.add("page.rate", median(ours), "/s");
    facts_.add("page.p99", median(ours_p99), "s");
    facts_.add("check.rate", median(checks), "/s");
    redis ? facts_.add("redis.rate", median(theirs), "/s") : facts_.missing("redis.rate", "missing");
  }

  load_outcome measured(const load& what) {
    auto done = run_load(what);
    refused_ += done.refused;
    return done;
  }

  load_outcome calm(double seconds, const std::atomic<bool>* until = nullptr) {
    auto what = pages();
    what.per_second = calm_rate;
    what.seconds = seconds;
    what.until = until;
    return measured(what);
  }

  /// One history query after the other, until `work` is done.
  load_outcome history_until(const std::function<void()>& work) {
    std::atomic<bool> over{false};
    load_outcome asked;
    std::exception_ptr failed;
    std::thread asking([&] {
      try {
        load what = pages();
        what.question = http_question("/v1/tenants/" + tenant_ + "/history?by=change");
        what.connections = 1;
        what.per_second = 50;
        what.until = &over;
        asked = run_load(what);
      } catch (...) {
        failed = std::current_exception();
      }
    });
    try {
      work();
    } catch (...) {
      failed = std::current_exception();
    }
    over = true;
    asking.join();
    if (failed) std::rethrow_exception(failed);
    refused_ += asked.refused;
    return asked;
  }

  void while_synchronising(const std::string& name, const std::function<void()>& synchronise) {
    std::atomic<bool> over{false};
    load_outcome asked;
    const auto history = history_until([&] {
      std::exception_ptr failed;
      std::thread working([&] {
        try {
          synchronise();
        } catch (...) {
          failed = std::current_exception();
        }
        over = true;
      });
      try {
        asked = calm(0, &over);
      } catch (...) {
        if (!failed) failed = std::current_exception();
      }
      working.join();
      if (failed) std::rethrow_exception(failed);
    });
    facts_.add("page." + name + ".p99", asked.percentile(0.99), "s");
    facts_.add("page." + name + ".max", asked.percentile(1), "s");
    facts_.add("history." + name + ".p99", history.percentile(0.99), "s");
    facts_.add("history." + name + ".max", history.percentile(1), "s");
  }

  double seconds_;
  std::string tenant_;  ///< whose pages are asked for
  std::string last_tenant_;
  measured_host host_;
  fact_file facts_;
  std::uint64_t refused_ = 0;
};

}  // namespace
}  // namespace licaudit::bench

int main(int count, char** arguments) {
  using namespace licaudit::bench;
  try {
    const auto options = read_options(count, arguments, {"--daemon", "--folder", "--redis", "--facts"});
    if (!options || !options->others.empty() || options->of("--daemon").empty() || options->of("--folder").empty()) {
      std::cerr << "usage: serve_bench [--quick | --tiny | --users N] --daemon LICAUDITD --folder FOLDER"
                   " [--redis REDIS_SERVER] [--facts FILE]\n";
      return 2;
    }
    if (serve_bench(*options).run(options->of("--redis"))) return 0;
    std::cerr << "serve_bench: some answers were no success\n";
  } catch (const std::exception& error) {
    std::cerr << "serve_bench: " << error.what() << '\n';
  }
  return 1;
}

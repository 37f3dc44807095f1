// Clients that say nothing, speak slowly or do not read. What took how long is printed and not judged: other programs
// run on this machine too.
#include "tests/scale.hpp"
#include "tests/survival/http_client.hpp"
#include "tests/survival/latencies.hpp"
#include "tests/survival/patience.hpp"
#include "tests/survival/process_figures.hpp"
#include "tests/system/scripted_host.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cerrno>
#include <iostream>
#include <list>

namespace licaudit::test {

namespace {

constexpr const char* page = "/v1/tenants/contoso/licences";
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long most_memory_kib = 1024 * 1024;  // a sanitizer keeps what is freed
#else
constexpr long most_memory_kib = 16 * 1024;
#endif

/// True once the daemon has closed this connection; what it says before is dropped.
bool is_closed(const connection& one) {
  char block[4096];
  const auto got = ::recv(one.descriptor(), block, sizeof(block), MSG_DONTWAIT);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

/// True once the daemon has given up on this connection, although nobody reads what it sent.
bool is_given_up(const connection& one) {
  pollfd state{one.descriptor(), POLLOUT, 0};
  ::poll(&state, 1, 0);
  return (state.revents & (POLLHUP | POLLERR)) != 0;
}

class crowded_host : public scripted_host {
 public:
  [[nodiscard]] bool begin() {
    return start() && wait_until([this] { return ask_over_http(socket(), "GET", page).good(); }) && begin_to_count();
  }

  /// What it holds now is its own.
  [[nodiscard]] bool begin_to_count() {
    latencies warm;
    const bool answered = warm.ask(socket(), page, 50);
    before_ = figures_of(pid());
    return answered;
  }

  /// So many who connect and say nothing stay until `crowd` goes.
  [[nodiscard]] bool crowd(std::list<connection>& crowd, std::size_t size) const {
    while (crowd.size() < size) {
      crowd.emplace_back(socket());
      if (crowd.back().descriptor() < 0) return false;
    }
    return true;
  }

  void tell(const std::string& who, const latencies& answers) const {
    const auto now = figures_of(pid());
    std::cout << who << ": " << answers.text() << "; memory +" << now.resident_kib - before_.resident_kib
              << " KiB, descriptors +" << now.descriptors - before_.descriptors << '\n';
  }

  [[nodiscard]] long more_memory_kib() const { return figures_of(pid()).resident_kib - before_.resident_kib; }
  /// Waits until no descriptor is left of those that came after the beginning.
  [[nodiscard]] bool everybody_is_gone() const {
    return wait_until([this] { return figures_of(pid()).descriptors <= before_.descriptors; });
  }

 private:
  process_figures before_;
};

void expect_undisturbed_by(std::size_t silent) {
  SCOPED_TRACE(std::to_string(silent) + " silent clients");
  crowded_host host;
  ASSERT_TRUE(host.begin()) << host.said();
  {
    std::list<connection> crowd;
    ASSERT_TRUE(host.crowd(crowd, silent));
    latencies answers;
    EXPECT_TRUE(answers.ask(host.socket(), page, scaled(200))) << host.said();
    host.tell(std::to_string(silent) + " silent clients", answers);
    const auto idle = figures_of(host.pid()).cpu_ms;
    ::poll(nullptr, 0, 500);  // what an idle daemon uses meanwhile is printed
    std::cout << "  CPU in half a second of silence: " << figures_of(host.pid()).cpu_ms - idle << " ms\n";
    EXPECT_LT(host.more_memory_kib(), most_memory_kib);
  }
  EXPECT_TRUE(host.everybody_is_gone()) << "descriptors are left";
}

}  // namespace

TEST(clients, one_that_says_nothing_disturbs_nobody) {
  expect_undisturbed_by(1);
}

TEST(clients, sixty_four_that_say_nothing_disturb_nobody) {
  expect_undisturbed_by(64);
}

TEST(clients, a_thousand_and_a_hundred_that_say_nothing_disturb_nobody) {
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 2048);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
  ASSERT_GE(limit.rlim_cur, 1200u) << "this test needs more descriptors: ulimit -n";
  expect_undisturbed_by(1100);
}

TEST(clients, a_daemon_without_descriptors_sends_the_silent_away) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "UBSan looks at memory through a pipe and takes the lack of descriptors for a broken object";
#endif
  crowded_host host;
  ASSERT_TRUE(host.begin()) << host.said();
  const rlimit few{64, 64};
  ASSERT_EQ(::prlimit(host.pid(), RLIMIT_NOFILE, &few, nullptr), 0);
  {
    std::list<connection> crowd;
    ASSERT_TRUE(host.crowd(crowd, 100));
    latencies answers;
    EXPECT_TRUE(answers.ask(host.socket(), page, 5)) << host.said();
    host.tell("100 silent clients and 64 descriptors", answers);
  }
  EXPECT_TRUE(host.everybody_is_gone()) << "descriptors are left";
}

TEST(clients, one_that_sends_a_byte_a_second_is_cut_off) {
  crowded_host host;
  ASSERT_TRUE(host.begin()) << host.said();
  const connection slow(host.socket());
  const std::string request =
      std::string("GET ") + page + " HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(100, 'x');
  latencies answers;
  std::size_t sent = 0;
  const bool cut = wait_until([&] {
    if (sent < request.size() && slow.send(std::string_view(request).substr(sent, 1))) ++sent;
    EXPECT_TRUE(answers.ask(host.socket(), page, 20)) << host.said();
    ::poll(nullptr, 0, 1000);
    return is_closed(slow);
  });
  EXPECT_TRUE(cut) << "after " << sent << " bytes";
  EXPECT_LT(sent, request.size());
  host.tell("a client that sent " + std::to_string(sent) + " bytes, one a second, until it was cut off", answers);
  EXPECT_TRUE(host.everybody_is_gone()) << "descriptors are left";
}

TEST(clients, one_that_asks_for_much_and_does_not_read_costs_no_memory) {
  crowded_host host;
  ASSERT_TRUE(host.begin()) << host.said();
  // As large as a request can be: ten times over the memory that anybody may cost, were they all in one answer.
  constexpr std::size_t tenants = 12, bytes_of_one = 900'000;
  for (std::size_t i = 0; i < tenants; ++i) {
    const std::string record = R"({"id":"large-)" + std::to_string(i) +
                               R"(","type":"customer","parent":"northwind","name":")" + std::to_string(i) +
                               std::string(bytes_of_one, 'x') + "\"}";
    ASSERT_TRUE(ask_over_http(host.socket(), "POST", "/v1/tenants", record).good()) << host.said();
  }
  const std::string much = "/v1/tenants?limit=1000";
  for (const std::string& list : {much, std::string("/v1/operations?limit=1000&type=tenant")}) {
    const auto whole = ask_over_http(host.socket(), "GET", list);
    EXPECT_LT(whole.body.size(), 4 * bytes_of_one) << list << " is paged by its size too";
    EXPECT_TRUE(whole.object().at("next").is_string()) << list;
  }
  ASSERT_TRUE(host.begin_to_count());
  {
    const connection greedy(host.socket());
    const auto one = ask_over_http(host.socket(), "GET", much).body.size();
    const auto times = (std::size_t{100} << 20) / one + 1;
    std::string requests;
    for (std::size_t i = 0; i < times; ++i) requests += "GET " + much + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    ASSERT_TRUE(greedy.send(requests));
    latencies answers;
    EXPECT_TRUE(answers.ask(host.socket(), page, scaled(200))) << host.said();
    host.tell("a client that asked for " + std::to_string(times * one >> 20) + " MiB and reads nothing", answers);
    EXPECT_LT(host.more_memory_kib(), most_memory_kib);
    if (test_scale() >= 10) {
      EXPECT_TRUE(wait_until([&] { return is_given_up(greedy); })) << "it is cut off after 30 s";
    }
  }
  EXPECT_TRUE(host.everybody_is_gone()) << "descriptors are left";
}

}  // namespace licaudit::test

#include "bench/serve/load_client.hpp"

#include "bench/host/host_client.hpp"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>
#include <deque>
#include <stdexcept>

namespace licaudit::bench {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{10};

struct client {
  int descriptor = -1;
  bool waits = false;  ///< for an answer
  clock::time_point since{};
  std::string received;
};

class crowd {
 public:
  explicit crowd(const load& what) : what_(what), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    clients_.resize(static_cast<std::size_t>(what.connections));
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      auto& one = clients_[i];
      one.descriptor = connect_to(what.socket);
      ::fcntl(one.descriptor, F_SETFL, ::fcntl(one.descriptor, F_GETFL) | O_NONBLOCK);
      epoll_event interest{};
      interest.events = EPOLLIN;
      interest.data.u64 = i;
      if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, one.descriptor, &interest) != 0) throw std::runtime_error("no epoll");
      idle_.push_back(i);
    }
  }
  ~crowd() {
    for (const auto& one : clients_) ::close(one.descriptor);
    ::close(epoll_);
  }
  crowd(const crowd&) = delete;
  crowd& operator=(const crowd&) = delete;

  load_outcome run() {
    start_ = clock::now();
    while (!over()) {
      ask_what_is_due();
      wait();
    }
    outcome_.seconds = std::chrono::duration<double>(clock::now() - start_).count();
    std::sort(outcome_.latency_seconds.begin(), outcome_.latency_seconds.end());
    return std::move(outcome_);
  }

 private:
  [[nodiscard]] bool over() const {
    if (what_.until != nullptr) return what_.until->load();
    return clock::now() - start_ >= std::chrono::duration<double>(what_.seconds);
  }

  /// Without a pace whoever is idle asks; with one, an idle client for each question that is due. One that finds nobody
  /// idle waits, and its time runs from when it was due.
  void ask_what_is_due() {
    while (!idle_.empty()) {
      auto due = clock::now();
      if (what_.per_second > 0) {
        const auto next = start_ + std::chrono::duration_cast<clock::duration>(
                                       std::chrono::duration<double>(static_cast<double>(asked_) / what_.per_second));
        if (next > due) return;
        due = next;
      }
      auto& one = clients_[idle_.front()];
      idle_.pop_front();
      ask(one, due);
    }
  }

  void ask(client& one, clock::time_point due) {
    ++asked_;
    one.since = due;
    one.waits = true;
    const auto sent = ::send(one.descriptor, what_.question.data(), what_.question.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(what_.question.size())) throw std::runtime_error("a server takes no questions");
  }

  void wait() {
    std::array<epoll_event, 64> ready{};
    const int limit = what_.per_second > 0 ? 1 : 100;
    const int count = ::epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), limit);
    for (int i = 0; i < count; ++i) take(static_cast<std::size_t>(ready[static_cast<std::size_t>(i)].data.u64));
    if (count != 0) return;
    for (const auto& one : clients_) {
      if (one.waits && clock::now() - one.since > patience) throw std::runtime_error("an answer does not come");
    }
  }

  void take(std::size_t number) {
    auto& one = clients_[number];
    const auto got = ::recv(one.descriptor, part_.data(), part_.size(), 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) throw std::runtime_error("a server ended a connection");
    one.received.append(part_.data(), static_cast<std::size_t>(got));
    const auto length = answer_length(what_.speaks, one.received);
    if (length == 0) return;
    if (!is_success(what_.speaks, one.received)) ++outcome_.refused;
    outcome_.latency_seconds.push_back(std::chrono::duration<double>(clock::now() - one.since).count());
    one.received.erase(0, length);
    one.waits = false;
    idle_.push_back(number);
  }

  const load& what_;
  int epoll_;
  std::vector<client> clients_;
  std::deque<std::size_t> idle_;
  std::array<char, 65536> part_{};
  clock::time_point start_{};
  std::uint64_t asked_ = 0;
  load_outcome outcome_;
};

}  // namespace

double load_outcome::percentile(double share) const {
  if (latency_seconds.empty()) return 0;
  const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(latency_seconds.size())));
  return latency_seconds[std::min(latency_seconds.size(), std::max<std::size_t>(place, 1)) - 1];
}

load_outcome run_load(const load& what) {
  return crowd(what).run();
}

}  // namespace licaudit::bench

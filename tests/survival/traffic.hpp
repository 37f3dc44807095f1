#pragma once

#include "tests/survival/actor.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace licaudit::test {

/// Every actor at once, each on a connection after the other, and one who only reads.
class traffic {
 public:
  traffic(std::filesystem::path socket, const std::vector<std::unique_ptr<actor>>& actors, std::uint64_t seed);
  ~traffic();
  traffic(const traffic&) = delete;
  traffic& operator=(const traffic&) = delete;

  /// Answers so far.
  [[nodiscard]] int answered() const { return answered_; }
  /// From now on it is right that the daemon is gone.
  void expect_the_end() { end_expected_ = true; }
  /// Waits for all to notice that the daemon is gone; what else they came upon.
  [[nodiscard]] std::string join();

 private:
  void give_orders(actor& who, std::uint64_t seed);
  void read();
  /// True: go on.
  bool take_answer(actor& who, const step& what);
  void complain(const std::string& what);

  std::filesystem::path socket_;
  std::atomic<int> answered_{0};
  std::atomic<bool> end_expected_{false}, over_{false};
  std::mutex complaining_;
  std::string complaints_;
  std::vector<std::thread> threads_;
};

}  // namespace licaudit::test

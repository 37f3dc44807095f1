#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace licaudit::cli {

/// What the fake does with one request: sends these bytes, then closes the connection or stays silent on it.
struct reaction {
  std::string bytes;
  bool stays_silent = false;
};

/// A whole answer with its head.
[[nodiscard]] reaction json_answer(const std::string& body, const std::string& status = "200 OK",
                                   const std::string& type = "application/json");
[[nodiscard]] reaction problem(int status, const std::string& detail);

/// Answers on a UNIX socket of its own, in a private directory, as the test says. Ends with its object.
class fake_daemon {
 public:
  /// `react` gets the request as it came: head and body. It runs on the fake's thread.
  using behaviour = std::function<reaction(const std::string& request)>;

  explicit fake_daemon(behaviour react);
  ~fake_daemon();
  fake_daemon(const fake_daemon&) = delete;
  fake_daemon& operator=(const fake_daemon&) = delete;

  [[nodiscard]] const std::string& socket() const { return socket_; }
  [[nodiscard]] const std::string& directory() const { return directory_; }
  [[nodiscard]] std::vector<std::string> requests() const;

 private:
  void serve();
  void answer(int connection);

  behaviour react_;
  std::string directory_, socket_;
  int listener_ = -1;
  int stop_[2] = {-1, -1};
  std::vector<int> silent_;
  mutable std::mutex guard_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

}  // namespace licaudit::cli

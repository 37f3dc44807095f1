#pragma once

#include "model/json.hpp"
#include "tests/plugins/run_program.hpp"

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::test {

/// The real licauditd on a copy of a configuration, in a private folder with a private socket. It is ended by its
/// process id; the folder goes with it.
class running_daemon {
 public:
  /// Copies config/demo and config/factors.d.
  running_daemon();
  ~running_daemon();
  running_daemon(const running_daemon&) = delete;
  running_daemon& operator=(const running_daemon&) = delete;

  /// Another program than licauditd, and variables besides: from the next start on.
  void run_as(std::string program, std::vector<std::pair<std::string, std::string>> variables);

  /// Starts it and waits for nothing.
  void launch();
  /// Starts it and waits until it says that it is ready, as systemd would hear it. False if it ends first; `said` then
  /// has what it said.
  [[nodiscard]] bool start();
  /// SIGTERM, and its exit status.
  int stop();
  void kill_hard();
  /// True once it is no more, by itself or by a signal.
  [[nodiscard]] bool has_ended();
  void signal(int number);
  /// Waits for the next READY=1: after a reload.
  [[nodiscard]] bool wait_ready();

  /// `licaudit ARGUMENTS` at its socket.
  [[nodiscard]] program_outcome cli(const std::vector<std::string>& arguments) const;
  /// The same with --json, parsed; null if it is no JSON.
  [[nodiscard]] json::value ask(std::vector<std::string> arguments) const;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::filesystem::path socket() const { return folder_ / "demo" / "licaudit.sock"; }
  [[nodiscard]] std::filesystem::path config() const { return folder_ / "demo" / "licauditd.yaml"; }
  [[nodiscard]] std::filesystem::path state() const { return folder_ / "demo" / "state"; }
  [[nodiscard]] std::string said() const;
  [[nodiscard]] pid_t pid() const { return pid_; }

  void write(const std::string& file, const std::string& text) const;  ///< below demo/
  [[nodiscard]] std::string read(const std::string& file) const;

 private:
  /// What it said before belongs to something else.
  void forget_notices() const;

  std::string program_ = "licauditd";
  std::vector<std::pair<std::string, std::string>> variables_;
  std::filesystem::path folder_;
  int notices_ = -1;
  pid_t pid_ = -1;
};

[[nodiscard]] std::string binary(const std::string& name);

}  // namespace licaudit::test

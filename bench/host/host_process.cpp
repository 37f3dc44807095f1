#include "bench/host/host_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace licaudit::bench {
namespace {

constexpr int patience_ms = 60'000;

/// After fork; what belongs to a service manager above is not the child's.
[[noreturn]] void become(const std::vector<std::string>& command, const char* folder, int log) {
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const auto& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
  arguments.push_back(nullptr);
  for (const char* name : {"NOTIFY_SOCKET", "LISTEN_FDS", "LISTEN_PID", "WATCHDOG_USEC"}) ::unsetenv(name);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // whoever ends us in the middle leaves no server behind
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  if (::chdir(folder) == 0) ::execvp(arguments.front(), arguments.data());
  ::_exit(127);
}

std::size_t kilobytes(const std::string& status, const std::string& name) {
  const auto at = status.find(name);
  if (at == std::string::npos) return 0;
  return std::stoul(status.substr(at + name.size()));
}

std::string text_of(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

host_process::host_process(const std::vector<std::string>& command, const std::filesystem::path& folder,
                           const std::filesystem::path& log) {
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (out < 0) throw std::runtime_error(log.string() + ": cannot be written");
  pid_ = ::fork();
  if (pid_ == 0) become(command, folder.c_str(), out);
  ::close(out);
  if (pid_ < 0) throw std::runtime_error(command.front() + ": cannot be started");
}

host_process::~host_process() {
  stop();
}

bool host_process::ended(bool wait) {
  if (pid_ <= 0) return true;
  int status = 0;
  if (::waitpid(pid_, &status, wait ? 0 : WNOHANG) != pid_) return false;
  pid_ = -1;
  return true;
}

bool host_process::runs() {
  return !ended(false);
}

void host_process::stop() {
  if (ended(false)) return;
  ::kill(pid_, SIGTERM);
  for (int left = patience_ms; left > 0; left -= 10) {
    if (ended(false)) return;
    ::poll(nullptr, 0, 10);
  }
  ::kill(pid_, SIGKILL);
  (void)ended(true);
}

process_use host_process::use() const {
  process_use made;
  const auto status = text_of("/proc/" + std::to_string(pid_) + "/status");
  made.resident = kilobytes(status, "VmRSS:") * 1024;
  made.peak = kilobytes(status, "VmHWM:") * 1024;
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(pid_, &clock) == 0 && ::clock_gettime(clock, &used) == 0) {
    made.cpu_seconds = static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
  }
  return made;
}

}  // namespace licaudit::bench

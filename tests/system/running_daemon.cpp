#include "tests/system/running_daemon.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace licaudit::test {

namespace {

// A sanitized build on a busy machine starts slowly; whoever waits longer than this waits for nothing.
constexpr int start_limit_ms = 60'000;

// ThreadSanitizer puts a signal off while its thread is at work, and now and then forgets it until the next one comes.
#ifdef __SANITIZE_THREAD__
constexpr int signal_again_ms = 2'000;
#else
constexpr int signal_again_ms = start_limit_ms;
#endif

int listen_for_notices(const std::filesystem::path& path) {
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    throw std::runtime_error("cannot listen for notices at " + path.string());
  return descriptor;
}

}  // namespace

std::string binary(const std::string& name) {
  return std::string(LICAUDIT_BINARY_DIRECTORY) + "/bin/" + name;
}

running_daemon::running_daemon() {
  std::string pattern = (std::filesystem::temp_directory_path() / "licaudit-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no private folder to be had");
  folder_ = pattern;
  const std::filesystem::path config = std::filesystem::path(LICAUDIT_SOURCE_DIRECTORY) / "config";
  std::filesystem::copy(config / "demo", folder_ / "demo", std::filesystem::copy_options::recursive);
  std::filesystem::copy(config / "factors.d", folder_ / "factors.d", std::filesystem::copy_options::recursive);
  notices_ = listen_for_notices(folder_ / "notify");
}

running_daemon::~running_daemon() {
  kill_hard();
  ::close(notices_);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void running_daemon::forget_notices() const {
  std::array<char, 1024> notice{};
  while (::recv(notices_, notice.data(), notice.size(), MSG_DONTWAIT) > 0) {
  }
}

void running_daemon::run_as(std::string program, std::vector<std::pair<std::string, std::string>> variables) {
  program_ = std::move(program);
  variables_ = std::move(variables);
}

bool running_daemon::start() {
  launch();
  return wait_ready();
}

void running_daemon::launch() {
  forget_notices();
  const std::string program = binary(program_), config = this->config().string();
  const std::string notify = (folder_ / "notify").string(), log = (folder_ / "log").string();
  pid_ = ::fork();
  if (pid_ == 0) {
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(out, STDERR_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::setenv("NOTIFY_SOCKET", notify.c_str(), 1);
    for (const auto& [name, value] : variables_) ::setenv(name.c_str(), value.c_str(), 1);
    ::execl(program.c_str(), program.c_str(), "--config", config.c_str(), nullptr);
    ::_exit(127);
  }
}

bool running_daemon::wait_ready() {
  for (int left = start_limit_ms; left > 0; left -= 100) {
    pollfd wait{notices_, POLLIN, 0};
    if (::poll(&wait, 1, 100) > 0) {
      std::array<char, 1024> notice{};
      const auto got = ::recv(notices_, notice.data(), notice.size() - 1, 0);
      if (got > 0 && std::string_view(notice.data()).find("READY=1") != std::string_view::npos) return true;
    }
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      return false;
    }
  }
  return false;
}

int running_daemon::stop() {
  if (pid_ <= 0) return -1;
  ::kill(pid_, SIGTERM);
  int status = 0;
  for (int left = start_limit_ms; left > 0; left -= 20) {
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    if (left < start_limit_ms && left % signal_again_ms == 0) ::kill(pid_, SIGTERM);
    ::poll(nullptr, 0, 20);
  }
  kill_hard();
  return -1;
}

void running_daemon::kill_hard() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
}

bool running_daemon::has_ended() {
  int status = 0;
  if (pid_ > 0 && ::waitpid(pid_, &status, WNOHANG) == pid_) pid_ = -1;
  return pid_ <= 0;
}

void running_daemon::signal(int number) {
  forget_notices();
  ::kill(pid_, number);
}

program_outcome running_daemon::cli(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command{binary("licaudit"), "--socket", socket().string(), "--timeout", "50s"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run_program(command, "");
}

json::value running_daemon::ask(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "--json");
  auto parsed = parse_json(cli(arguments).out);
  return parsed ? std::move(*parsed) : json::value(nullptr);
}

std::string running_daemon::said() const {
  std::ifstream in(folder_ / "log");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void running_daemon::write(const std::string& file, const std::string& text) const {
  std::ofstream(folder_ / "demo" / file) << text;
}

std::string running_daemon::read(const std::string& file) const {
  std::ifstream in(folder_ / "demo" / file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace licaudit::test

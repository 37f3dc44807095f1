#include "daemon/sync/child_process.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::sync {

namespace asio = boost::asio;

namespace {

/// As much as Linux lets anybody have: fewer and larger reads.
constexpr int output_pipe_bytes = 1024 * 1024;

constexpr const char* default_path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

std::string reason_of(int error) {
  return std::generic_category().message(error);
}

failure not_startable(const std::filesystem::path& executable, int error) {
  if (error == ENOEXEC) {
    return {errc::refused, executable.string() + ": not a program; a script must begin with a line such as #!/bin/sh"};
  }
  return {errc::unreachable, executable.string() + ": cannot be started: " + reason_of(error)};
}

bool anybody_may_write(const struct stat& what) {
  return (what.st_mode & S_IWOTH) != 0;
}

result<void> check_executable(const std::filesystem::path& executable) {
  struct stat file {};
  struct stat folder {};
  const auto where = executable.string();
  if (::stat(executable.c_str(), &file) != 0 || ::stat(executable.parent_path().c_str(), &folder) != 0) {
    return failure{errc::refused, where + ": " + reason_of(errno) + "; name a plugin that is installed"};
  }
  if (!S_ISREG(file.st_mode)) return failure{errc::refused, where + ": not a regular file, so no source"};
  if (anybody_may_write(file)) {
    return failure{errc::refused, where + ": anybody may write it, so it is not run; chmod o-w " + where};
  }
  if (anybody_may_write(folder) && (folder.st_mode & S_ISVTX) == 0) {
    return failure{errc::refused, where + ": anybody may replace it, so it is not run; chmod o-w its folder"};
  }
  if (::access(executable.c_str(), X_OK) != 0) {
    return failure{errc::refused, where + ": not executable for licauditd; chmod +x " + where};
  }
  return {};
}

/// Both ends of a pipe, closed unless somebody takes them.
class pipe_ends {
 public:
  pipe_ends() { opened_ = ::pipe2(ends_.data(), O_CLOEXEC) == 0; }
  ~pipe_ends() {
    if (opened_ && ends_[0] >= 0) ::close(ends_[0]);
    if (opened_ && ends_[1] >= 0) ::close(ends_[1]);
  }
  pipe_ends(const pipe_ends&) = delete;
  pipe_ends& operator=(const pipe_ends&) = delete;

  [[nodiscard]] bool opened() const { return opened_; }
  [[nodiscard]] int reading() const { return ends_[0]; }
  [[nodiscard]] int writing() const { return ends_[1]; }
  [[nodiscard]] int take_reading() { return std::exchange(ends_[0], -1); }
  [[nodiscard]] int take_writing() { return std::exchange(ends_[1], -1); }

 private:
  std::array<int, 2> ends_{-1, -1};
  bool opened_ = false;
};

std::vector<std::string> environment_of_child() {
  std::vector<std::string> kept;
  for (const std::string name : {"PATH", "LANG", "TZ", "CREDENTIALS_DIRECTORY"}) {
    // The loop's thread is the only one that looks, and nobody sets.
    const auto* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
    if (value != nullptr) {
      kept.push_back(name + '=' + value);
    } else if (name == "PATH") {
      kept.emplace_back(default_path);
    }
  }
  return kept;
}

/// The attributes of posix_spawn: an own process group, no signal blocked or ignored.
class spawn_attributes {
 public:
  spawn_attributes() {
    ::posix_spawnattr_init(&value_);
    sigset_t signals;
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&value_, &signals);
    ::sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&value_, &signals);
    ::posix_spawnattr_setpgroup(&value_, 0);
    ::posix_spawnattr_setflags(&value_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~spawn_attributes() { ::posix_spawnattr_destroy(&value_); }
  spawn_attributes(const spawn_attributes&) = delete;
  spawn_attributes& operator=(const spawn_attributes&) = delete;
  [[nodiscard]] const posix_spawnattr_t* get() const { return &value_; }

 private:
  posix_spawnattr_t value_{};
};

/// What posix_spawn does with files before the program starts.
class spawn_files {
 public:
  spawn_files() { ::posix_spawn_file_actions_init(&value_); }
  ~spawn_files() { ::posix_spawn_file_actions_destroy(&value_); }
  spawn_files(const spawn_files&) = delete;
  spawn_files& operator=(const spawn_files&) = delete;
  void become(int from, int to) { ::posix_spawn_file_actions_adddup2(&value_, from, to); }
  void change_to(const std::filesystem::path& directory) {
    ::posix_spawn_file_actions_addchdir_np(&value_, directory.c_str());
  }
  void close_others() { ::posix_spawn_file_actions_addclosefrom_np(&value_, STDERR_FILENO + 1); }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &value_; }

 private:
  posix_spawn_file_actions_t value_{};
};

result<pid_t> spawn(const std::filesystem::path& executable, const spawn_files& files) {
  auto path = executable.string();
  auto texts = environment_of_child();
  std::vector<char*> environment;
  environment.reserve(texts.size() + 1);
  for (auto& text : texts) environment.push_back(text.data());
  environment.push_back(nullptr);
  std::array<char*, 2> arguments{path.data(), nullptr};
  const spawn_attributes attributes;
  pid_t pid = 0;
  const int error =
      ::posix_spawn(&pid, path.c_str(), files.get(), attributes.get(), arguments.data(), environment.data());
  if (error != 0) return not_startable(executable, error);
  return pid;
}

result<void> check_directory(const std::filesystem::path& directory) {
  std::error_code error;
  if (std::filesystem::is_directory(directory, error)) return {};
  return failure{errc::refused, directory.string() + ": no folder that a source can run in"};
}

/// A descriptor that becomes readable when the process ends; O_CLOEXEC. (glibc 2.36 declares pidfd_open for C only.)
int open_process(pid_t pid) {
  return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

void ignore_broken_pipes() {
  static const bool once = [] {
    std::signal(SIGPIPE, SIG_IGN);
    return true;
  }();
  (void)once;
}

}  // namespace

child_process::child_process(const asio::any_io_executor& executor, pid_t pid)
    : pid_(pid), input_(executor), output_(executor), errors_(executor), process_(executor) {}

result<std::unique_ptr<child_process>> child_process::start(const asio::any_io_executor& executor,
                                                            const std::filesystem::path& executable,
                                                            const std::filesystem::path& directory) {
  ignore_broken_pipes();
  const auto home = directory.empty() ? std::filesystem::path("/") : directory;
  if (auto fit = check_executable(executable); !fit) return fit.error();
  if (auto fit = check_directory(home); !fit) return fit.error();
  pipe_ends input;
  pipe_ends output;
  pipe_ends errors;
  if (!input.opened() || !output.opened() || !errors.opened()) return not_startable(executable, errno);
  ::fcntl(output.reading(), F_SETPIPE_SZ, output_pipe_bytes);  // refused beyond a user's quota; smaller is slower only
  spawn_files files;
  files.become(input.reading(), STDIN_FILENO);
  files.become(output.writing(), STDOUT_FILENO);
  files.become(errors.writing(), STDERR_FILENO);
  files.change_to(home);
  files.close_others();
  auto pid = spawn(executable, files);
  if (!pid) return pid.error();
  std::unique_ptr<child_process> child(new child_process(executor, *pid));
  const int process = open_process(*pid);
  if (process < 0) return not_startable(executable, errno);
  child->process_.assign(process);
  child->input_.assign(input.take_writing());
  child->output_.assign(output.take_reading());
  child->errors_.assign(errors.take_reading());
  return child;
}

child_process::~child_process() {
  if (reaped_) return;
  run_ending unread;
  reap(unread);
}

asio::awaitable<bool> child_process::ended_within(std::chrono::milliseconds at_most) {
  using namespace asio::experimental::awaitable_operators;  // NOLINT(google-build-using-namespace)
  constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
  asio::steady_timer timer(process_.get_executor(), at_most);
  auto ended = process_.async_wait(stream::wait_read, no_throw);
  auto late = timer.async_wait(no_throw);
  const auto first = co_await (std::move(ended) || std::move(late));
  const auto* waited = std::get_if<0>(&first);
  co_return waited != nullptr && !std::get<0>(*waited);
}

void child_process::cancel_wait() {
  boost::system::error_code ignored;
  process_.cancel(ignored);
}

void child_process::signal_group(int signal) {
  if (!reaped_) ::kill(-pid_, signal);
}

void child_process::close_streams() {
  boost::system::error_code ignored;
  input_.close(ignored);
  output_.close(ignored);
  errors_.close(ignored);
}

void child_process::reap(run_ending& ending) {
  signal_group(SIGKILL);  // before the pid is given back; what the child left behind goes with it
  siginfo_t how{};
  if (::waitid(P_PID, static_cast<id_t>(pid_), &how, WEXITED | WNOHANG) != 0 || how.si_pid == 0) {
    ending.kind = exit_kind::lost;
    return;
  }
  reaped_ = true;
  ending.kind = how.si_code == CLD_EXITED ? exit_kind::exited : exit_kind::signalled;
  ending.code = how.si_status;
}

}  // namespace licaudit::sync

#include "tests/cli/program_run.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>

namespace licaudit::cli {

namespace {

/// No test waits that long unless the program hangs.
constexpr auto deadline = std::chrono::seconds{30};

constexpr uid_t nobody = 65534;

class descriptor {
 public:
  descriptor() = default;
  ~descriptor() { close(); }
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  void close() {
    if (number >= 0) ::close(number);
    number = -1;
  }
  int number = -1;
};

struct channel {
  descriptor ours, theirs;

  void make_pipe(bool we_read) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    ours.number = we_read ? ends[0] : ends[1];
    theirs.number = we_read ? ends[1] : ends[0];
  }

  void make_terminal(unsigned short columns) {
    winsize size{};
    size.ws_col = columns;
    size.ws_row = 24;
    if (::openpty(&ours.number, &theirs.number, nullptr, nullptr, &size) != 0) throw std::runtime_error("no terminal");
    ::fcntl(ours.number, F_SETFD, FD_CLOEXEC);
    ::fcntl(theirs.number, F_SETFD, FD_CLOEXEC);
  }
};

/// Pointers into the texts, as exec wants them.
std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (auto& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

/// Appends what is there; false at the end (a terminal ends with an error).
bool take(const descriptor& from, std::string& into) {
  std::array<char, 4096> buffer{};
  const auto n = ::read(from.number, buffer.data(), buffer.size());
  if (n <= 0) return false;
  into.append(buffer.data(), static_cast<std::size_t>(n));
  return true;
}

/// Reads both until both ended; false if the deadline came first.
bool collect(channel& out, channel& err, program_result& result) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (out.ours.number >= 0 || err.ours.number >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    std::array<pollfd, 2> ready = {pollfd{out.ours.number, POLLIN, 0}, pollfd{err.ours.number, POLLIN, 0}};
    if (left.count() <= 0 || ::poll(ready.data(), ready.size(), static_cast<int>(left.count())) <= 0) return false;
    if (ready[0].revents != 0 && !take(out.ours, result.out)) out.ours.close();
    if (ready[1].revents != 0 && !take(err.ours, result.err)) err.ours.close();
  }
  return true;
}

void without_carriage_returns(std::string& text) {
  for (auto at = text.find("\r\n"); at != text.npos; at = text.find("\r\n", at)) text.erase(at, 1);
}

}  // namespace

program_result run_licaudit(const std::vector<std::string>& arguments, const program_setting& setting) {
  std::vector<std::string> words = {LICAUDIT_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  auto environment = setting.environment;
  const auto word_list = pointers(words);
  const auto environment_list = pointers(environment);
  channel in, out, err;
  in.make_pipe(false);
  err.make_pipe(true);
  setting.terminal_columns == 0 ? out.make_pipe(true) : out.make_terminal(setting.terminal_columns);
  descriptor file;
  if (!setting.output_file.empty()) file.number = ::open(setting.output_file.c_str(), O_WRONLY | O_CLOEXEC);
  // Opened before any right is given up: the build tree may be closed to others.
  descriptor program;
  program.number = ::open(LICAUDIT_PROGRAM, O_RDONLY | O_CLOEXEC);
  const auto child = ::fork();
  if (child == 0) {
    ::dup2(in.theirs.number, STDIN_FILENO);
    ::dup2(file.number >= 0 ? file.number : out.theirs.number, STDOUT_FILENO);
    ::dup2(err.theirs.number, STDERR_FILENO);
    if (setting.as_nobody && ::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) ::_exit(126);
    ::fexecve(program.number, word_list.data(), environment_list.data());
    ::_exit(127);
  }
  for (auto* one : {&in, &out, &err}) one->theirs.close();
  // Small enough for the pipe's buffer; a program that does not read it must not stop us.
  if (!setting.input.empty() && ::write(in.ours.number, setting.input.data(), setting.input.size()) < 0)
    in.ours.close();
  in.ours.close();
  program_result result;
  const bool ended = collect(out, err, result);
  if (!ended) ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (ended && WIFEXITED(status)) result.exit = WEXITSTATUS(status);
  if (setting.terminal_columns != 0) without_carriage_returns(result.out);
  return result;
}

}  // namespace licaudit::cli

#include "daemon/sync/run_ending.hpp"

#include "daemon/sync/stderr_tail.hpp"

#include <cstring>
#include <string_view>

namespace licaudit::sync {

namespace {

/// `300 s`, `250 ms`
std::string seconds_of(std::chrono::milliseconds time) {
  if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + " s";
  return std::to_string(time.count()) + " ms";
}

/// What the source itself said last, which usually is the reason.
std::string last_words(const run_ending& ending) {
  const auto line = last_line(ending.stderr_tail);
  if (line.empty()) return " and said nothing on standard error";
  return ": \"" + std::string(line) + '"';
}

std::string signal_name(int signal) {
  const auto* name = ::sigdescr_np(signal);
  return name == nullptr ? std::string("unknown") : std::string(name);
}

}  // namespace

std::string to_text(const run_ending& ending) {
  if (ending.kind == exit_kind::not_started) return "not started";
  switch (ending.cut) {
    case run_cut::deadline:
      return "killed at its deadline of " + seconds_of(ending.timeout);
    case run_cut::stopped:
      return "killed, because licauditd stopped or the source was removed";
    case run_cut::output_cap:
      return "killed at the cap of its output";
    case run_cut::not_of_the_protocol:
      if (ending.kind == exit_kind::exited) break;  // it was faster
      return "killed, because its output is not of the protocol";
    case run_cut::none:
      break;
  }
  if (ending.kind == exit_kind::signalled) return "signal " + std::to_string(ending.code);
  if (ending.kind == exit_kind::lost) return "cannot be killed";
  return "exit " + std::to_string(ending.code);
}

std::string problem_of(const run_ending& ending) {
  if (ending.kind == exit_kind::not_started) return ending.not_started;
  switch (ending.cut) {
    case run_cut::deadline:
      return "did not end within its timeout of " + seconds_of(ending.timeout) +
             " and was killed; find out what it waits for, or raise the timeout";
    case run_cut::stopped:
      return "was killed, because licauditd stopped or the source was removed";
    case run_cut::output_cap:
      return "printed more than a run may and was killed; it repeats itself, or must be split";
    case run_cut::not_of_the_protocol:
      return "printed what is not of the protocol";
    case run_cut::none:
      break;
  }
  if (ending.kind == exit_kind::lost)
    return "closed its output, but its process cannot be ended; look at what it hangs on";
  if (ending.kind == exit_kind::signalled) {
    return "was ended by signal " + std::to_string(ending.code) + " (" + signal_name(ending.code) + ")" +
           last_words(ending);
  }
  if (ending.code == 0) return {};
  if (ending.code == start_over_status) {
    return "wants to start again without a cursor (exit status 75), and it had none" + last_words(ending);
  }
  return "ended with exit status " + std::to_string(ending.code) + last_words(ending);
}

}  // namespace licaudit::sync

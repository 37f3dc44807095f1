#include "daemon/sync/source_state.hpp"

namespace licaudit::sync {

namespace {

constexpr int intervals_until_stale = 3;  // domain.md 4

}  // namespace

std::string_view to_text(source_condition condition) {
  switch (condition) {
    case source_condition::ok:
      return "ok";
    case source_condition::running:
      return "running";
    case source_condition::stale:
      return "stale";
    case source_condition::held:
      return "held";
    case source_condition::never:
      return "never";
  }
  return "never";
}

source_condition condition_of(const source_memory& memory, std::chrono::milliseconds every, instant now) {
  if (memory.last_run && memory.last_run->state == run_state::held) return source_condition::held;
  if (!memory.last_good) return source_condition::never;
  const bool failed = memory.last_run && memory.last_run->state == run_state::failed;
  const bool old = now - *memory.last_good > every * intervals_until_stale;
  return failed || old ? source_condition::stale : source_condition::ok;
}

}  // namespace licaudit::sync

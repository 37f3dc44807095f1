// The body of `pass_failpoint` in the daemon of the crash tests: LICAUDIT_FAILPOINT=NAME or NAME:N ends the process at
// the N-th time that it comes to that place, as SIGKILL from outside would.
#include "daemon/ledger/failpoint.hpp"

#include <unistd.h>

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <string>

namespace licaudit::ledger {

namespace {

struct ordered_end {
  std::string name;
  std::atomic<int> left{1};

  ordered_end() {
    const char* text = std::getenv("LICAUDIT_FAILPOINT");  // NOLINT(concurrency-mt-unsafe): nobody sets it
    if (text == nullptr) return;
    name = text;
    const auto colon = name.find(':');
    if (colon == std::string::npos) return;
    int times = 1;
    std::from_chars(name.data() + colon + 1, name.data() + name.size(), times);
    left = times;
    name.resize(colon);
  }
};

}  // namespace

void pass_failpoint(std::string_view name) {
  static ordered_end order;
  if (name != order.name || --order.left != 0) return;
  ::kill(::getpid(), SIGKILL);
}

}  // namespace licaudit::ledger

#include "daemon/app/journal.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string>

namespace licaudit::app {

void journal(level how, std::string_view line) {
  static const bool under_systemd = std::getenv("JOURNAL_STREAM") != nullptr;
  std::string text = under_systemd ? "<" + std::to_string(static_cast<int>(how)) + ">" : std::string("licauditd: ");
  // One record is one line, whatever a source or a client put into it.
  for (const char each : line) text += each == '\n' || each == '\r' ? ' ' : each;
  text += '\n';
  // One write per line: lines of two threads do not mix. There is nobody to tell if standard error is gone.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace licaudit::app

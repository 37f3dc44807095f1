#pragma once

#include <string_view>

namespace licaudit::ledger {

/// Names a place between two steps to the disk: before and after each commit, rename and checkpoint. In licauditd it
/// does nothing. The crash tests link a daemon with another body, which ends the process here as SIGKILL does; so no
/// option and no variable of a shipped daemon can. The tests read the names from the sources: a call is all it takes.
void pass_failpoint(std::string_view name);

}  // namespace licaudit::ledger

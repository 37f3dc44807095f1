#pragma once

#include <functional>

namespace licaudit::ledger {

/// Runs `work` in a forked process; its status as of waitpid. The child ends without destructors, and after a minute in
/// any case. No SQLite connection may be open across the call.
int in_child(const std::function<int()>& work);

}  // namespace licaudit::ledger

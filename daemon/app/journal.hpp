#pragma once

#include <string_view>

namespace licaudit::app {

/// syslog's levels, as journald reads them from the front of a line.
enum class level : int { error = 3, warning = 4, notice = 5, info = 6 };

/// One line to the journal: standard error, with the level in front where journald reads it. Safe on any thread.
void journal(level how, std::string_view line);

}  // namespace licaudit::app

#pragma once

#include "cli/session.hpp"

#include <string>

namespace licaudit::cli::commands {

/// Who was counted in a month, from when until when; an empty licence: for each.
[[nodiscard]] outcome<exit_status> show_counted_subjects(session& with, const std::string& tenant,
                                                         const std::string& month, const std::string& licence);

}  // namespace licaudit::cli::commands

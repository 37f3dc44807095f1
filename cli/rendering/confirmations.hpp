#pragma once

#include "cli/rendering/view.hpp"

#include <string>

namespace licaudit::cli::rendering {

// What a person reads after a change: one or a few lines that say what is now so, and what is still to do.

[[nodiscard]] std::string switch_text(const json::object& answer, const view& as);
[[nodiscard]] std::string refresh_text(const json::object& result, const view& as);
[[nodiscard]] std::string acceptance_text(const json::object& answer, const view& as);
[[nodiscard]] std::string acknowledgement_text(const json::object& answer, const view& as);
[[nodiscard]] std::string reload_text(const json::object& answer, const view& as);
[[nodiscard]] std::string verification_text(const json::object& answer, const view& as);

[[nodiscard]] std::string closing_text(const json::object& answer, const view& as);
[[nodiscard]] std::string bill_acceptance_text(const json::object& answer, const view& as);
[[nodiscard]] std::string correction_text(const json::object& answer, const view& as);

/// `did` says what was done: `put user ann@contoso.example of contoso`.
[[nodiscard]] std::string change_text(const std::string& did, const json::object& answer, const view& as);

/// `teams: 1200 of 5000`: one progress line of a refresh.
[[nodiscard]] std::string progress_text(const json::object& line);

}  // namespace licaudit::cli::rendering

#pragma once

#include "plugins/sdk/source_main.hpp"

#include <string>

namespace licaudit::teams {

struct teams_config {
  std::string users;     ///< Get-CsOnlineUser
  std::string policies;  ///< Get-CsOnlineVoiceRoutingPolicy
  std::string routes;    ///< Get-CsOnlineVoiceRoute
};

/// The users of a Microsoft Teams tenant from three PowerShell exports.
[[nodiscard]] result<sdk::source_job> open(const sdk::source_request& request);

/// Prints a whole run. Accounts that are no users are left out and counted; a policy that the exports lack is a
/// warning.
[[nodiscard]] result<void> run(const teams_config& config, sdk::record_writer& out);

extern const sdk::source_description description;

}  // namespace licaudit::teams

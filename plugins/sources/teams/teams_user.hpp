#pragma once

#include "model/json.hpp"
#include "model/result.hpp"
#include "model/subject.hpp"
#include "plugins/sources/teams/voice_routing.hpp"

#include <string>
#include <variant>

namespace licaudit::teams {

/// An account that is no user to count, and why: `soft-deleted`, `account type Guest`.
struct left_out_account {
  std::string reason;
};

/// A user of Get-CsOnlineUser. `unknown_policy` is a voice routing policy that the export of policies lacks: the user
/// has no gateway then.
struct teams_user {
  subject value;
  std::string unknown_policy;
};

/// The id and `upn` are the UserPrincipalName as given. The failure says which property is missing.
[[nodiscard]] result<std::variant<teams_user, left_out_account>> read_teams_user(const json::object& account,
                                                                                 const voice_routing& routing);

}  // namespace licaudit::teams

#include "plugins/sources/teams/teams_user.hpp"

#include "model/names.hpp"
#include "plugins/sources/teams/property.hpp"

#include <array>
#include <optional>
#include <utility>

namespace licaudit::teams {

namespace {

/// Why an account is not to be counted. Older modules have InterpretedUserType alone, in which the kind of account is
/// one part of a longer word such as `PureOnlineApplicationInstance`.
std::optional<std::string> why_left_out(const json::object& account) {
  if (!text_of(account, "SoftDeletionTimestamp").empty()) return "soft-deleted";
  const auto type = text_of(account, "AccountType");
  if (!type.empty()) return folded(type) == "user" ? std::nullopt : std::optional("account type " + type);
  const auto interpreted = text_of(account, "InterpretedUserType");
  constexpr std::array<std::string_view, 5> not_people = {"applicationinstance", "resourceaccount", "guest",
                                                          "ineligible", "softdeleted"};
  for (const auto part : not_people) {
    if (folded(interpreted).find(part) != std::string::npos) return "account type " + interpreted;
  }
  return std::nullopt;
}

void add_text(field_map& fields, const char* field, std::string text) {
  auto value = make_field_value({std::move(text)});
  if (!value.empty()) fields.emplace(field, std::move(value));
}

}  // namespace

result<std::variant<teams_user, left_out_account>> read_teams_user(const json::object& account,
                                                                   const voice_routing& routing) {
  using outcome = std::variant<teams_user, left_out_account>;
  if (auto reason = why_left_out(account)) return outcome(left_out_account{std::move(*reason)});
  const auto upn = text_of(account, "UserPrincipalName");
  if (!is_subject_id(upn)) {
    return failure{errc::malformed,
                   "has no UserPrincipalName; export Get-CsOnlineUser whole, or select that property too"};
  }
  teams_user user;
  user.value.name.id = upn;
  auto& fields = user.value.fields;
  add_text(fields, "upn", upn);
  add_text(fields, "display_name", text_of(account, "DisplayName"));
  add_text(fields, "line_uri", text_of(account, "LineUri"));
  add_text(fields, "number_type", text_of(account, "NumberType"));
  add_text(fields, "dial_plan", policy_of(account, "TenantDialPlan"));
  add_text(fields, "enabled", folded(text_of(account, "AccountEnabled")));
  auto policy = policy_of(account, "OnlineVoiceRoutingPolicy");
  if (policy.empty()) policy = global_policy;
  const auto* gateways = routing.gateways_of(policy);
  if (gateways == nullptr) user.unknown_policy = policy;
  if (gateways != nullptr && !gateways->empty()) fields.emplace("pstn_gateway", *gateways);
  add_text(fields, "voice_routing_policy", policy);
  return outcome(std::move(user));
}

}  // namespace licaudit::teams

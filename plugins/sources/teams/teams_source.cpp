#include "plugins/sources/teams/teams_source.hpp"

#include "model/json.hpp"
#include "plugins/sources/teams/export_file.hpp"
#include "plugins/sources/teams/teams_user.hpp"
#include "plugins/sources/teams/voice_routing.hpp"

#include <cstdint>
#include <map>
#include <utility>

namespace licaudit::teams {

const sdk::source_description description = {
    "teams", "The users of a Microsoft Teams tenant from PowerShell exports (ConvertTo-Json -Depth 5).",
    "  users      the file of Get-CsOnlineUser\n"
    "  policies   the file of Get-CsOnlineVoiceRoutingPolicy\n"
    "  routes     the file of Get-CsOnlineVoiceRoute\n"};

namespace {

using counts = std::map<std::string, std::int64_t>;

void warn_of_policies(const counts& users_by_policy, const teams_config& config) {
  for (const auto& [policy, users] : users_by_policy) {
    sdk::warn(description.name, config.users + ": " + std::to_string(users) + " user(s) of the voice routing policy '" +
                                    policy + "', which " + config.policies +
                                    " lacks: no gateway; export users and policies together");
  }
}

result<void> write_users(const export_file& users, const voice_routing& routing, const teams_config& config,
                         sdk::record_writer& out) {
  counts left_out;
  counts unknown_policies;
  for (std::size_t i = 0; i < users.entries().size(); ++i) {
    auto read = read_teams_user(users.entries()[i], routing);
    if (!read) return users.wrong(i, read.error().detail);
    if (const auto* account = std::get_if<left_out_account>(&*read)) ++left_out[account->reason];
    if (const auto* user = std::get_if<teams_user>(&*read)) {
      out.write(user->value);
      if (!user->unknown_policy.empty()) ++unknown_policies[user->unknown_policy];
    }
  }
  for (const auto& [reason, count] : left_out) out.left_out(reason, count);
  warn_of_policies(unknown_policies, config);
  return {};
}

}  // namespace

result<void> run(const teams_config& config, sdk::record_writer& out) {
  const auto policies = export_file::read(config.policies, "Get-CsOnlineVoiceRoutingPolicy");
  if (!policies) return policies.error();
  const auto routes = export_file::read(config.routes, "Get-CsOnlineVoiceRoute");
  if (!routes) return routes.error();
  const auto routing = voice_routing::create(*policies, *routes);
  if (!routing) return routing.error();
  const auto users = export_file::read(config.users, "Get-CsOnlineUser");
  if (!users) return users.error();
  out.begin();
  if (auto written = write_users(*users, *routing, config, out); !written) return written;
  out.end();
  return {};
}

result<sdk::source_job> open(const sdk::source_request& request) {
  json_reader in(request.config, "config");
  teams_config config;
  config.users = in.text("users");
  config.policies = in.text("policies");
  config.routes = in.text("routes");
  if (auto wrong = in.finish()) return *wrong;
  return sdk::source_job([config = std::move(config)](sdk::record_writer& out) { return run(config, out); });
}

}  // namespace licaudit::teams

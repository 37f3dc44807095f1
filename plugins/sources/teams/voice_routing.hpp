#pragma once

#include "model/result.hpp"
#include "model/subject.hpp"
#include "plugins/sources/teams/export_file.hpp"

#include <map>
#include <string>
#include <string_view>

namespace licaudit::teams {

/// Which gateways a voice routing policy leads to: policy -> PSTN usages -> the routes that share one -> their
/// gateways. Teams knows no gateway of a user; this is the way a call of his takes. Names compare without case.
class voice_routing {
 public:
  /// From Get-CsOnlineVoiceRoutingPolicy and Get-CsOnlineVoiceRoute. Failures name file and entry.
  [[nodiscard]] static result<voice_routing> create(const export_file& policies, const export_file& routes);

  /// Sorted and distinct. Null if there is no such policy; the empty name is the global policy.
  [[nodiscard]] const field_value* gateways_of(std::string_view policy) const;

 private:
  std::map<std::string, field_value, std::less<>> gateways_by_policy_;
};

/// The policy of who has none of his own.
inline constexpr std::string_view global_policy = "Global";

}  // namespace licaudit::teams

#include "plugins/sources/teams/voice_routing.hpp"

#include "plugins/sources/teams/property.hpp"

#include <utility>
#include <vector>

namespace licaudit::teams {

namespace {

constexpr const char* usages_missing = "has no OnlinePstnUsages; export the objects whole, with -Depth 5";
constexpr const char* gateways_missing = "has no OnlinePstnGatewayList; export the objects whole, with -Depth 5";

using gateways_by_usage = std::map<std::string, std::vector<std::string>, std::less<>>;

result<gateways_by_usage> read_routes(const export_file& routes) {
  gateways_by_usage gateways;
  for (std::size_t i = 0; i < routes.entries().size(); ++i) {
    const auto& route = routes.entries()[i];
    const auto usages = texts_of(route, "OnlinePstnUsages");
    const auto list = texts_of(route, "OnlinePstnGatewayList");
    if (!usages) return routes.wrong(i, usages_missing);
    if (!list) return routes.wrong(i, gateways_missing);
    for (const auto& usage : *usages) {
      auto& of_usage = gateways[folded(usage)];
      of_usage.insert(of_usage.end(), list->begin(), list->end());
    }
  }
  return gateways;
}

field_value reachable(const std::vector<std::string>& usages, const gateways_by_usage& gateways) {
  std::vector<std::string> all;
  for (const auto& usage : usages) {
    const auto found = gateways.find(folded(usage));
    if (found != gateways.end()) all.insert(all.end(), found->second.begin(), found->second.end());
  }
  return make_field_value(std::move(all));
}

}  // namespace

result<voice_routing> voice_routing::create(const export_file& policies, const export_file& routes) {
  const auto gateways = read_routes(routes);
  if (!gateways) return gateways.error();
  voice_routing routing;
  for (std::size_t i = 0; i < policies.entries().size(); ++i) {
    const auto& policy = policies.entries()[i];
    const auto name = without_tag(text_of(policy, "Identity"));
    if (name.empty()) return policies.wrong(i, "has no Identity; export Get-CsOnlineVoiceRoutingPolicy whole");
    const auto usages = texts_of(policy, "OnlinePstnUsages");
    if (!usages) return policies.wrong(i, "policy '" + name + "' " + usages_missing);
    if (!routing.gateways_by_policy_.emplace(folded(name), reachable(*usages, *gateways)).second) {
      return policies.wrong(i, "policy '" + name + "' stands there twice; the files are of one tenant each");
    }
  }
  return routing;
}

const field_value* voice_routing::gateways_of(std::string_view policy) const {
  const auto found = gateways_by_policy_.find(folded(policy.empty() ? global_policy : policy));
  return found == gateways_by_policy_.end() ? nullptr : &found->second;
}

}  // namespace licaudit::teams

#include "bench/host/host_counts.hpp"

#include <map>
#include <string>

namespace licaudit::bench {
namespace {

/// By `licence/factor`, its place in the order of the set.
std::map<std::string, std::size_t> places(const factor_set& rules) {
  std::map<std::string, std::size_t> made;
  for (const auto& of : rules.licences) {
    for (const auto& one : of.factors) made.emplace(of.id + "/" + one.id, made.size());
  }
  return made;
}

std::string text(const json::value& value, const char* key) {
  return std::string(value.at(key).as_string());
}

}  // namespace

tallies shown_counts(const host_client& daemon, const workload& all, const factor_set& rules) {
  const auto place = places(rules);
  tallies counts(all.tenants().size() * place.size());
  for (std::size_t i = 0; i < all.tenants().size(); ++i) {
    const auto page = daemon.json_of("/v1/tenants/" + all.tenants()[i].id + "/licences");
    for (const auto& of : page.at("licences").as_array()) {
      for (const auto& one : of.at("factors").as_array()) {
        auto& count = counts.at(i * place.size() + place.at(text(of, "licence") + "/" + text(one, "factor")));
        count = {one.at("calculated").to_number<std::int64_t>(), one.at("configured").to_number<std::int64_t>()};
      }
    }
  }
  return counts;
}

}  // namespace licaudit::bench

#include "tests/daemon/api/sold_licences.hpp"

#include <stdexcept>

namespace licaudit::api {

namespace {

constexpr const char* rules_text = R"({"licences":[
  {"id":"agents","title":"Agents","pool":"units","factors":[{"id":"users","title":"Users","subject":"user",
    "priority":1}]},
  {"id":"speech-to-text","title":"Speech to text","limit":{"included":5000,"unit":"minute","period":"month"},
    "factors":[{"id":"minutes","title":"Minutes","subject":"meter","priority":1,"services":["direct-routing-pro"],
      "unit":"minute"}]},
  {"id":"storage","title":"Storage","deprecated":{"successor":["storage-2"]},"factors":[{"id":"gigabytes",
    "title":"Gigabytes","subject":"meter","priority":1,"services":["direct-routing-pro"],
    "package":{"size":500,"unit":"GB"}}]},
  {"id":"storage-2","title":"Storage 2","factors":[{"id":"gigabytes","title":"Gigabytes","subject":"meter",
    "priority":1,"services":["other"]}]},
  {"id":"ump","title":"UMP user licence","factors":[{"id":"direct-routing","title":"Direct Routing","subject":"user",
    "priority":1},{"id":"lifecycle-management","title":"LCM","subject":"user","priority":3,"switchable":true}]}]})";

std::shared_ptr<const factors::rules> sold_rules() {
  auto made = factors::rules::compile(factor_set_from_json(parse_json(rules_text).value()).value());
  if (!std::holds_alternative<std::shared_ptr<const factors::rules>>(made)) throw std::logic_error("sold rules");
  return std::get<std::shared_ptr<const factors::rules>>(made);
}

licence_tally tally(const std::string& licence, const std::string& factor, std::optional<std::int64_t> acquired,
                    std::int64_t licensed, std::int64_t configured) {
  licence_tally made;
  made.licence = licence;
  made.acquired = acquired;
  made.licensed = licensed;
  made.factors.push_back({factor, true, licensed, configured});
  return made;
}

}  // namespace

void sell(audit::view& seen) {
  seen.rules = sold_rules();
  for (const char* id : {"host", "northwind", "albion", "contoso", "fabrikam"}) {
    auto& all = change_tenant(seen, id).tally.change().licences;
    all.push_back(tally("agents", "users", 60, 40, 42));
    all.push_back(tally("speech-to-text", "minutes", std::nullopt, 100, 100));
    all.push_back(tally("storage", "gigabytes", 15, 11, 5'250));
  }
}

audit::tenant_view& change_tenant(audit::view& seen, const std::string& tenant) {
  auto changed = std::make_shared<audit::tenant_view>(*seen.find(tenant));
  seen.tenants[tenant] = changed;
  return *changed;
}

licence_tally& tally_of(audit::tenant_view& of, const std::string& licence) {
  for (auto& one : of.tally.change().licences)
    if (one.licence == licence) return one;
  throw std::logic_error("no tally of " + licence);
}

}  // namespace licaudit::api

#include "tests/daemon/audit/shop.hpp"

#include <gtest/gtest.h>

namespace licaudit::audit {

namespace {

std::string licence_text(const std::string& id, const std::string& terms) {
  return R"({"id":")" + id + R"(","title":")" + id + R"(","billing":{"of":"acquired","by":"peak"},)" + terms +
         (terms.empty() ? "" : ",") +
         R"("factors":[{"id":"used","title":"used","subject":"user","priority":1,"configured":[{")" + id +
         R"(":"yes"}]}]})";
}

std::string record(const std::string& id, const std::string& parent, const std::string& more) {
  return R"({"id":")" + id + R"(","name":")" + id + '"' + (parent.empty() ? "" : R"(,"parent":")" + parent + '"') +
         more + '}';
}

}  // namespace

std::shared_ptr<const factors::rules> shop_rules() {
  std::string text = R"({"licences":[)";
  for (const auto& [id, terms] : std::vector<std::pair<std::string, std::string>>{
           {"agents", R"("pool":"units")"},
           {"ai", R"("pool":"tenants")"},
           {"ivr", R"("deprecated":{"successor":["voice"]})"},
           {"outbound", R"("requires":["voice"])"},
           {"speech", R"("limit":{"included":5000,"unit":"minute","period":"month"})"},
           {"lines", R"("multiple":5,"pool":"units")"},
           {"triggers", R"("pool":"units","limit":{"included":1000,"period":"month"})"},
           {"voice", ""}})
    text += (text.back() == '[' ? "" : ",") + licence_text(id, terms);
  return rules_of(text + "]}");
}

shop::shop(const std::string& acquired_by_host) {
  how.rules = shop_rules();
  how.rules_automatic = true;
  EXPECT_TRUE(office().adopt(how, "test"));
  give_tenants({record("host", "", R"(,"type":"provider","acquired":)" + acquired_by_host),
                record("north", "host", R"(,"type":"reseller")"), record("alpha", "north", R"(,"service":"s")"),
                record("beta", "north", R"(,"service":"s")"), record("contoso", "host", R"(,"service":"s")")});
}

std::string shop::order(const std::string& tenant, const std::string& licence, std::int64_t change,
                        const std::string& caller) {
  const auto staged = office().stage(tenant, licence, change, caller);
  if (!staged) return staged.error().detail;
  const auto confirmed = office().confirm(tenant, staged->version, caller);
  if (!confirmed) return confirmed.error().detail;
  if (confirmed->outcome) return {};
  EXPECT_TRUE(office().unstage(tenant, "", caller));
  std::string blocked;
  for (const auto& line : confirmed->cart.lines) blocked += line.blocked;
  return blocked;
}

std::string shop::limit(const std::string& tenant, const std::string& licence, std::optional<std::int64_t> limit) {
  const auto set = office().set_limit(tenant, licence, limit, "ann");
  return set ? std::string() : set.error().detail;
}

const licence_tally* shop::tally(const std::string& tenant, const std::string& licence) {
  static std::shared_ptr<const view> kept;
  kept = seen();
  for (const auto& one : kept->find(tenant)->tally->licences)
    if (one.licence == licence) return &one;
  return nullptr;
}

std::optional<std::int64_t> shop::acquired(const std::string& tenant, const std::string& licence) {
  const auto* found = tally(tenant, licence);
  return found == nullptr ? std::nullopt : found->acquired;
}

std::optional<pool> shop::pool_of(const std::string& tenant, const std::string& licence) {
  for (const auto& one : seen()->find(tenant)->pools)
    if (one.licence == licence) return one.stands;
  return std::nullopt;
}

std::vector<operation> shop::operations(const std::string& type) {
  ledger::operation_query query;
  query.type = type;
  query.until = instant::max();
  return reader().operations(query).value();
}

}  // namespace licaudit::audit

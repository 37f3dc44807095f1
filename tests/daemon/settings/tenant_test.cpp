#include "daemon/settings/settings.hpp"
#include "tests/daemon/settings/settings_folder.hpp"

#include <gmock/gmock.h>

namespace licaudit::settings {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class tenants_folder : public settings_folder {
 protected:
  static constexpr const char* root = "- { id: host, type: provider }\n";

  [[nodiscard]] std::vector<std::string> problems_with(const std::string& tenants) const {
    write("tenants.d/a.yaml", tenants);
    return problems_of("");
  }
};

TEST_F(tenants_folder, takes_a_tenant_a_list_documents_and_a_wrapped_list) {
  write("tenants.d/1.yaml", "id: host\ntype: provider\nname: Host\n---\nid: north\ntype: reseller\n");
  write("tenants.d/2.yaml",
        "- { id: a, parent: north, acquired: { ump: 500 }, attributes: { zip: '010' } }\n- { id: b }\n");
  write("tenants.d/3.yaml",
        "tenants:\n  - id: c\n    sites: [ { name: London, pstn_gateway: sbc1 } ]\n    formerly: [old-c]\n");
  write("tenants.d/4.yaml", "tenants:\n");
  write("tenants.d/5.yaml", "# nobody\n");
  write("tenants.d/not-read.txt", "{");
  const auto got = good("");
  std::vector<std::string> ids;
  for (const auto& each : got->tenants) ids.push_back(each.id);
  ASSERT_THAT(ids, ElementsAre("host", "north", "a", "b", "c"));
  EXPECT_EQ(got->tenants[2].acquired.at("ump"), 500);
  EXPECT_EQ(got->tenants[2].text("zip"), "010");
  EXPECT_EQ(got->tenants[4].sites.at(0).text("pstn_gateway"), "sbc1");
  EXPECT_THAT(got->tenants[4].formerly, ElementsAre("old-c"));
}

TEST_F(tenants_folder, locates_each_fault_of_a_tenant) {
  EXPECT_THAT(
      problems_with(R"(- { id: host, type: provider }
- id: a
  servce: x
  type: boss
  time_zone: Europe/Nowhere
  acquired: { ump: many, agents: 5, x: -1 }
  sites:
    - { name: London }
    - { name: 7 }
    - name: Paris
      former_gateways: [ { gateway: g, until: soon } ]
  monitored: '5'
  criteria:
    ump/direct-routing: { match: [ { tag: 5 } ] }
- 5
- { name: nobody }
- id: b
  sites: [ { former_gateways: [ { until: 2026-11-21 } ] } ]
  criteria: { dr: { match: [] }, ump/dr: { match: [ { tag: x, default: none } ] } }
)"),
      ElementsAre(
          "tenants.d/a.yaml:3:3: [1].servce: expected a known key, found 'servce': did you mean 'service'?",
          "tenants.d/a.yaml:4:9: [1].type: expected provider, reseller, partner or customer, found 'boss'",
          "tenants.d/a.yaml:5:14: [1].time_zone: expected an IANA time zone like Europe/London, found "
          "'Europe/Nowhere'",
          "tenants.d/a.yaml:6:20: [1].acquired.ump: expected a whole number, found 'many'",
          "tenants.d/a.yaml:6:40: [1].acquired.x: expected a whole number from 0 to 1000000000000, found -1",
          "tenants.d/a.yaml:9:15: [1].sites[1].name: expected a text, found 7",
          "tenants.d/a.yaml:11:47: [1].sites[2].former_gateways[0].until: expected a day like 2026-11-21 or an "
          "instant like 2026-11-21T23:00:00Z, found 'soon'",
          "tenants.d/a.yaml:12:14: [1].monitored: expected a whole number, found '5'",
          "tenants.d/a.yaml:14:43: [1].criteria.ump/direct-routing.match[0].tag: expected a regex as text, or a map "
          "with the key plugin, found 5",
          "tenants.d/a.yaml:15:3: [2]: expected a tenant, as a map, found 5",
          "tenants.d/a.yaml:16:3: [3]: id: expected a text, found nothing",
          "tenants.d/a.yaml:18:33: [4].sites[0].former_gateways[0]: gateway: expected a text, found nothing",
          "tenants.d/a.yaml:19:19: [4].criteria.dr: expected a map from licence/factor to the tenant's own criteria, "
          "found a "
          "map",
          "tenants.d/a.yaml:19:72: [4].criteria.ump/dr.match[0].default: expected none, beside a setting, found "
          "'none'"));
}

TEST_F(tenants_folder, refuses_an_id_given_twice) {
  write("tenants.d/b.yaml", "id: a\n");
  EXPECT_THAT(problems_with(std::string(root) + "- { id: a }\n"),
              ElementsAre("tenants.d/b.yaml:1:5: id: expected an id that no other tenant has, found 'a', which "
                          "tenants.d/a.yaml:2 has"));
}

TEST_F(tenants_folder, needs_exactly_one_provider) {
  EXPECT_THAT(
      problems_with("- { id: a }\n"),
      ElementsAre("tenants.d/a.yaml:1:3: [0]: no tenant is of type provider: one must be, as the root of all others"));
  EXPECT_THAT(
      problems_with(std::string(root) + "- { id: a, type: provider }\n"),
      ElementsAre("tenants.d/a.yaml:2:18: [1].type: expected one provider, which is the root, found a second one "
                  "beside 'host'"));
  EXPECT_THAT(problems_with("- { id: host, type: provider, parent: a }\n- { id: a }\n"),
              ElementsAre("tenants.d/a.yaml:1:39: [0].parent: expected no parent: a provider is the root, found 'a'"));
  EXPECT_THAT(problems_with(""), IsEmpty());
}

TEST_F(tenants_folder, needs_each_parent) {
  EXPECT_THAT(
      problems_with(std::string(root) + "- { id: a, parent: nobody }\n"),
      ElementsAre("tenants.d/a.yaml:2:20: [1].parent: expected the id of a tenant of tenants.d, found 'nobody'"));
}

TEST_F(tenants_folder, blames_a_faulty_parent_once) {
  EXPECT_THAT(
      problems_with(std::string(root) + "- { id: a, type: boss }\n- { id: b, parent: a }\n- { id: c, parent: x }\n"),
      ElementsAre("tenants.d/a.yaml:2:18: [1].type: expected provider, reseller, partner or customer, found "
                  "'boss'",
                  "tenants.d/a.yaml:4:20: [3].parent: expected the id of a tenant of tenants.d, found 'x'"));
}

TEST_F(tenants_folder, refuses_a_type_above_the_parents) {
  EXPECT_THAT(
      problems_with(std::string(root) + "- { id: p, type: partner }\n- { id: r, type: reseller, parent: p }\n"
                                        "- { id: p2, type: partner, parent: p }\n"),
      ElementsAre("tenants.d/a.yaml:3:18: [2].type: expected a type not above the parent's: 'p' is a partner, found "
                  "reseller"));
}

TEST_F(tenants_folder, refuses_circles_and_names_them_once) {
  EXPECT_THAT(
      problems_with(std::string(root) + "- { id: c, parent: a }\n- { id: a, parent: b }\n- { id: b, parent: c }\n"
                                        "- { id: d, parent: a }\n- { id: e, parent: e }\n"),
      ElementsAre("tenants.d/a.yaml:3:20: [2].parent: expected a parent that is not below the tenant itself, found a "
                  "under b under c under a",
                  "tenants.d/a.yaml:6:20: [5].parent: expected a parent that is not below the tenant itself, found e "
                  "under e"));
}

TEST_F(tenants_folder, checks_a_tenants_own_criteria_and_settings) {
  write("factors.d/a.yaml",
        "licences: [ { id: ump, factors: [ { id: dr, match: [ { tag: 'x', setting: Criteria } ] } ] } ]\n");
  const auto got = problems_with(std::string(root) +
                                 "- id: a\n  application_settings: { Criteria: '(x' }\n"
                                 "- id: b\n  criteria: { ump/dr: { match: [ { tag: '.' }, { tag: 'x)' } ] } }\n");
  ASSERT_EQ(got.size(), 2U);
  EXPECT_THAT(got[0], ::testing::StartsWith("tenants.d/a.yaml:3:37: [1].application_settings.Criteria: "));
  EXPECT_THAT(got[1], ::testing::StartsWith("tenants.d/a.yaml:5:55: [2].criteria.ump/dr.match[1].tag: "));
}

TEST_F(tenants_folder, can_be_read_again_alone) {
  write("tenants.d/a.yaml", root);
  const auto before = good("rules: automatic\n");
  write("tenants.d/b.yaml", "id: new\n");
  write("licauditd.yaml", "{ broken");
  const auto after = load_tenants(*before);
  ASSERT_NE(after.value, nullptr);
  EXPECT_EQ(before->tenants.size(), 1U);
  EXPECT_EQ(after.value->tenants.size(), 2U);
  EXPECT_TRUE(after.value->rules_automatic);
  EXPECT_EQ(after.value->rules, before->rules);

  write("tenants.d/b.yaml", "id: new\nparent: nobody\n");
  const auto broken = load_tenants(*before);
  EXPECT_EQ(broken.value, nullptr);
  EXPECT_THAT(texts(broken.problems),
              ElementsAre("tenants.d/b.yaml:2:9: parent: expected the id of a tenant of tenants.d, found 'nobody'"));
}

}  // namespace
}  // namespace licaudit::settings

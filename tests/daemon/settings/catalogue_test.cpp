#include "daemon/settings/settings.hpp"
#include "tests/daemon/settings/settings_folder.hpp"

#include <gmock/gmock.h>

namespace licaudit::settings {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The factors of UMP, as the daemon reads them.
class catalogue : public settings_folder {
 protected:
  catalogue() {
    set_ = good("factors: " LICAUDIT_SOURCE_DIRECTORY "/config/factors.d/audiocodes-ump.yaml\n")->rules->set();
  }

  [[nodiscard]] const factor& ump(const char* id) const {
    const auto* found = set_.find("ump", id);
    if (found == nullptr) throw std::runtime_error(id);
    return *found;
  }

  [[nodiscard]] std::vector<std::string> factors_of(const char* service) const {
    std::vector<std::string> ids;
    for (const auto& each : set_.find("ump")->factors) {
      if (each.applies_to(service)) ids.push_back(each.id);
    }
    return ids;
  }

  factor_set set_;
};

TEST_F(catalogue, has_the_vendors_default_regexes_verbatim) {
  const auto& gateway = ump("direct-routing").match;
  ASSERT_EQ(gateway.size(), 1U);
  EXPECT_EQ(gateway[0].tests.at(0).field, "pstn_gateway");
  EXPECT_EQ(gateway[0].tests.at(0).pattern, "^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$");
  EXPECT_EQ(gateway[0].setting, "CriteriaToMatchAsLicensedUsersByGW");
  EXPECT_FALSE(gateway[0].only_where_set);

  const auto& reject = ump("service-numbers").reject;
  ASSERT_EQ(reject.size(), 3U);
  EXPECT_EQ(reject[0].tests.at(0).field, "tag");
  EXPECT_EQ(reject[0].tests.at(0).pattern,
            "(^_MSTENANTID_TO_REPLACE_$)|(^_UMPCUSTOMERGUID_TO_REPLACE_$)|(^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$)");
  EXPECT_EQ(reject[0].setting, "CriteriaToMatchAsDRNumbers");
  EXPECT_FALSE(reject[0].only_where_set);
  EXPECT_EQ(reject[1].tests.at(0).field, "tag");
  EXPECT_EQ(reject[1].setting, "CriteriaToRejectAsServiceNumbers");
  EXPECT_TRUE(reject[1].only_where_set);
  EXPECT_EQ(reject[2].tests.at(0).field, "assigned_to");
  EXPECT_EQ(reject[2].tests.at(0).pattern, ".");
  EXPECT_EQ(reject[2].setting, "");
}

TEST_F(catalogue, has_the_other_criteria_of_the_five_factors) {
  const auto only = [](const criteria& list) {
    return list.at(0).tests.at(0).field + " " + list.at(0).tests.at(0).pattern;
  };
  EXPECT_EQ(only(ump("direct-routing").configured), "pstn_gateway .");
  EXPECT_EQ(only(ump("operator-connect").configured), "number_type ^OperatorConnect$");
  EXPECT_EQ(only(ump("lifecycle-management").configured), "lifecycle_template .");
  EXPECT_EQ(only(ump("user-interface").configured), "ui_managed ^(?i)(true|yes|1)$");
  EXPECT_THAT(ump("service-numbers").configured, IsEmpty());
  for (const char* id : {"operator-connect", "lifecycle-management", "user-interface"}) {
    EXPECT_THAT(ump(id).match, IsEmpty()) << id;
    EXPECT_THAT(ump(id).reject, IsEmpty()) << id;
  }
}

TEST_F(catalogue, has_the_vendors_titles_order_and_switches) {
  ASSERT_EQ(set_.licences.size(), 1U);
  EXPECT_EQ(set_.licences[0].title, "UMP user licence");
  std::vector<std::string> rows;
  for (const auto& each : set_.licences[0].factors) {
    rows.push_back(std::to_string(each.priority) + " " + each.title + " " + std::string(to_text(each.kind)) +
                   (each.switchable ? " *" : ""));
  }
  EXPECT_THAT(rows, ElementsAre("1 Managed Users-Direct Routing user", "2 Managed Users-Operator Connect user",
                                "3 Managed Users-By LifeCycle Management user *",
                                "4 Managed Users-By User Interface user *", "5 Managed Service Numbers number *"));
}

TEST_F(catalogue, gives_each_service_its_own_factors) {
  for (const char* service : {"direct-routing-plus", "direct-routing-pro"}) {
    EXPECT_THAT(factors_of(service),
                ElementsAre("direct-routing", "lifecycle-management", "user-interface", "service-numbers"));
  }
  for (const char* service : {"operator-connect", "operator-connect-plus", "operator-connect-pro"}) {
    EXPECT_THAT(factors_of(service),
                ElementsAre("operator-connect", "lifecycle-management", "user-interface", "service-numbers"));
  }
  EXPECT_THAT(factors_of("ump-365"), ElementsAre("direct-routing", "operator-connect", "lifecycle-management",
                                                 "user-interface", "service-numbers"));
  EXPECT_THAT(factors_of("hosted-essentials"), ElementsAre("service-numbers"));
  EXPECT_THAT(factors_of("cx"), IsEmpty());
}

TEST_F(catalogue, monitors_users_everywhere_but_in_hosted_essentials) {
  EXPECT_EQ(set_.monitors_users.size(), 7U);
  for (const auto& [service, monitors] : set_.monitors_users) EXPECT_EQ(monitors, service != "hosted-essentials");
  for (const auto& each : set_.licences[0].factors) {
    for (const auto& service : each.services) EXPECT_EQ(set_.monitors_users.count(service), 1U) << service;
  }
}

}  // namespace
}  // namespace licaudit::settings

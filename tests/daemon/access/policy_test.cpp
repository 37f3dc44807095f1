#include "daemon/access/policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace licaudit::access {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint32_t daemon_uid = 990;
constexpr instant now = from_milliseconds(1'793'500'000'000);

/// host > northwind (reseller) > albion (partner) > contoso (customer) > contoso-voice; host > fabrikam
class sample_tree final : public tenant_tree {
 public:
  bool exists(std::string_view tenant) const override { return parents_.count(std::string(tenant)) != 0; }
  bool is_within(std::string_view tenant, std::string_view ancestor) const override {
    if (!exists(tenant) || !exists(ancestor)) return false;
    for (std::string at(tenant); !at.empty(); at = parents_.at(at)) {
      if (at == ancestor) return true;
    }
    return false;
  }
  std::string_view root() const override { return "host"; }

  std::set<std::string> names() const {
    std::set<std::string> all;
    for (const auto& one : parents_) all.insert(one.first);
    return all;
  }

 private:
  std::map<std::string, std::string> parents_{
      {"host", ""},          {"northwind", "host"},        {"albion", "northwind"},
      {"contoso", "albion"}, {"contoso-voice", "contoso"}, {"fabrikam", "host"}};
};

grant user(role what, std::string tenant) {
  grant made;
  made.uid = 1042;
  made.role = what;
  made.tenant = std::move(tenant);
  made.name = "north";
  return made;
}

standing standing_with(std::vector<grant> grants) {
  return policy(std::move(grants), daemon_uid).standing_of({1042, 100, {}}, now);
}

standing standing_of_one(role what, std::string tenant) {
  return standing_with({user(what, std::move(tenant))});
}

char letter(decision value) {
  switch (value) {
    case decision::granted:
      return '+';
    case decision::refused:
      return '-';
    case decision::hidden:
      return '.';
  }
  return '?';
}

/// One letter a tenant: host northwind albion contoso contoso-voice fabrikam, no-such
std::string reach(const standing& who, right what) {
  const sample_tree tree;
  std::string letters;
  for (const char* tenant : {"host", "northwind", "albion", "contoso", "contoso-voice", "fabrikam", "no-such"}) {
    letters += letter(who.may(what, tenant, tree));
  }
  return letters;
}

struct expected_row {
  right what;
  const char* provider;  // at host
  const char* reseller;  // at northwind
  const char* partner;   // at albion
  const char* customer;  // at contoso
  const char* auditor;   // at northwind
};

// Every right, for every role, at every tenant of the tree.
constexpr std::array table{expected_row{right::status, "++++++.", ".++++..", "..+++..", "...++..", ".++++.."},
                           expected_row{right::read, "++++++.", ".++++..", "..+++..", "...++..", ".++++.."},
                           expected_row{right::subjects, "+-----.", ".+---..", "..+--..", "...++..", ".+---.."},
                           expected_row{right::names, "+-----.", ".+---..", "..+--..", "...++..", ".----.."},
                           expected_row{right::order, "++++++.", ".++++..", "..---..", "...--..", ".----.."},
                           expected_row{right::switch_factors, "++++++.", ".++++..", "..---..", "...--..", ".----.."},
                           expected_row{right::attributes, "++++++.", ".++++..", "..+++..", "...--..", ".----.."},
                           expected_row{right::manage_tenants, "++++++.", ".++++..", "..---..", "...--..", ".----.."},
                           expected_row{right::set_partner, "++++++.", ".----..", "..---..", "...--..", ".----.."},
                           expected_row{right::delete_tenant, "++++++.", ".----..", "..---..", "...--..", ".----.."},
                           expected_row{right::operation_log, "++++++.", ".++++..", "..+++..", "...++..", ".++++.."},
                           expected_row{right::inspect, "++++++.", ".----..", "..---..", "...--..", ".----.."},
                           expected_row{right::operate, "++++++.", ".----..", "..---..", "...--..", ".----.."}};

TEST(policy_test, follows_the_rights_table_for_every_role_right_and_tenant) {
  ASSERT_EQ(table.size(), all_rights.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    const expected_row& row = table[i];
    ASSERT_EQ(row.what, all_rights[i]);
    EXPECT_EQ(reach(standing_of_one(role::provider, "host"), row.what), row.provider) << to_text(row.what);
    EXPECT_EQ(reach(standing_of_one(role::provider, ""), row.what), row.provider) << to_text(row.what);
    EXPECT_EQ(reach(standing_of_one(role::reseller, "northwind"), row.what), row.reseller) << to_text(row.what);
    EXPECT_EQ(reach(standing_of_one(role::partner, "albion"), row.what), row.partner) << to_text(row.what);
    EXPECT_EQ(reach(standing_of_one(role::customer, "contoso"), row.what), row.customer) << to_text(row.what);
    EXPECT_EQ(reach(standing_of_one(role::auditor, "northwind"), row.what), row.auditor) << to_text(row.what);
  }
}

TEST(policy_test, answers_hidden_for_every_right_outside_the_subtree) {
  const sample_tree tree;
  const standing who = standing_of_one(role::reseller, "northwind");
  for (const right what : all_rights) {
    EXPECT_EQ(who.may(what, "fabrikam", tree), decision::hidden);
    EXPECT_EQ(who.may(what, "host", tree), decision::hidden);
    EXPECT_EQ(who.may(what, "no-such", tree), decision::hidden);
    EXPECT_EQ(who.may(what, "", tree), decision::hidden);
  }
}

TEST(policy_test, shows_subjects_of_the_subtree_only_where_the_mapping_says_so) {
  grant wide = user(role::reseller, "northwind");
  wide.subjects = true;
  EXPECT_EQ(reach(standing_with({wide}), right::subjects), ".++++..");
  EXPECT_EQ(reach(standing_with({wide}), right::names), ".++++..");
  wide.role = role::auditor;
  EXPECT_EQ(reach(standing_with({wide}), right::subjects), ".++++..");
  EXPECT_EQ(reach(standing_with({wide}), right::names), ".----..");
}

TEST(policy_test, lets_a_customer_order_only_with_update) {
  grant with_update = user(role::customer, "contoso");
  with_update.update = true;
  EXPECT_EQ(reach(standing_with({with_update}), right::order), "...++..");
  for (const right what : {right::switch_factors, right::attributes, right::manage_tenants, right::operate}) {
    EXPECT_EQ(reach(standing_with({with_update}), what), "...--..") << to_text(what);
  }
  with_update.role = role::partner;
  with_update.tenant = "albion";
  EXPECT_EQ(reach(standing_with({with_update}), right::order), "..---..");
}

TEST(policy_test, adds_several_mappings_up) {
  const standing who = standing_with({user(role::partner, "albion"), user(role::customer, "fabrikam")});
  EXPECT_EQ(reach(who, right::read), "..++++.");
  EXPECT_EQ(reach(who, right::attributes), "..+++-.");
  EXPECT_EQ(reach(who, right::names), "..+--+.");
}

TEST(policy_test, makes_root_and_the_daemons_own_user_provider_at_the_root) {
  const policy empty({}, daemon_uid);
  for (const std::uint32_t uid : {std::uint32_t{0}, daemon_uid}) {
    const standing who = empty.standing_of({uid, 5, {}}, now);
    EXPECT_TRUE(who.is_known());
    for (const right what : all_rights) EXPECT_EQ(reach(who, what), "++++++.") << to_text(what);
  }
}

TEST(policy_test, gives_nothing_without_a_mapping) {
  const policy some({user(role::provider, "")}, daemon_uid);
  const standing stranger = some.standing_of({1043, 100, {}}, now);
  EXPECT_FALSE(stranger.is_known());
  for (const right what : all_rights) {
    EXPECT_EQ(reach(stranger, what), ".......");
    EXPECT_FALSE(stranger.may_somewhere(what, sample_tree()));
    EXPECT_FALSE(stranger.may_everywhere(what, sample_tree()));
  }
}

TEST(policy_test, maps_primary_and_supplementary_groups) {
  grant admins;
  admins.gid = 4000;
  admins.role = role::provider;
  admins.name = "licaudit-admin";
  const policy rules({admins}, daemon_uid);
  EXPECT_TRUE(rules.standing_of({1042, 4000, {}}, now).is_known());
  EXPECT_TRUE(rules.standing_of({1042, 100, {27, 4000}}, now).is_known());
  EXPECT_FALSE(rules.standing_of({4000, 100, {27}}, now).is_known());
}

TEST(policy_test, does_not_take_a_mapping_without_user_and_group_for_everybody) {
  grant token;
  token.role = role::provider;
  EXPECT_FALSE(policy({token}, daemon_uid).standing_of({1042, 100, {1, 2}}, now).is_known());
}

TEST(policy_test, forgets_a_mapping_when_it_expires) {
  grant until = user(role::customer, "contoso");
  until.expires = now;
  EXPECT_FALSE(standing_with({until}).is_known());
  until.expires = now + std::chrono::milliseconds(1);
  EXPECT_TRUE(standing_with({until}).is_known());
}

class token_test : public testing::Test {
 protected:
  static grant token(std::string_view secret, role what, std::string tenant, std::optional<instant> expires = {}) {
    grant made;
    made.token = sha256(secret);
    made.role = what;
    made.tenant = std::move(tenant);
    made.name = "token " + to_hex(*made.token).substr(0, 8);
    made.expires = expires;
    return made;
  }
  standing standing_of(std::string_view header) const {
    return policy(grants, daemon_uid).standing_of(caller_of_authorization(header), now);
  }

  std::vector<grant> grants{token("secret", role::customer, "contoso"), token("old", role::provider, "", now),
                            user(role::provider, "")};
  sample_tree tree;
};

TEST_F(token_test, is_what_its_mappings_say) {
  grants.push_back(token("secret", role::partner, "fabrikam"));
  const standing who = standing_of("Bearer secret");
  EXPECT_EQ(who.name(), "token 2bb80d53");
  EXPECT_EQ(who.may(right::read, "contoso", tree), decision::granted);
  EXPECT_EQ(who.may(right::attributes, "contoso", tree), decision::refused);
  EXPECT_EQ(who.may(right::attributes, "fabrikam", tree), decision::granted);
  EXPECT_EQ(who.may(right::read, "host", tree), decision::hidden);
}

TEST_F(token_test, that_is_unknown_expired_or_missing_is_nobody_and_told_why) {
  EXPECT_EQ(standing_of("Bearer Secret").name(), "unknown token");
  EXPECT_NE(standing_of("Bearer Secret").unknown_because().find("not known here"), std::string::npos);
  EXPECT_NE(standing_of("Bearer old").unknown_because().find("expired on 2026-11-01T02:26:40.000Z"), std::string::npos);
  EXPECT_NE(standing_of("").unknown_because().find("Authorization: Bearer TOKEN"), std::string::npos);
  for (const char* header : {"Bearer Secret", "Bearer old", ""}) EXPECT_FALSE(standing_of(header).is_known()) << header;
}

TEST_F(token_test, is_never_a_user_nor_a_user_a_token) {
  caller root_with_token = caller_of_authorization("Bearer wrong");
  root_with_token.uid = 0;
  root_with_token.gid = 0;
  EXPECT_FALSE(policy(grants, daemon_uid).standing_of(root_with_token, now).is_known());
  caller daemon_at_the_listener = caller_of_authorization("");
  daemon_at_the_listener.uid = daemon_uid;
  EXPECT_FALSE(policy(grants, daemon_uid).standing_of(daemon_at_the_listener, now).is_known());
  caller mapped = caller_of_authorization("");
  mapped.uid = 1042;
  EXPECT_FALSE(policy(grants, daemon_uid).standing_of(mapped, now).is_known());
  caller peer;
  peer.uid = 1043;
  peer.token = sha256("secret");
  EXPECT_FALSE(policy(grants, daemon_uid).standing_of(peer, now).is_known());
}

TEST(policy_test, names_the_caller_by_user_then_by_number_and_group) {
  grant group;
  group.gid = 100;
  group.name = "staff";
  const policy rules({group, user(role::customer, "contoso")}, daemon_uid);
  EXPECT_EQ(rules.standing_of({1042, 100, {}}, now).name(), "north");
  EXPECT_EQ(rules.standing_of({1043, 100, {}}, now).name(), "uid 1043 (staff)");
  EXPECT_EQ(rules.standing_of({1043, 101, {}}, now).name(), "uid 1043");
  EXPECT_EQ(rules.standing_of({0, 0, {}}, now).name(), "root");
}

TEST(policy_test, wants_a_mapping_at_the_root_for_what_concerns_the_daemon) {
  const sample_tree tree;
  EXPECT_TRUE(standing_of_one(role::provider, "").may_somewhere(right::operate, tree));
  EXPECT_TRUE(standing_of_one(role::provider, "host").may_somewhere(right::inspect, tree));
  EXPECT_FALSE(standing_of_one(role::provider, "northwind").may_somewhere(right::operate, tree));
  EXPECT_FALSE(standing_of_one(role::provider, "northwind").may_somewhere(right::inspect, tree));
  EXPECT_TRUE(standing_of_one(role::auditor, "host").may_somewhere(right::inspect, tree));
  EXPECT_FALSE(standing_of_one(role::auditor, "host").may_somewhere(right::operate, tree));
  EXPECT_FALSE(standing_of_one(role::auditor, "contoso").may_somewhere(right::inspect, tree));
  EXPECT_TRUE(standing_of_one(role::customer, "contoso").may_somewhere(right::read, tree));
  EXPECT_FALSE(standing_of_one(role::customer, "contoso").may_somewhere(right::switch_factors, tree));
}

TEST(policy_test, tells_who_holds_a_right_everywhere) {
  const sample_tree tree;
  EXPECT_TRUE(standing_of_one(role::provider, "").may_everywhere(right::read, tree));
  EXPECT_TRUE(standing_of_one(role::provider, "host").may_everywhere(right::switch_factors, tree));
  EXPECT_FALSE(standing_of_one(role::provider, "").may_everywhere(right::names, tree));
  EXPECT_FALSE(standing_of_one(role::reseller, "northwind").may_everywhere(right::read, tree));
}

TEST(policy_test, lists_the_tenants_at_which_a_right_is_held) {
  const sample_tree tree;
  const standing who = standing_with({user(role::partner, "albion"), user(role::customer, "fabrikam"),
                                      user(role::partner, "albion"), user(role::reseller, "no-such")});
  EXPECT_THAT(who.tenants_with(right::read, tree), ElementsAre("albion", "fabrikam"));
  EXPECT_THAT(who.tenants_with(right::attributes, tree), ElementsAre("albion"));
  EXPECT_THAT(who.tenants_with(right::operate, tree), IsEmpty());
  EXPECT_THAT(standing_of_one(role::provider, "").tenants_with(right::read, tree), ElementsAre("host"));
}

TEST(policy_test, says_each_right_and_role_in_words) {
  std::set<std::string_view> words;
  for (const right what : all_rights) words.insert(to_text(what));
  EXPECT_EQ(words.size(), all_rights.size());
  EXPECT_EQ(words.count(""), 0U);
  EXPECT_EQ(to_text(role::auditor), "auditor");
}

}  // namespace
}  // namespace licaudit::access

// Listings of who holds what, over several licences, kinds, quantities and positions of the switches.
#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::set_of;
using testing::site_of;
using testing::subject_of;
using testing::tenant_of;

/// The licence `calls` counts users and numbers, `storage` users and meters.
std::shared_ptr<const rules> two_licences() {
  auto set = set_of(R"({"licences": [
    {"id": "calls", "title": "Calls", "factors": [
      {"id": "desk", "subject": "user", "priority": 1, "configured": [{"phone": "."}], "match": [{"phone": "^desk$"}]},
      {"id": "any", "subject": "user", "priority": 2, "configured": [{"phone": "."}]},
      {"id": "lines", "subject": "number", "priority": 1, "reject": [{"state": "^free$"}]}]},
    {"id": "storage", "title": "Storage", "factors": [
      {"id": "mailbox", "subject": "user", "priority": 1, "configured": [{"mail": "."}], "reject": [{"mail": "^off$"}]},
      {"id": "bytes", "subject": "meter", "priority": 1}]}]})");
  return compiled_rules(std::move(set));
}

/// Positions where these `licence/factor` are off.
switch_position without(std::set<std::string> off) {
  return
      [off = std::move(off)](const licence& of, const factor& which) { return !off.contains(of.id + "/" + which.id); };
}

/// `subject licence holder [configured] [eligible]` of each.
std::vector<std::string> shown(const std::vector<holding>& found) {
  std::vector<std::string> texts;
  for (const auto& one : found) {
    auto text = std::to_string(one.subject) + " " + one.of_licence->id + " " +
                (one.holder == nullptr ? "-" : one.holder->id) + " [";
    for (const auto* each : one.configured) text += (each == one.configured.front() ? "" : " ") + each->id;
    text += "] [";
    for (const auto* each : one.eligible) text += (each == one.eligible.front() ? "" : " ") + each->id;
    texts.push_back(text + "]");
  }
  return texts;
}

std::vector<std::string> shown(const switch_position& on, const std::vector<subject>& subjects) {
  return shown(holdings(*two_licences(), tenant_of("t", "pro"), {}, on, subjects));
}

subject user(const testing::fields& values) {
  return subject_of("t", subject_kind::user, "u", values);
}

TEST(holders, each_licence_has_its_own) {
  EXPECT_THAT(shown(without({}), {user({{"phone", {"desk"}}, {"mail", {"on"}}})}),
              ElementsAre("0 calls desk [desk any] [desk any]", "0 storage mailbox [mailbox] [mailbox]"));
}

TEST(holders, a_licence_that_nobody_is_configured_for_is_left_out) {
  EXPECT_THAT(shown(without({}), {user({{"mail", {"on"}}}), user({}), user({{"phone", {"soft"}}})}),
              ElementsAre("0 storage mailbox [mailbox] [mailbox]", "2 calls any [desk any] [any]"));
}

TEST(holders, a_rejected_subject_is_listed_without_a_holder) {
  EXPECT_THAT(shown(without({}), {user({{"mail", {"off"}}})}), ElementsAre("0 storage - [mailbox] []"));
}

TEST(holders, a_factor_that_is_off_passes_to_the_next_that_is_eligible) {
  const std::vector<subject> desk{user({{"phone", {"desk"}}})};
  EXPECT_THAT(shown(without({"calls/desk"}), desk), ElementsAre("0 calls any [desk any] [desk any]"));
  EXPECT_THAT(shown(without({"calls/any"}), desk), ElementsAre("0 calls desk [desk any] [desk any]"));
  EXPECT_THAT(shown(without({"calls/desk", "calls/any"}), desk), ElementsAre("0 calls - [desk any] [desk any]"));
}

TEST(holders, a_switch_of_one_licence_leaves_the_other_alone) {
  EXPECT_THAT(shown(without({"storage/mailbox"}), {user({{"phone", {"soft"}}, {"mail", {"on"}}})}),
              ElementsAre("0 calls any [desk any] [any]", "0 storage - [mailbox] [mailbox]"));
}

TEST(holders, a_subject_is_held_by_factors_of_its_kind_only) {
  EXPECT_THAT(shown(without({}), {subject_of("t", subject_kind::number, "+1", {{"phone", {"desk"}}, {"mail", {"on"}}}),
                                  subject_of("t", subject_kind::meter, "disk", {{"mail", {"on"}}})}),
              ElementsAre("0 calls lines [lines] [lines]", "1 storage bytes [bytes] [bytes]"));
}

TEST(holders, a_field_of_one_kind_is_not_read_for_another) {
  EXPECT_THAT(shown(without({}), {subject_of("t", subject_kind::number, "+1", {{"state", {"free"}}}),
                                  subject_of("t", subject_kind::meter, "disk", {{"state", {"free"}}})}),
              ElementsAre("0 calls - [lines] []", "1 storage bytes [bytes] [bytes]"));
}

TEST(holders, a_quantity_does_not_decide_who_holds) {
  auto many = subject_of("t", subject_kind::meter, "disk", {});
  many.quantity = 5000;
  auto none = many;
  none.quantity = 0;
  EXPECT_THAT(shown(without({}), {many, none}),
              ElementsAre("0 storage bytes [bytes] [bytes]", "1 storage bytes [bytes] [bytes]"));
}

TEST(holders, a_tenant_without_a_service_holds_nothing) {
  EXPECT_THAT(holdings(*two_licences(), tenant_of("t", ""), {}, without({}), {user({{"phone", {"desk"}}})}), IsEmpty());
}

TEST(holders, no_subjects_make_no_listing) {
  EXPECT_THAT(shown(without({}), {}), IsEmpty());
}

TEST(holders, a_factor_of_another_service_is_not_even_configured) {
  const auto all = compiled_rules(testing::licence_of(
      R"({"id": "a", "priority": 1, "services": ["gold"]}, {"id": "b", "priority": 2, "services": ["gold", "tin"]})"));
  const std::vector<subject> one{user({})};
  EXPECT_THAT(shown(holdings(*all, tenant_of("t", "gold"), {}, without({}), one)), ElementsAre("0 l a [a b] [a b]"));
  EXPECT_THAT(shown(holdings(*all, tenant_of("t", "tin"), {}, without({}), one)), ElementsAre("0 l b [b] [b]"));
  EXPECT_THAT(shown(holdings(*all, tenant_of("t", "lead"), {}, without({}), one)), IsEmpty());
}

TEST(holders, settings_of_the_tenant_count_in_a_listing_too) {
  const auto all = compiled_rules(testing::ump_set());
  auto contoso = tenant_of("contoso", "direct-routing-pro", {site_of("London", "sbc1")});
  contoso.application_settings["CriteriaToMatchAsLicensedUsersByGW"] = "^only$";
  const auto found = holdings(*all, contoso, {}, without({}),
                              {user({{"pstn_gateway", {"sbc1"}}}), user({{"pstn_gateway", {"only"}}})});
  EXPECT_THAT(shown(found), ElementsAre("0 ump - [direct-routing] []",
                                        "1 ump direct-routing [direct-routing] "
                                        "[direct-routing]"));
}

TEST(holders, are_in_the_order_of_the_subjects_and_then_of_the_licences) {
  const auto found = shown(
      without({}), {user({{"mail", {"on"}}, {"phone", {"soft"}}}), subject_of("t", subject_kind::meter, "disk", {}),
                    user({{"mail", {"on"}}, {"phone", {"desk"}}})});
  EXPECT_THAT(found, ElementsAre("0 calls any [desk any] [any]", "0 storage mailbox [mailbox] [mailbox]",
                                 "1 storage bytes [bytes] [bytes]", "2 calls desk [desk any] [desk any]",
                                 "2 storage mailbox [mailbox] [mailbox]"));
}

TEST(holders, sum_up_to_what_the_engine_counts) {
  const auto all = two_licences();
  engine core(all);
  core.put_tenant(tenant_of("t", "pro"), {});
  std::vector<subject> subjects;
  for (const char* phone : {"desk", "soft", ""}) {
    for (const char* mail : {"on", "off", ""}) {
      subjects.push_back(user({{"phone", {phone}}, {"mail", {mail}}}));
      subjects.back().quantity = static_cast<std::int64_t>(subjects.size());
      core.put_subject(subjects.size(), subjects.back());
    }
  }
  for (const auto& off : std::vector<std::set<std::string>>{{}, {"calls/desk"}, {"calls/any"}, {"storage/mailbox"}}) {
    std::map<const factor*, std::int64_t> held;
    for (const auto& one : holdings(*all, tenant_of("t", "pro"), {}, without(off), subjects)) {
      if (one.holder != nullptr) held[one.holder] += subjects[one.subject].quantity;
    }
    for (const auto& of : core.count("t", without(off))) {
      for (const auto& one : of.factors) EXPECT_EQ(held[one.which], one.n1) << one.which->id.text();
    }
  }
}

}  // namespace
}  // namespace licaudit::factors

#include "tests/daemon/audit/shop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

namespace {

instant at(const char* text) {
  return parse_rfc3339(text).value();
}

/// host > north, south (resellers); north > mine, of `local`, with three users on its gateway and one template.
class move_test : public ::testing::Test {
 protected:
  move_test() {
    s.give_tenants({host_record, R"({"id":"north","name":"North","parent":"host","type":"reseller"})",
                    R"({"id":"south","name":"South","parent":"host","type":"reseller","time_zone":"Asia/Tokyo"})"});
    create(R"({"id":"mine","name":"Mine","parent":"north","service":"direct-routing-pro","acquired":{"ump":10},
               "sites":[{"name":"a","pstn_gateway":"g"}]})");
    for (const char* id : {"ann", "bob", "eve"})
      EXPECT_TRUE(s.office().put_subject(user("mine", id, R"({"pstn_gateway":"g"})"), "n"));
    EXPECT_TRUE(s.office().put_subject(user("mine", "kim", R"({"lifecycle_template":"t"})"), "n"));
  }

  void create(const std::string& record) {
    const auto made = s.office().create_tenant(parse_json(record).value(), "n");
    ASSERT_TRUE(made) << made.error().detail;
  }
  std::string refusal(const std::string& tenant, const std::string& to, std::optional<instant> effective = {}) {
    const auto head = s.book().head().sequence;
    const auto tried = s.office().try_move({tenant, to, effective});
    const auto made = s.office().move({tenant, to, effective}, "n");
    EXPECT_FALSE(made);
    EXPECT_FALSE(tried);
    if (made || tried) return {};
    EXPECT_EQ(made.error().detail, tried.error().detail) << "a dry run is refused as the move is";
    EXPECT_EQ(s.book().head().sequence, head) << "nothing was entered";
    return made.error().detail;
  }
  operation last_operation() {
    ledger::operation_query all;
    all.until = instant::max();
    return s.reader().operations(all).value().back();
  }
  std::string parent_of(const std::string& tenant) { return s.seen()->find(tenant)->record->parent; }
  done planned(const char* when) {
    const auto made = s.office().move({"mine", "south", at(when)}, "north");
    EXPECT_TRUE(made) << made.error().detail;
    return made ? made->outcome : done();
  }

  scene s;
};

const relocation::licence& ump_of(const relocation::sum& of) {
  return of.licences.front();
}

}  // namespace

TEST_F(move_test, takes_effect_in_the_sums_of_both_parents_at_once) {
  const auto made = s.office().move({"mine", "south", {}}, "n");
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(parent_of("mine"), "south");
  EXPECT_EQ(s.text("south", "direct-routing"), "3 (3)");
  EXPECT_EQ(s.text("north", "direct-routing"), "no such factor");
  EXPECT_EQ(s.text("host", "direct-routing"), "3 (3)");
  EXPECT_EQ(s.seen()->find("mine")->zone.name(), "Asia/Tokyo");
  ASSERT_TRUE(made->outcome.calculation);
  const auto entered = last_operation();
  EXPECT_EQ(entered.text, "tenant mine moved under south");
  EXPECT_EQ(canonical_json(entered.detail), R"({"after":{"parent":"south"},"before":{"parent":"north"}})");
}

TEST_F(move_test, says_beforehand_exactly_what_it_then_does) {
  create(R"({"id":"tail","name":"Tail","parent":"south","service":"direct-routing-pro"})");
  ASSERT_TRUE(s.office().set_switch("south", "ump", "lifecycle-management", false, "n"));
  ASSERT_TRUE(s.office().apply(apply_request{{"south"}, false, false}, "n"));
  const auto head = s.book().head().sequence;
  const auto tried = s.office().try_move({"mine", "south", {}});
  ASSERT_TRUE(tried) << tried.error().detail;
  EXPECT_EQ(s.book().head().sequence, head);
  EXPECT_EQ(parent_of("mine"), "north");
  ASSERT_THAT(tried->sums, SizeIs(2));
  EXPECT_EQ(tried->sums[0].tenant, "north");
  EXPECT_EQ(ump_of(tried->sums[0]).licensed_from, 4);
  EXPECT_EQ(ump_of(tried->sums[0]).licensed_to, 0);
  EXPECT_EQ(ump_of(tried->sums[0]).acquired_from, 10);
  EXPECT_EQ(ump_of(tried->sums[0]).acquired_to, std::nullopt);
  EXPECT_EQ(tried->sums[1].tenant, "south");
  EXPECT_EQ(ump_of(tried->sums[1]).licensed_to, 3) << "the template counts nobody under south";
  EXPECT_EQ(ump_of(tried->sums[1]).acquired_to, 10);
  ASSERT_THAT(tried->switches, SizeIs(1));
  EXPECT_EQ(tried->switches[0].factor, "lifecycle-management");
  EXPECT_TRUE(tried->switches[0].from);
  EXPECT_FALSE(tried->switches[0].to);
  ASSERT_THAT(tried->zones, SizeIs(1));
  EXPECT_EQ(tried->zones[0].to, "Asia/Tokyo");
  EXPECT_THAT(tried->disabled, IsEmpty());
  ASSERT_TRUE(s.office().move({"mine", "south", {}}, "n"));
  EXPECT_EQ(s.ump("south").licensed, 3);
  EXPECT_EQ(s.ump("south").acquired, 10);
  EXPECT_EQ(s.text("mine", "lifecycle-management"), "0 (1) (n/a)");
}

TEST_F(move_test, knows_that_a_disabled_parent_disables_and_that_one_stands_above_the_other) {
  create(R"({"id":"off","name":"Off","parent":"north","type":"reseller"})");
  ASSERT_TRUE(s.office().change_tenant("off", {{"enabled", false}}, "n"));
  const auto tried = s.office().try_move({"mine", "off", {}}).value();
  ASSERT_THAT(tried.disabled, SizeIs(1));
  EXPECT_TRUE(tried.disabled[0].to);
  ASSERT_THAT(tried.sums, SizeIs(2));
  EXPECT_EQ(ump_of(tried.sums[0]).licensed_from, 4);
  EXPECT_EQ(ump_of(tried.sums[0]).licensed_to, 0) << "north still holds it, by way of a parent that is off";
  EXPECT_EQ(ump_of(tried.sums[0]).acquired_to, 10);
  ASSERT_TRUE(s.office().move({"mine", "off", {}}, "n"));
  EXPECT_EQ(s.ump("north").licensed, 0);
  EXPECT_EQ(s.ump("north").acquired, 10);
  const auto back = s.office().try_move({"mine", "host", {}}).value();
  EXPECT_EQ(back.sums[1].tenant, "host");
  EXPECT_EQ(ump_of(back.sums[1]).licensed_to, 4);
}

TEST_F(move_test, is_refused_with_one_sentence_where_it_makes_no_sense) {
  create(R"({"id":"inner","name":"Inner","parent":"mine"})");
  EXPECT_EQ(refusal("mine", "mine"), "tenant mine cannot stand under itself; name another parent");
  EXPECT_EQ(refusal("mine", "inner"),
            "tenant mine cannot be moved under inner, which stands under it; move inner first");
  EXPECT_EQ(refusal("mine", "nobody"), "tenant nobody is not known; see: licaudit tenants");
  EXPECT_EQ(refusal("nobody", "north"), "tenant nobody is not known; see: licaudit tenants");
  EXPECT_EQ(refusal("host", "north"), "tenant host is the root, under which all others stand; it cannot be moved");
  EXPECT_EQ(refusal("north", "south"), "tenant north comes from source tenants: move it there");
  EXPECT_EQ(refusal("mine", "north"), "tenant mine stands under north already");
  create(R"({"id":"shop","name":"Shop","parent":"north","type":"reseller"})");
  EXPECT_THAT(refusal("shop", "mine"), HasSubstr("a reseller cannot stand under a customer"));
  create(R"({"id":"other","name":"mINE","parent":"south"})");
  EXPECT_THAT(refusal("mine", "south"), HasSubstr("tenant other under south is called mINE as well"));
  EXPECT_THAT(refusal("inner", "south", at("2026-11-01T00:00:00Z")), HasSubstr("lies in the past"));
}

TEST_F(move_test, waits_for_its_time_through_a_restart) {
  const auto plan = planned("2026-11-03T00:00:00Z");
  EXPECT_FALSE(plan.calculation) << "nothing counts otherwise yet";
  EXPECT_EQ(s.office().make_due_moves().value(), 0);
  s.restart();
  const auto seen = s.seen();
  ASSERT_TRUE(seen->find("mine")->decided->planned);
  EXPECT_EQ(seen->find("mine")->decided->planned->to, "south");
  EXPECT_EQ(seen->find("mine")->decided->planned->operation, plan.operation);
  EXPECT_EQ(seen->next_move, at("2026-11-03T00:00:00Z"));
  s.set_clock(at("2026-11-02T23:59:59.999Z"));
  EXPECT_EQ(s.office().make_due_moves().value(), 0);
  s.set_clock(at("2026-11-05T12:00:00Z"));
  EXPECT_EQ(s.office().make_due_moves().value(), 1) << "after downtime at the first occasion";
  EXPECT_EQ(parent_of("mine"), "south");
  EXPECT_FALSE(s.seen()->find("mine")->decided->planned);
  EXPECT_FALSE(s.seen()->next_move);
  EXPECT_EQ(s.text("south", "direct-routing"), "3 (3)");
  const auto entered = last_operation();
  EXPECT_EQ(entered.caller, "licauditd");
  EXPECT_EQ(entered.text,
            "tenant mine moved under south, as north planned in operation " + std::to_string(plan.operation));
  s.restart();
  EXPECT_EQ(s.office().make_due_moves().value(), 0);
}

TEST_F(move_test, that_waits_can_be_cancelled_and_stands_in_the_way_of_others) {
  planned("2026-11-03T00:00:00Z");
  EXPECT_THAT(refusal("mine", "host"), HasSubstr("cancel that first: licaudit tenant move mine --cancel"));
  EXPECT_EQ(s.office().change_tenant("mine", {{"parent", "host"}}, "n").error().code, errc::conflict);
  EXPECT_TRUE(s.office().change_tenant("mine", {{"name", "Still mine"}}, "n"));
  ASSERT_TRUE(s.office().cancel_move("mine", "n"));
  EXPECT_EQ(last_operation().text, "planned move of tenant mine under south cancelled");
  EXPECT_EQ(s.office().cancel_move("mine", "n").error().detail, "no move of tenant mine is planned");
  s.set_clock(at("2026-11-04T00:00:00Z"));
  EXPECT_EQ(s.office().make_due_moves().value(), 0);
  EXPECT_EQ(parent_of("mine"), "north");
  s.restart();
  EXPECT_FALSE(s.seen()->find("mine")->decided->planned);
}

TEST_F(move_test, that_became_impossible_is_refused_then_with_a_finding_that_lasts) {
  planned("2026-11-03T00:00:00Z");
  create(R"({"id":"other","name":"mine","parent":"south"})");
  s.set_clock(at("2026-11-03T00:00:00Z"));
  EXPECT_EQ(s.office().make_due_moves().value(), 1);
  EXPECT_EQ(parent_of("mine"), "north");
  const auto entered = last_operation();
  EXPECT_EQ(entered.type, "refused");
  EXPECT_EQ(entered.tenant, "mine");
  EXPECT_THAT(entered.text, HasSubstr("was not made: tenant other under south is called mine as well"));
  EXPECT_THAT(s.finding_kinds(), Contains("move-refused"));
  EXPECT_EQ(s.office().make_due_moves().value(), 0) << "it is tried once";
  s.restart();
  s.calculate();
  EXPECT_THAT(s.finding_kinds(), Contains("move-refused"));
  EXPECT_THAT(s.seen()->find("mine")->decided->planned->refused, HasSubstr("is called mine"));
  ASSERT_TRUE(s.office().cancel_move("mine", "n"));
  EXPECT_THAT(s.finding_kinds(), Not(Contains("move-refused")));
}

TEST_F(move_test, that_was_refused_then_can_be_made_anew) {
  planned("2026-11-03T00:00:00Z");
  create(R"({"id":"other","name":"mine","parent":"south"})");
  s.set_clock(at("2026-11-03T00:00:00Z"));
  EXPECT_EQ(s.office().make_due_moves().value(), 1);
  ASSERT_TRUE(s.office().change_tenant("other", {{"name", "Another"}}, "n"));
  ASSERT_TRUE(s.office().move({"mine", "south", {}}, "n"));
  EXPECT_FALSE(s.seen()->find("mine")->decided->planned);
  EXPECT_THAT(s.finding_kinds(), Not(Contains("move-refused")));
}

TEST(move_between_pools, is_refused_with_the_figures_where_the_new_one_has_no_room) {
  shop s(R"({"agents":100})");
  const auto create = [&s](const char* record) {
    const auto made = s.office().create_tenant(parse_json(record).value(), "n");
    ASSERT_TRUE(made) << made.error().detail;
  };
  create(R"({"id":"mine","name":"Mine","parent":"host","acquired":{"agents":30}})");
  ASSERT_EQ(s.order("north", "agents", 20), "");
  const auto refused = s.office().move({"mine", "north", {}}, "n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(
      refused.error().detail,
      "tenant mine: the pool of north has 20 of agents and would hand out 30; order 10 more for north, or free 10 "
      "under it");
  EXPECT_EQ(s.pool_of("host", "agents"), (pool{pool_kind::units, 100, 50})) << "nothing was changed by asking";
  ASSERT_EQ(s.order("north", "agents", 10), "");
  const auto tried = s.office().try_move({"mine", "north", {}});
  ASSERT_TRUE(tried) << tried.error().detail;
  std::map<std::string, std::optional<pool>> foretold;
  for (const auto& one : tried->pools) foretold[one.tenant] = one.to;
  EXPECT_EQ(foretold["host"], (pool{pool_kind::units, 100, 30}));
  EXPECT_EQ(foretold["north"], (pool{pool_kind::units, 30, 30}));
  ASSERT_TRUE(s.office().move({"mine", "north", {}}, "n"));
  EXPECT_EQ(s.pool_of("host", "agents"), foretold["host"]);
  EXPECT_EQ(s.pool_of("north", "agents"), foretold["north"]);
  for (const auto& sum : tried->sums)
    for (const auto& one : sum.licences) EXPECT_EQ(s.acquired(sum.tenant, one.licence), one.acquired_to) << sum.tenant;
}

TEST(move_between_pools, is_refused_while_a_cart_of_the_subtree_is_open) {
  shop s(R"({"agents":100})");
  for (const char* record : {R"({"id":"mine","name":"Mine","parent":"host","type":"reseller"})",
                             R"({"id":"inner","name":"Inner","parent":"mine"})"})
    ASSERT_TRUE(s.office().create_tenant(parse_json(record).value(), "n"));
  ASSERT_TRUE(s.office().stage("inner", "agents", 5, "ann"));
  const auto refused = s.office().move({"mine", "north", {}}, "n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::conflict);
  EXPECT_EQ(refused.error().detail,
            "tenant inner has an open cart of ann; confirm or empty it first: licaudit order show inner");
  EXPECT_EQ(s.office().change_tenant("mine", {{"parent", "north"}}, "n").error().code, errc::conflict);
  ASSERT_TRUE(s.office().unstage("inner", "", "ann"));
  EXPECT_TRUE(s.office().move({"mine", "north", {}}, "n"));
}

TEST_F(move_test, of_a_tenant_that_is_removed_is_no_more) {
  planned("2026-11-03T00:00:00Z");
  ASSERT_TRUE(s.office().remove_tenant("mine", "n"));
  EXPECT_FALSE(s.seen()->next_move);
  s.restart();
  s.set_clock(at("2026-11-04T00:00:00Z"));
  EXPECT_EQ(s.office().make_due_moves().value(), 0);
}

}  // namespace licaudit::audit

#include "tests/daemon/audit/shop.hpp"

#include "billing/charge.hpp"
#include "daemon/ledger/observed_range.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

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

/// What a month comes to for contoso's voice.
std::string billed(shop& s, const char* from, const char* until) {
  ledger::range_question question;
  question.tenant = "contoso";
  question.since = at(from);
  question.until = at(until);
  question.longest_silence = std::chrono::hours(24 * 365);
  const auto observed = s.reader().observed(question).value();
  const auto charged = billing::charge_of(observed.tenants.front().licences.at("voice"),
                                          {billing::basis::quantity::acquired, billing::basis::moment::peak},
                                          {question.since, question.until}, {});
  return charged.quantity ? to_text(*charged.quantity) : "none";
}

}  // namespace

TEST(orders, stage_show_and_confirm_in_one_transaction) {
  shop s;
  const auto head = s.book().head().sequence;
  const auto first = s.office().stage("contoso", "voice", 20, "ann").value();
  EXPECT_EQ(first.version, 1);
  ASSERT_THAT(first.lines, SizeIs(1));
  EXPECT_EQ(first.lines[0].now, std::nullopt);
  EXPECT_EQ(first.lines[0].change, 20);
  EXPECT_EQ(first.lines[0].then, 20);
  EXPECT_EQ(first.lines[0].blocked, "");
  const auto second = s.office().stage("contoso", "outbound", 5, "ann").value();
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(s.book().head().sequence, head) << "a cart is no decision yet";
  EXPECT_EQ(s.acquired("contoso", "voice"), std::nullopt);
  const auto done = s.office().confirm("contoso", 2, "ann").value();
  ASSERT_TRUE(done.outcome);
  EXPECT_EQ(s.book().head().sequence, head + 2) << "the operation, and one calculation";
  EXPECT_EQ(s.acquired("contoso", "voice"), 20);
  EXPECT_EQ(s.acquired("contoso", "outbound"), 5);
  EXPECT_EQ(s.acquired("host", "voice"), 20);
  const auto logged = s.operations("order");
  ASSERT_THAT(logged, SizeIs(1));
  EXPECT_EQ(logged[0].text, "order outbound +5, voice +20");
  EXPECT_EQ(logged[0].caller, "ann");
  EXPECT_EQ(logged[0].tenant, "contoso");
  EXPECT_EQ(canonical_json(logged[0].detail),
            R"({"after":{"outbound":5,"voice":20},"before":{"outbound":null,"voice":null},"cart":2})");
  const auto empty = s.office().cart("contoso", "ann").value();
  EXPECT_THAT(empty.lines, IsEmpty());
  EXPECT_EQ(empty.version, 3) << "versions only grow";
}

TEST(orders, of_10_then_14_then_9_charge_14_and_the_next_month_starts_at_9) {
  shop s;
  s.set_clock(at("2026-12-01T00:00:10Z"));
  ASSERT_EQ(s.order("contoso", "voice", 10), "");
  s.set_clock(at("2026-12-05T12:00:00Z"));
  ASSERT_EQ(s.order("contoso", "voice", 4), "");
  s.set_clock(at("2026-12-20T12:00:00Z"));
  ASSERT_EQ(s.order("contoso", "voice", -5), "");
  EXPECT_EQ(s.acquired("contoso", "voice"), 9) << "at once";
  s.set_clock(at("2027-01-02T00:00:00Z"));
  s.calculate();
  EXPECT_EQ(billed(s, "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"), "14");
  EXPECT_EQ(billed(s, "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z"), "9");
}

TEST(orders, dropped_again_within_the_hour_still_charge_their_peak) {
  shop s;
  s.set_clock(at("2026-12-01T00:00:10Z"));
  ASSERT_EQ(s.order("contoso", "voice", 10), "");
  s.set_clock(at("2026-12-05T12:00:00Z"));
  ASSERT_EQ(s.order("contoso", "voice", 4), "");
  s.set_clock(at("2026-12-05T12:40:00Z"));
  ASSERT_EQ(s.order("contoso", "voice", -5), "");
  s.set_clock(at("2027-01-02T00:00:00Z"));
  s.calculate();
  EXPECT_EQ(billed(s, "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"), "14");
  EXPECT_EQ(billed(s, "2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z"), "9");
}

TEST(orders, make_themselves_the_authority_and_a_record_that_differs_a_finding) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  EXPECT_EQ(s.ump("contoso").acquired, 30);
  const auto staged = s.office().stage("contoso", "ump", 5, "ann").value();
  EXPECT_EQ(staged.lines[0].now, 30) << "what the record says is where orders begin";
  ASSERT_TRUE(s.office().confirm("contoso", staged.version, "ann")->outcome);
  EXPECT_EQ(s.ump("contoso").acquired, 35);
  EXPECT_THAT(s.finding_kinds(), Contains("acquired-differs"));
  s.restart();
  EXPECT_EQ(s.ump("contoso").acquired, 35);
  EXPECT_THAT(s.finding_kinds(), Contains("acquired-differs"));
  std::string record = contoso_record;
  s.give_tenants({host_record, record.replace(record.find(":30"), 3, ":35")});
  EXPECT_EQ(s.ump("contoso").acquired, 35);
  EXPECT_THAT(s.finding_kinds(), Not(Contains("acquired-differs")));
}

TEST(carts, are_one_for_each_tenant_and_caller_and_outlive_a_restart) {
  shop s;
  ASSERT_TRUE(s.office().stage("contoso", "voice", 20, "ann"));
  ASSERT_TRUE(s.office().stage("contoso", "voice", -3, "ann"));
  ASSERT_TRUE(s.office().stage("contoso", "voice", 7, "bob"));
  ASSERT_TRUE(s.office().stage("alpha", "voice", 1, "ann"));
  s.restart();
  const auto ann = s.office().cart("contoso", "ann").value();
  EXPECT_EQ(ann.version, 2);
  ASSERT_THAT(ann.lines, SizeIs(1));
  EXPECT_EQ(ann.lines[0].change, 17) << "on top of what was staged";
  EXPECT_EQ(s.office().cart("contoso", "bob")->lines[0].change, 7);
  EXPECT_EQ(s.office().cart("alpha", "ann")->lines[0].change, 1);
  EXPECT_THAT(s.office().cart("alpha", "bob")->lines, IsEmpty());
}

TEST(carts, lose_a_line_that_comes_to_nothing_or_is_dropped) {
  shop s;
  ASSERT_TRUE(s.office().stage("contoso", "voice", 20, "ann"));
  EXPECT_THAT(s.office().stage("contoso", "voice", -20, "ann")->lines, IsEmpty());
  ASSERT_TRUE(s.office().stage("contoso", "voice", 20, "ann"));
  ASSERT_TRUE(s.office().stage("contoso", "outbound", 20, "ann"));
  EXPECT_THAT(s.office().unstage("contoso", "voice", "ann")->lines, SizeIs(1));
  EXPECT_EQ(s.office().unstage("contoso", "voice", "ann").error().code, errc::unknown);
  const auto empty = s.office().unstage("contoso", "", "ann").value();
  EXPECT_THAT(empty.lines, IsEmpty());
  EXPECT_EQ(s.office().unstage("contoso", "", "ann")->version, empty.version) << "nothing to empty";
  EXPECT_EQ(s.office().confirm("contoso", empty.version, "ann").error().code, errc::refused);
}

TEST(carts, refuse_what_is_no_quantity) {
  shop s;
  EXPECT_EQ(s.office().stage("contoso", "voice", 0, "ann").error().code, errc::malformed);
  EXPECT_EQ(s.office().stage("contoso", "voice", 1'000'000'000'001, "ann").error().code, errc::malformed);
  EXPECT_EQ(s.office().stage("contoso", "voice", -1'000'000'000'001, "ann").error().code, errc::malformed);
  EXPECT_EQ(s.office().stage("contoso", "voice", std::numeric_limits<std::int64_t>::min(), "ann").error().code,
            errc::malformed);
  EXPECT_EQ(s.office().stage("contoso", "none", 1, "ann").error().code, errc::unknown);
  EXPECT_EQ(s.office().stage("nobody", "voice", 1, "ann").error().code, errc::unknown);
  ASSERT_TRUE(s.office().stage("contoso", "voice", 1'000'000'000'000, "ann"));
  EXPECT_EQ(s.office().stage("contoso", "voice", 1, "ann").error().code, errc::malformed);
  EXPECT_EQ(s.office().cart("contoso", "ann")->lines[0].change, 1'000'000'000'000) << "as before";
}

TEST(confirming, of_two_people_one_wins_and_the_other_is_told_why) {
  shop s;
  ASSERT_EQ(s.order("contoso", "voice", 10), "");
  const auto ann = s.office().stage("contoso", "voice", 4, "ann").value();
  const auto bob = s.office().stage("contoso", "voice", 5, "bob").value();
  ASSERT_TRUE(s.office().confirm("contoso", ann.version, "ann")->outcome);
  const auto lost = s.office().confirm("contoso", bob.version, "bob");
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, errc::conflict);
  EXPECT_THAT(lost.error().detail, HasSubstr("has changed since version 1; nothing was ordered: look at version 2"));
  EXPECT_EQ(s.acquired("contoso", "voice"), 14);
  const auto again = s.office().cart("contoso", "bob").value();
  EXPECT_EQ(again.version, 2);
  EXPECT_EQ(again.lines[0].now, 14);
  EXPECT_EQ(again.lines[0].then, 19);
  ASSERT_TRUE(s.office().confirm("contoso", 2, "bob")->outcome);
  EXPECT_EQ(s.acquired("contoso", "voice"), 19);
}

TEST(confirming, a_cart_that_was_looked_at_before_the_others_order_is_refused) {
  shop s;
  const auto bob = s.office().stage("contoso", "voice", 5, "bob").value();
  ASSERT_EQ(s.order("contoso", "voice", 10), "");
  EXPECT_EQ(s.office().cart("contoso", "bob")->version, bob.version + 1) << "what it rests on has moved";
  EXPECT_EQ(s.office().cart("contoso", "bob")->version, bob.version + 1) << "and no further";
  EXPECT_EQ(s.office().confirm("contoso", bob.version, "bob").error().code, errc::conflict);
  EXPECT_EQ(s.office().confirm("contoso", bob.version + 2, "bob").error().code, errc::conflict);
  EXPECT_EQ(s.acquired("contoso", "voice"), 10);
}

TEST(confirming, rests_on_rules_and_pools_too) {
  shop s(R"({"agents":100})");
  const auto staged = s.office().stage("alpha", "agents", 10, "ann").value();
  ASSERT_EQ(s.order("contoso", "agents", 1), "");
  EXPECT_EQ(s.office().confirm("alpha", staged.version, "ann").error().code, errc::conflict) << "the pool has less";
  const auto again = s.office().cart("alpha", "ann").value();
  auto how = s.how;
  how.rules = ump_rules();
  ASSERT_TRUE(s.office().adopt(how, "root"));
  const auto lost = s.office().confirm("alpha", again.version, "ann");
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, errc::conflict);
  const auto page = s.office().cart("alpha", "ann").value();
  EXPECT_THAT(page.lines[0].blocked, HasSubstr("there is no licence agents any more"));
}

TEST(blocked, is_every_line_and_nothing_is_ordered) {
  shop s;
  ASSERT_TRUE(s.office().stage("contoso", "ivr", 2, "ann"));
  ASSERT_TRUE(s.office().stage("contoso", "outbound", 3, "ann"));
  const auto staged = s.office().stage("contoso", "speech", 1, "ann").value();
  const auto blocked = s.office().confirm("contoso", staged.version, "ann").value();
  EXPECT_FALSE(blocked.outcome);
  std::vector<std::string> why;
  for (const auto& line : blocked.cart.lines) why.push_back(line.blocked);
  EXPECT_THAT(why, ElementsAre("ivr is deprecated and cannot be ordered any more: order voice instead",
                               "outbound requires voice: order that with it", ""));
  EXPECT_EQ(s.acquired("contoso", "speech"), std::nullopt) << "all lines or none";
  EXPECT_EQ(s.office().cart("contoso", "ann")->version, staged.version) << "the cart stays";
  EXPECT_THAT(s.operations("order"), IsEmpty());
}

TEST(blocked, is_a_reduction_below_what_is_licensed_and_says_what_to_free) {
  shop s;
  ASSERT_EQ(s.order("contoso", "voice", 10), "");
  std::vector<subject> users;
  users.reserve(8);
  for (int i = 0; i < 8; ++i) users.push_back(user("contoso", "u" + std::to_string(i), R"({"voice":"yes"})"));
  s.give("teams", users);
  EXPECT_EQ(s.order("contoso", "voice", -3), "8 of voice are licensed: free 1 first, or keep 8");
  EXPECT_EQ(s.order("contoso", "voice", -2), "");
  users.push_back(user("contoso", "u8", R"({"voice":"yes"})"));
  s.give("teams", users);
  EXPECT_EQ(s.order("contoso", "voice", -1), "9 of voice are licensed: free 2 first, or keep 9");
  s.give("teams", {});
  EXPECT_EQ(s.order("contoso", "voice", -9), "only 8 of voice are acquired: at most 8 can be dropped");
}

TEST(blocked, is_a_prerequisite_that_is_missing_or_would_be) {
  shop s;
  ASSERT_TRUE(s.office().stage("contoso", "voice", 1, "ann"));
  const auto both = s.office().stage("contoso", "outbound", 3, "ann").value();
  EXPECT_TRUE(s.office().confirm("contoso", both.version, "ann")->outcome) << "in the same cart is soon enough";
  EXPECT_EQ(s.order("contoso", "voice", -1),
            "outbound requires voice and 3 of it are acquired: drop those first, or with it");
  ASSERT_TRUE(s.office().stage("contoso", "voice", -1, "ann"));
  const auto none = s.office().stage("contoso", "outbound", -3, "ann").value();
  EXPECT_TRUE(s.office().confirm("contoso", none.version, "ann")->outcome);
  EXPECT_EQ(s.order("contoso", "outbound", 1), "outbound requires voice: order that with it") << "0 is none";
}

TEST(blocked, is_a_tenant_that_is_disabled_or_gone_and_more_than_can_be) {
  shop s;
  ASSERT_EQ(s.order("alpha", "voice", 1'000'000'000'000), "");
  EXPECT_THAT(s.order("alpha", "voice", 1), HasSubstr("expected a whole number from 0 to 1000000000000"));
  ASSERT_TRUE(s.office().change_tenant("contoso", {{"enabled", false}}, "ann"));
  EXPECT_EQ(s.order("contoso", "voice", 1), "contoso is disabled: licaudit tenant enable contoso");
  ASSERT_TRUE(s.office().change_tenant("north", {{"enabled", false}}, "ann"));
  EXPECT_EQ(s.order("beta", "voice", 1), "a tenant above beta is disabled: enable that first");
  s.give_tenants({R"({"id":"host","name":"Host","type":"provider"})"});
  EXPECT_EQ(s.order("contoso", "voice", 1), "source tenants no longer lists contoso: list it again first");
}

TEST(blocked, is_not_the_reduction_of_a_deprecated_licence) {
  shop s;
  s.give_tenants({R"({"id":"host","name":"Host","type":"provider"})",
                  R"({"id":"contoso","name":"C","parent":"host","service":"s","acquired":{"ivr":5}})"});
  EXPECT_EQ(s.order("contoso", "ivr", -5), "");
  EXPECT_EQ(s.acquired("contoso", "ivr"), 0);
}

}  // namespace licaudit::audit

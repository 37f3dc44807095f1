// The plain parts of the desk: the tree, the sums, the guard, the words.
#include "daemon/audit/child_sum.hpp"
#include "daemon/audit/guard.hpp"
#include "daemon/audit/source_health.hpp"
#include "daemon/audit/tally_book.hpp"
#include "daemon/audit/tenant_book.hpp"
#include "daemon/audit/view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

namespace {

tenant record(const std::string& id, const std::string& parent, tenant_type type = tenant_type::customer) {
  tenant made;
  made.id = id;
  made.parent = parent;
  made.type = type;
  return made;
}

tenant_book family() {
  tenant_book book;
  book.put(record("host", "", tenant_type::provider), "tenants");
  book.put(record("north", "host", tenant_type::reseller), "tenants");
  book.put(record("contoso", "north"), "tenants");
  book.put(record("tailspin", "north"), "tenants");
  return book;
}

template <class Slots>
std::vector<std::string> names(const Slots& slots) {
  std::vector<std::string> all;
  all.reserve(slots.size());
  for (const auto* one : slots) all.push_back(one->id());
  return all;
}

tenant_tally tally_with(std::int64_t n1, std::int64_t n2, tally_state state = tally_state::ok) {
  tenant_tally tally;
  tally.monitored = n2;
  licence_tally licence;
  licence.licence = "ump";
  licence.acquired = 10;
  licence.licensed = n1;
  licence.state = state;
  licence.factors = {{"dr", true, n1, n2}};
  tally.licences = {licence};
  return tally;
}

}  // namespace

TEST(tenant_book, knows_the_tree) {
  auto book = family();
  EXPECT_EQ(book.root(), "host");
  EXPECT_THAT(names(*book.find("north")->below), ElementsAre("contoso", "tailspin"));
  EXPECT_THAT(names(book.ancestors(*book.find("contoso"))), ElementsAre("north", "host"));
  EXPECT_THAT(names(book.subtree(*book.find("north"))), UnorderedElementsAre("contoso", "north", "tailspin"));
  EXPECT_THAT(names(book.upwards({book.find("contoso")})), ElementsAre("contoso", "north", "host"));
}

TEST(tenant_book, moves_a_tenant_with_its_parent) {
  auto book = family();
  book.put(record("contoso", "host"), "tenants");
  EXPECT_THAT(names(*book.find("north")->below), ElementsAre("tailspin"));
  EXPECT_THAT(names(*book.find("host")->below), ElementsAre("contoso", "north"));
}

TEST(tenant_book, joins_children_that_came_before_their_parent) {
  tenant_book book;
  book.put(record("contoso", "north"), "tenants");
  EXPECT_EQ(book.find("contoso")->above, nullptr);
  book.put(record("north", "", tenant_type::provider), "tenants");
  EXPECT_EQ(book.find("contoso")->above, book.find("north"));
  EXPECT_EQ(book.find("north")->child_count(), 1U);
  book.remove("contoso");
  EXPECT_FALSE(book.find("north")->has_children());
}

TEST(tenant_book, inherits_zone_switches_and_the_disabled_state) {
  auto book = family();
  book.find("host")->record.change().time_zone = "Europe/London";
  EXPECT_EQ(book.nearest_with_zone(*book.find("contoso")), book.find("host"));
  EXPECT_TRUE(book.is_on(*book.find("contoso"), "ump/ui"));
  book.find("host")->decided.change().switches["ump/ui"] = false;
  EXPECT_FALSE(book.is_on(*book.find("contoso"), "ump/ui"));
  book.find("contoso")->decided.change().switches["ump/ui"] = true;
  EXPECT_TRUE(book.is_on(*book.find("contoso"), "ump/ui"));
  EXPECT_FALSE(book.is_on(*book.find("tailspin"), "ump/ui"));
  book.find("north")->gone = true;
  EXPECT_TRUE(book.is_disabled(*book.find("contoso")));
  EXPECT_FALSE(book.is_disabled(*book.find("host")));
}

TEST(tenant_book, takes_pending_switches_only_of_the_tenants_that_are_applied) {
  auto book = family();
  book.find("north")->decided.change().pending["ump/ui"] = false;
  const tenant_set both{book.find("contoso"), book.find("north")}, one{book.find("contoso")};
  EXPECT_FALSE(book.is_on(*book.find("contoso"), "ump/ui", &both));
  EXPECT_TRUE(book.is_on(*book.find("contoso"), "ump/ui", &one));
}

TEST(tenant_book, objects_to_what_has_no_place_in_the_tree) {
  auto book = family();
  book.retired.emplace("old", "host");
  EXPECT_EQ(book.objection(record("new", "north"), {}), "");
  EXPECT_THAT(book.objection(record("old", "north"), {}), HasSubstr("never given again"));
  EXPECT_THAT(book.objection(record("new", ""), {}), HasSubstr("only the provider"));
  EXPECT_THAT(book.objection(record("new", "", tenant_type::provider), {}), HasSubstr("a provider already, host"));
  EXPECT_THAT(book.objection(record("new", "nowhere"), {}), HasSubstr("nowhere does not exist"));
  EXPECT_THAT(book.objection(record("new", "contoso", tenant_type::reseller), {}),
              HasSubstr("a reseller cannot stand under a customer"));
  const auto moved = record("north", "contoso", tenant_type::customer);
  EXPECT_THAT(book.objection(moved, {{"north", &moved}}), HasSubstr("circle"));
}

std::shared_ptr<const last_change> change(std::int64_t sequence) {
  return std::make_shared<const last_change>(last_change{{}, "schedule", sequence});
}

tally_book::row_list show(tally_book& book, tenant_slot& of, shared_value<tenant_tally> tally, std::int64_t sequence) {
  tally_book::row_list rows;
  book.show(of, std::move(tally), change(sequence),
            [&](const ledger::tally_row_view& row) { rows.push_back(ledger::row_of(row, sequence)); });
  return rows;
}

TEST(tally_book, gives_only_the_rows_that_differ) {
  tally_book book;
  auto tenants = family();
  auto& contoso = *tenants.find("contoso");
  EXPECT_EQ(show(book, contoso, tally_with(3, 5), 7).size(), 3u) << "the whole tenant, the licence, the factor";
  EXPECT_TRUE(show(book, contoso, tally_with(3, 5), 8).empty());
  const auto rows = show(book, contoso, tally_with(4, 5), 9);
  ASSERT_EQ(rows.size(), 1u) << "what is licensed is the sum of the factors";
  EXPECT_EQ(rows[0].factor, contoso.tally.shown->licences[0].factors[0].factor);
  EXPECT_EQ((*contoso.tally.changes)[0]->sequence, 7) << "what did not change keeps its date";
  EXPECT_EQ((*contoso.tally.changes)[2]->sequence, 9);
}

TEST(tally_book, buries_what_is_no_longer_shown) {
  tally_book book;
  auto tenants = family();
  auto& contoso = *tenants.find("contoso");
  (void)show(book, contoso, tally_with(3, 5), 1);
  const auto rows = show(book, contoso, tenant_tally(), 2);
  EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.flags == ledger::flag_absent; }),
            2);
  EXPECT_EQ(book.withdraw(contoso).size(), 1u);
  EXPECT_EQ(book.size(), 0u);
}

TEST(tally_book, restored_from_rows_it_has_the_same_root) {
  tally_book book, again;
  auto tenants = family(), others = family();
  auto tally = tally_with(3, 5);
  tally.tenant = "contoso";
  const auto rows = show(book, *tenants.find("contoso"), tally, 4);
  auto& contoso = *others.find("contoso");
  again.restore(contoso, rows, {}, change);
  EXPECT_EQ(again.root(), book.root());
  EXPECT_TRUE(show(again, contoso, tally, 5).empty());
}

TEST(tally_book, keeps_the_sum_of_the_parent_whoever_changes_moves_or_leaves) {
  tally_book book;
  auto tenants = family();
  auto &contoso = *tenants.find("contoso"), &tailspin = *tenants.find("tailspin"), &north = *tenants.find("north");
  const auto sum_of = [](const tenant_slot& parent) {
    tenant_tally sum;
    tally_book::add_children(parent, sum);
    return sum.licences.empty() ? -1 : sum.licences.front().licensed;
  };
  tally_book::count_in(contoso, &north);
  tally_book::count_in(tailspin, &north);
  (void)show(book, contoso, tally_with(3, 5), 1);
  (void)show(book, tailspin, tally_with(4, 5), 1);
  EXPECT_EQ(sum_of(north), 7);
  (void)show(book, contoso, tally_with(1, 5), 2);
  EXPECT_EQ(sum_of(north), 5);
  tally_book::count_in(contoso, tenants.find("host"));
  EXPECT_EQ(sum_of(north), 4);
  EXPECT_EQ(sum_of(*tenants.find("host")), 1);
  (void)book.withdraw(tailspin);
  EXPECT_EQ(sum_of(north), -1);
}

TEST(child_sum, adds_numbers_and_keeps_the_worse_state) {
  auto sum = tally_with(1, 2);
  child_sum below;
  below.add(tally_with(3, 5, tally_state::degraded));
  below.add(tally_with(0, 4, tally_state::disabled));
  below.add_to(sum);
  EXPECT_EQ(sum.licences[0].licensed, 4);
  EXPECT_EQ(sum.licences[0].acquired, 30);
  EXPECT_EQ(sum.licences[0].factors[0].configured, 11);
  EXPECT_EQ(sum.licences[0].state, tally_state::degraded);
  EXPECT_EQ(sum.monitored, 11);
}

TEST(child_sum, without_a_child_is_what_it_was_before) {
  child_sum below;
  below.add(tally_with(3, 5));
  below.add(tally_with(7, 9, tally_state::held));
  below.remove(tally_with(7, 9, tally_state::held));
  tenant_tally alone;
  below.add_to(alone);
  EXPECT_EQ(alone.licences, tally_with(3, 5).licences);
  below.remove(tally_with(3, 5));
  tenant_tally none;
  below.add_to(none);
  EXPECT_TRUE(none.licences.empty()) << "a licence that no child has is not shown";
}

TEST(guard, trips_over_a_share_that_is_also_more_than_the_least) {
  const guard twenty{20, 10};
  EXPECT_FALSE(twenty.trips(20, 100));
  EXPECT_TRUE(twenty.trips(21, 100));
  EXPECT_FALSE(twenty.trips(10, 12));
  EXPECT_TRUE(twenty.trips(11, 12));
  EXPECT_FALSE(twenty.trips(500, 0)) << "what was not there before cannot swing";
}

TEST(source_condition, is_in_trouble_when_it_failed_or_is_late) {
  source_condition source;
  source.every = std::chrono::minutes(15);
  const instant now = parse_rfc3339("2026-11-22T12:00:00Z").value();
  EXPECT_EQ(source.trouble(now), "") << "never ran, never failed";
  source.last_good = now - std::chrono::minutes(45);
  EXPECT_EQ(source.trouble(now), "");
  EXPECT_THAT(source.trouble(now + std::chrono::milliseconds(1)), HasSubstr("over three times its interval"));
  source.failed_since_good = 1;
  source.problem = "401";
  EXPECT_EQ(source.trouble(now), "401");
}

TEST(source_health, quotes_a_problem_only_to_the_one_tenant_that_it_can_be_about) {
  const instant now = parse_rfc3339("2026-11-22T12:00:00Z").value();
  source_health health;
  health.of("teams").tenants = {"contoso"};
  health.of("plans").tenants = {"adventure", "tailspin"};
  source_run failed;
  failed.state = run_state::failed;
  failed.problem = "line 7: ann@contoso.example";
  for (const char* source : {"teams", "plans"}) {
    failed.source = source;
    health.note(failed);
  }
  EXPECT_THAT(health.degraded(now).at("contoso"), HasSubstr("ann@contoso.example"));
  EXPECT_THAT(health.degraded(now).at("tailspin"), ::testing::Not(HasSubstr("ann")));
  EXPECT_THAT(health.degraded(now).at("tailspin"), HasSubstr("source plans"));
}

TEST(describe, says_why_numbers_moved) {
  calculation_cause sync;
  sync.kind = "sync";
  sync.source = "teams";
  subject_movement moved;
  moved.users_added = 14;
  moved.numbers_removed = 1;
  EXPECT_EQ(describe(sync, &moved), "+14 users, -1 number, source teams");
  EXPECT_EQ(describe(sync, nullptr), "source teams");
  calculation_cause apply;
  apply.kind = "apply";
  apply.operation = 4711;
  apply.caller = "north";
  apply.text = "user-interface off";
  EXPECT_EQ(describe(apply, nullptr), "user-interface off by north, operation 4711");
  calculation_cause clock;
  clock.kind = "schedule";
  EXPECT_EQ(describe(clock, nullptr), "schedule");
}

}  // namespace licaudit::audit

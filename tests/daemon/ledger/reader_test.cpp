#include "daemon/ledger/reader.hpp"

#include "bookkeeper.hpp"
#include "daemon/ledger/database.hpp"
#include "daemon/ledger/reading.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::ledger {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

tenant record(const std::string& id, const std::string& parent) {
  tenant made;
  made.id = id;
  made.parent = parent;
  return made;
}

instant day(int number) {
  return at("2026-01-01T00:00:00Z") + std::chrono::hours(24 * number);
}

class reader_test : public testing::Test {
 protected:
  dated_tenant tenant_on(const std::string& id, int number) { return reads->tenant_at(id, day(number)).value(); }

  scratch_state state;
  std::unique_ptr<ledger> book = state.open();
  bookkeeper keeper{*book};
  std::unique_ptr<reader> reads = state.read();
};

TEST_F(reader_test, knows_no_tenant_before_the_first_calculation) {
  keeper.put_tenant(day(1), record("acme", ""));
  const auto early = reads->tenant_at("acme", day(2));
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, errc::unknown);
  keeper.calculate(day(2));
  EXPECT_TRUE(reads->tenant_at("acme", day(2)));
  keeper.put_tenant(day(3), record("late", ""));
  EXPECT_EQ(reads->tenant_at("late", day(4)).error().code, errc::unknown) << "no calculation has seen it";
  EXPECT_EQ(reads->tenant_at("unheard-of", day(4)).error().code, errc::unknown);
}

TEST_F(reader_test, a_tenant_is_as_the_calculation_in_force_saw_it) {
  keeper.put_tenant(day(0), record("root", ""));
  keeper.put_tenant(day(0), record("other", ""));
  keeper.put_tenant(day(0), record("acme", "root"));
  const auto first = keeper.calculate(day(1));
  keeper.put_tenant(day(2), record("acme", "other"));
  const auto second = keeper.calculate(day(2) + std::chrono::milliseconds(1));
  EXPECT_EQ(tenant_on("acme", 2).sequence, first) << "the move is not calculated yet";
  EXPECT_EQ(tenant_on("acme", 2).record.parent, "root");
  EXPECT_EQ(tenant_on("acme", 2).at, day(1));
  EXPECT_EQ(tenant_on("acme", 3).sequence, second);
  EXPECT_EQ(tenant_on("acme", 3).record.parent, "other");
}

TEST_F(reader_test, switches_come_from_the_nearest_that_set_them) {
  keeper.put_tenant(day(0), record("root", ""));
  keeper.put_tenant(day(0), record("acme", "root"));
  keeper.put_tenant(day(0), record("elsewhere", ""));
  keeper.decide(day(0), "elsewhere", "switch:ump/lcm", false);
  keeper.calculate(day(1));
  keeper.decide(day(2), "root", "switch:ump/oc", false);
  keeper.decide(day(2), "root", "switch:ump/ui", false);
  keeper.calculate(day(2));
  keeper.decide(day(3), "acme", "switch:ump/oc", true);
  keeper.calculate(day(3));
  keeper.decide(day(4), "acme", "switch:ump/oc", std::nullopt);
  keeper.calculate(day(4));
  keeper.put_tenant(day(5), record("acme", "elsewhere"));
  keeper.calculate(day(5));
  using switches = std::map<std::string, bool, std::less<>>;
  EXPECT_EQ(tenant_on("acme", 1).switches, switches());
  EXPECT_EQ(tenant_on("acme", 2).switches, (switches{{"ump/oc", false}, {"ump/ui", false}}));
  EXPECT_EQ(tenant_on("acme", 3).switches, (switches{{"ump/oc", true}, {"ump/ui", false}}));
  EXPECT_EQ(tenant_on("root", 3).switches, (switches{{"ump/oc", false}, {"ump/ui", false}}));
  EXPECT_EQ(tenant_on("acme", 4).switches, (switches{{"ump/oc", false}, {"ump/ui", false}}))
      << "reset: inherited again";
  EXPECT_EQ(tenant_on("acme", 5).switches, (switches{{"ump/lcm", false}})) << "moved: those of the new parent";
}

TEST_F(reader_test, a_tenant_is_disabled_with_those_above_it) {
  keeper.put_tenant(day(0), record("root", ""));
  keeper.put_tenant(day(0), record("middle", "root"));
  keeper.put_tenant(day(0), record("acme", "middle"));
  keeper.calculate(day(1));
  keeper.decide(day(2), "root", "enabled", false);
  keeper.calculate(day(2));
  keeper.decide(day(3), "root", "enabled", true);
  keeper.calculate(day(3));
  keeper.put_tenant(day(4), record("middle", "root"), true);
  keeper.calculate(day(4));
  keeper.put_tenant(day(5), record("middle", "root"));
  keeper.put_tenant(day(5), record("acme", "middle"), true);
  keeper.calculate(day(5));
  keeper.decide(day(6), "root", "enabled", std::nullopt);
  keeper.put_tenant(day(6), record("acme", "middle"));
  keeper.calculate(day(6));
  const std::vector<bool> expected{false, true, false, true, true, false};
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(tenant_on("acme", static_cast<int>(i) + 1).disabled, expected[i]) << "day " << i + 1;
  EXPECT_EQ(tenant_on("acme", 5).record.parent, "middle") << "gone: the last record stands";
  EXPECT_FALSE(tenant_on("root", 4).disabled) << "a child says nothing of its parent";
}

TEST_F(reader_test, a_circle_of_parents_ends) {
  keeper.put_tenant(day(0), record("a", "b"));
  keeper.put_tenant(day(0), record("b", "a"));
  keeper.calculate(day(1));
  EXPECT_EQ(tenant_on("a", 1).record.parent, "b");
}

TEST_F(reader_test, subjects_are_those_of_a_sequence) {
  const subject_name a{"acme", subject_kind::user, "a'\"\xc3\xa4"}, b{"acme", subject_kind::user, "b"};
  const subject_name n{"acme", subject_kind::number, "+1"}, other{"apex", subject_kind::user, "a"};
  const auto first = keeper.put_subjects(day(1), {{b, field_map{}}, {n, field_map{}}, {other, field_map{}}});
  const auto second = keeper.put_subjects(day(2), {{a, field_map{{"upn", {"x"}}}}, {b, field_map{{"upn", {"y"}}}}});
  const auto third = keeper.put_subjects(day(3), {{b, std::nullopt}});
  const auto fourth = keeper.put_subjects(day(4), {{b, field_map{{"upn", {"z"}}}}});
  const auto names = [&](std::int64_t sequence) {
    std::vector<std::string> all;
    for (const auto& one : reads->subjects_at("acme", sequence).value()) {
      const auto upn = one.value.fields.find("upn");
      all.push_back(one.value.name.id + (upn == one.value.fields.end() ? "" : "=" + upn->second.front()));
    }
    return all;
  };
  EXPECT_THAT(names(0), IsEmpty());
  EXPECT_THAT(names(first), ElementsAre("b", "+1"));
  EXPECT_THAT(names(second), ElementsAre(a.id + "=x", "b=y", "+1"));
  EXPECT_THAT(names(third), ElementsAre(a.id + "=x", "+1"));
  EXPECT_THAT(names(fourth), ElementsAre(a.id + "=x", "b=z", "+1"));
  EXPECT_THAT(reads->subjects_at("unheard-of", fourth).value(), IsEmpty());
  const auto before = reads->subjects_at("acme", second).value(), after = reads->subjects_at("acme", fourth).value();
  EXPECT_EQ(before[1].key, after[1].key) << "who comes back keeps the key";
  EXPECT_EQ(before[1].key.size(), 32u);
}

TEST_F(reader_test, operations_are_filtered_and_paged) {
  for (int i = 0; i < 10; ++i) {
    transaction tx(*book);
    operation what;
    what.at = day(i);
    what.type = i % 2 == 0 ? "factor" : "apply";
    what.caller = i % 3 == 0 ? "north" : "south";
    what.tenant = i == 9 ? "" : i % 4 == 0 ? "acme" : "apex";
    what.text = "number " + std::to_string(i);
    what.detail = {{"i", i}};
    tx.add_operation(what);
    tx.commit();
  }
  operation_query asked;
  asked.since = day(0);
  asked.until = day(100);
  const auto found = [&] {
    std::vector<std::int64_t> all;
    for (const auto& one : reads->operations(asked).value()) all.push_back(one.sequence);
    return all;
  };
  EXPECT_EQ(found().size(), 10u);
  const auto first = reads->operations(asked).value().front();
  EXPECT_EQ(first.text, "number 0");
  EXPECT_EQ(first.detail, (json::object{{"i", 0}}));
  EXPECT_EQ(first.at, day(0));
  asked.type = "factor";
  EXPECT_THAT(found(), ElementsAre(1, 3, 5, 7, 9));
  asked.caller = "north";
  EXPECT_THAT(found(), ElementsAre(1, 7));
  asked.type.clear();
  asked.caller.clear();
  asked.tenants = {"acme", "o'brien"};
  EXPECT_THAT(found(), ElementsAre(1, 5, 9));
  asked.tenants = {"acme", "apex"};
  EXPECT_EQ(found().size(), 9u) << "one is of no tenant";
  asked.tenants.clear();
  asked.since = day(2);
  asked.until = day(8);
  asked.limit = 4;
  EXPECT_THAT(found(), ElementsAre(3, 4, 5, 6));
  asked.after = 6;
  EXPECT_THAT(found(), ElementsAre(7, 8)) << "`until` itself is outside";
}

TEST_F(reader_test, an_operation_with_a_damaged_payload_is_shown_without_it) {
  keeper.decide(day(1), "acme", "enabled", false);
  operation_query asked;
  asked.until = day(9);
  for (const char* form : {"{}", "[]", "{", R"({"text":1,"detail":2})"}) {
    raw_sqlite(state.file()).execute("UPDATE payload SET form = '" + std::string(form) + "'");
    const auto found = reads->operations(asked);
    ASSERT_TRUE(found) << form;
    EXPECT_EQ(found->at(0).caller, "north");
    EXPECT_EQ(found->at(0).text, "");
  }
}

TEST_F(reader_test, runs_come_newest_first) {
  for (int i = 0; i < 5; ++i) {
    transaction tx(*book);
    source_run run;
    run.source = i == 2 ? "teams" : "csv";
    run.ended = day(i);
    run.lines = i;
    tx.add_run(run);
    tx.commit();
  }
  const auto ids = [&](std::int64_t before, std::size_t limit) {
    std::vector<std::int64_t> all;
    for (const auto& one : reads->runs("csv", before, limit).value()) all.push_back(one.id);
    return all;
  };
  EXPECT_THAT(ids(0, 10), ElementsAre(5, 4, 2, 1));
  EXPECT_THAT(ids(0, 2), ElementsAre(5, 4));
  EXPECT_THAT(ids(4, 2), ElementsAre(2, 1));
  EXPECT_THAT(ids(1, 2), IsEmpty());
  EXPECT_EQ(reads->runs("csv", 0, 1).value().front().lines, 4);
  EXPECT_THAT(reads->runs("unheard-of", 0, 10).value(), IsEmpty());
}

TEST_F(reader_test, rules_are_dated) {
  transaction tx(*book);
  for (int i = 1; i <= 2; ++i) {
    tx.keep_rules({"{\"n\":" + std::to_string(i) + "}", "r" + std::to_string(i)});
    tx.put_rules_in_force(tx.enter("rules", day(i), {}), day(i), "r" + std::to_string(i));
  }
  tx.commit();
  EXPECT_EQ(reads->rules_at(day(0)).error().code, errc::unknown);
  EXPECT_EQ(reads->rules_at(day(1)).value().name, "r1");
  const auto second = reads->rules_at(day(9)).value();
  EXPECT_EQ(second.text, "{\"n\":2}");
  EXPECT_EQ(second.since, day(2));
  EXPECT_EQ(second.sequence, 2);
  keeper.put_tenant(day(0), record("acme", ""));
  keeper.calculate(day(3));
  EXPECT_EQ(tenant_on("acme", 3).rules, "{\"n\":2}");
}

TEST_F(reader_test, one_question_sees_one_state) {
  auto db = database::open(state.file(), database::mode::read_only).value();
  const auto count = [&] {
    auto rows = db->query("SELECT count(*) FROM calculation");
    return rows.next() ? rows.integer(0) : -1;
  };
  keeper.calculate(day(1));
  const auto seen = reading(*db, [&]() -> result<std::pair<std::int64_t, std::int64_t>> {
    const auto before = count();
    keeper.calculate(day(2));
    book->checkpoint(true);
    return std::pair(before, count());
  });
  EXPECT_EQ(seen.value(), std::pair(std::int64_t{1}, std::int64_t{1}));
  EXPECT_EQ(count(), 2);
}

TEST_F(reader_test, sees_nothing_of_an_open_transaction) {
  transaction tx(*book);
  tx.enter("inventory", day(1), {});
  EXPECT_EQ(reads->verify(true).value().entries, 0);
  tx.commit();
  EXPECT_EQ(reads->verify(true).value().entries, 1);
}

TEST_F(reader_test, a_store_that_fails_is_told_as_a_failure) {
  raw_sqlite(state.file()).execute("DROP TABLE run");
  const auto broken = reads->runs("csv", 0, 1);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, errc::corrupt);
  EXPECT_TRUE(reads->verify(true)) << "the transaction of the failed question has ended";
}

}  // namespace
}  // namespace licaudit::ledger

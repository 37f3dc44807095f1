#include "bookkeeper.hpp"
#include "daemon/ledger/database.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace licaudit::ledger {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

tenant record(const std::string& id, const std::string& name) {
  tenant made;
  made.id = id;
  made.name = name;
  return made;
}

class loading_test : public testing::Test {
 protected:
  void reopen() {
    book.reset();
    book = state.open();
  }
  void commit(const std::function<void(transaction&)>& work) {
    transaction tx(*book);
    work(tx);
    tx.commit();
  }

  scratch_state state;
  std::unique_ptr<ledger> book = state.open();
};

TEST_F(loading_test, an_empty_ledger_has_nothing) {
  EXPECT_THAT(book->tenants(), IsEmpty());
  EXPECT_THAT(book->decisions(), IsEmpty());
  EXPECT_THAT(book->tallies(), IsEmpty());
  EXPECT_THAT(book->sources(), IsEmpty());
  EXPECT_FALSE(book->last_calculation());
  EXPECT_FALSE(book->rules_text());
  EXPECT_EQ(book->cursor("csv"), "");
  EXPECT_THAT(book->given("csv").subjects, IsEmpty());
}

TEST_F(loading_test, tenants_come_as_last_given) {
  bookkeeper keeper(*book);
  keeper.put_tenant(at("2026-01-01T00:00:00Z"), record("acme", "old"));
  keeper.put_tenant(at("2026-01-02T00:00:00Z"), record("apex", "Apex"));
  keeper.put_tenant(at("2026-01-03T00:00:00Z"), record("acme", "new"));
  keeper.put_tenant(at("2026-01-04T00:00:00Z"), record("apex", ""), true);
  keeper.put_tenant(at("2026-01-05T00:00:00Z"), record("never", ""), true);
  reopen();
  const auto all = book->tenants();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].record->name, "new");
  EXPECT_FALSE(all[0].gone);
  EXPECT_EQ(all[0].origin, "csv");
  EXPECT_EQ(all[1].record->name, "Apex");
  EXPECT_TRUE(all[1].gone);
  EXPECT_FALSE(all[2].record);
}

TEST_F(loading_test, subjects_come_in_their_newest_version) {
  bookkeeper keeper(*book);
  const subject_name a{"acme", subject_kind::user, "a"}, b{"acme", subject_kind::number, "b"};
  keeper.put_subjects(at("2026-01-01T00:00:00Z"), {{a, field_map{{"upn", {"1"}}}}, {b, field_map{}}});
  keeper.put_subjects(at("2026-01-02T00:00:00Z"), {{a, field_map{{"upn", {"2", "3"}}}}});
  keeper.put_subjects(at("2026-01-03T00:00:00Z"), {{b, std::nullopt}});
  reopen();
  std::vector<subject> all;
  book->each_subject([&](subject_number number, const subject& value) {
    EXPECT_EQ(number, 1);
    all.push_back(value);
  });
  EXPECT_THAT(all, ElementsAre(subject{a, {{"upn", {"2", "3"}}}, 1}));
}

TEST_F(loading_test, decisions_in_force_and_pending_ones) {
  bookkeeper keeper(*book);
  keeper.decide(at("2026-01-01T00:00:00Z"), "acme", "switch:ump/dr", false);
  keeper.decide(at("2026-01-02T00:00:00Z"), "acme", "switch:ump/dr", true);
  keeper.decide(at("2026-01-03T00:00:00Z"), "acme", "enabled", false);
  keeper.decide(at("2026-01-04T00:00:00Z"), "apex", "enabled", false);
  keeper.decide(at("2026-01-05T00:00:00Z"), "apex", "enabled", std::nullopt);
  commit([](transaction& tx) {
    tx.put_pending(1, {"acme", "switch:ump/oc", false});
    tx.put_pending(1, {"acme", "switch:ump/dr", std::nullopt});
    tx.put_pending(1, {"apex", "switch:ump/dr", true});
    tx.drop_pending("apex", "switch:ump/dr");
  });
  reopen();
  const auto all = book->decisions();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].item, "enabled");
  EXPECT_EQ(all[0].value, 0);
  EXPECT_EQ(all[1].item, "switch:ump/dr");
  EXPECT_EQ(all[1].value, 1);
  const auto pending = book->pending_switches();
  ASSERT_EQ(pending.size(), 2u);
  EXPECT_EQ(pending[0].value, std::nullopt);
  EXPECT_EQ(pending[1].value, 0);
}

TEST_F(loading_test, carts_are_kept_by_tenant_and_caller_and_the_last_version_holds) {
  commit([](transaction& tx) {
    tx.put_cart({"acme", "north", 1, "b1", {{"ump", 20}}});
    tx.put_cart({"acme", "uid 1042", 7, "b2", {{"ump", -5}, {"voice", 1}}});
    tx.put_cart({"acme", "north", 2, "", {}});
  });
  reopen();
  auto all = book->carts();
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.caller < b.caller; });
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0], (stored_cart{"acme", "north", 2, "", {}}));
  EXPECT_EQ(all[1], (stored_cart{"acme", "uid 1042", 7, "b2", {{"ump", -5}, {"voice", 1}}}));
}

TEST_F(loading_test, a_decision_of_a_quantity_is_the_last_one_and_none_ends_it) {
  bookkeeper keeper(*book);
  keeper.decide(at("2026-01-01T00:00:00Z"), "acme", "acquired:ump", 500);
  keeper.decide(at("2026-01-02T00:00:00Z"), "acme", "acquired:ump", 1'000'000'000'000);
  keeper.decide(at("2026-01-03T00:00:00Z"), "acme", "limit:speech", 0);
  keeper.decide(at("2026-01-04T00:00:00Z"), "apex", "limit:speech", 2000);
  keeper.decide(at("2026-01-05T00:00:00Z"), "apex", "limit:speech", std::nullopt);
  reopen();
  const auto all = book->decisions();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].item, "acquired:ump");
  EXPECT_EQ(all[0].value, 1'000'000'000'000);
  EXPECT_EQ(all[1].item, "limit:speech");
  EXPECT_EQ(all[1].value, 0);
}

TEST_F(loading_test, tallies_are_those_in_force_with_their_beginnings) {
  bookkeeper keeper(*book);
  keeper.show(tally("acme", 1, 1));
  keeper.show(tally("gone", 1, 1));
  const auto first = keeper.calculate(at("2026-01-10T00:00:00Z"));
  keeper.show(tally("acme", 2, 1));
  const auto second = keeper.calculate(at("2026-01-11T00:00:00Z"));
  keeper.calculate(at("2026-02-01T00:00:00Z"));
  keeper.hide("gone");
  const auto removal = keeper.calculate(at("2026-02-02T00:00:00Z"));
  reopen();
  const auto all = book->tallies();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].tenant, "acme");
  EXPECT_EQ(tally_of("acme", all[0].rows), tally("acme", 2, 1));
  std::vector<std::int64_t> since;
  for (const auto& row : all[0].rows) since.push_back(row.since);
  EXPECT_THAT(since, ElementsAre(first, first, second))
      << "monitored and acquired did not change; a new month changes nothing";
  for (const auto& row : all[1].rows) {
    EXPECT_EQ(row.flags, flag_absent);
    EXPECT_EQ(row.since, removal);
  }
}

TEST_F(loading_test, the_last_calculation_with_its_cause) {
  bookkeeper keeper(*book);
  subject_movement moved;
  moved.tenant = "acme";
  moved.users_added = 2;
  const auto sequence = keeper.calculate(at("2026-01-10T00:00:00Z"), std::nullopt, {moved});
  keeper.decide(at("2026-01-11T00:00:00Z"), "acme", "enabled", true);
  reopen();
  const auto last = book->last_calculation();
  ASSERT_TRUE(last);
  EXPECT_EQ(last->sequence, sequence);
  EXPECT_EQ(last->at, at("2026-01-10T00:00:00Z"));
  EXPECT_EQ(last->cause.kind, "schedule");
  EXPECT_EQ(last->moved.at("acme"), moved);
  EXPECT_FALSE(book->calculation(sequence + 1)) << "an operation is none";
}

TEST_F(loading_test, a_damaged_calculation_is_a_storage_error) {
  const auto sequence = bookkeeper(*book).calculate(at("2026-01-10T00:00:00Z"));
  for (const char* cause : {"{}", "[]", R"({"kind":7})", "{"}) {
    raw_sqlite(state.file()).execute("UPDATE calculation SET cause = '" + std::string(cause) + "'");
    EXPECT_THROW(static_cast<void>(book->calculation(sequence)), storage_error) << cause;
  }
}

TEST_F(loading_test, what_a_source_gave_is_in_the_order_of_its_subjects_whether_it_gave_most_or_few) {
  const auto line = [](unsigned char byte) {
    line_hash hash;
    hash.fill(byte);
    return hash;
  };
  std::vector<subject_number> numbers;
  commit([&](transaction& tx) {
    unsigned char byte = 0;
    for (const char* tenant : {"acme", "apex", "acme", "zeta", "apex", "acme", "zeta", "apex", "acme"}) {
      const subject_name name{tenant, subject_kind::user, "u" + std::to_string(byte)};
      numbers.push_back(tx.find_or_add_subject(name));
      const std::string source = byte == 1 || byte == 3 ? "teams" : "csv";
      tx.put_given(source, numbers.back(), line(byte), {name, {}, 1});
      tx.count_given(source, tenant, 1);
      ++byte;
    }
    tx.set_cursor("csv", "page 2");
  });
  reopen();
  EXPECT_TRUE(book->given("csv").subjects.empty()) << "a delta has no need of them";
  const auto check = [&](const char* source, const std::vector<unsigned char>& expected) {
    auto all = book->given(source);
    all.read();
    EXPECT_EQ(all.key, book->identity());
    ASSERT_EQ(all.subjects.size(), expected.size()) << source;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(all.subjects[i].number, numbers[expected[i]]);
      EXPECT_EQ(all.subjects[i].line, line(expected[i]));
    }
  };
  check("csv", {0, 2, 4, 5, 6, 7, 8});
  check("teams", {1, 3});
  check("nobody", {});
  EXPECT_EQ(book->cursor("csv"), "page 2");
}

TEST_F(loading_test, sources_tell_how_their_runs_went) {
  const auto run = [&](run_state how, const char* ended, const char* problem) {
    source_run one;
    one.source = "csv";
    one.state = how;
    one.ended = at(ended);
    one.problem = problem;
    commit([&](transaction& tx) { one.id = tx.add_run(one); });
    return one.id;
  };
  run(run_state::ok, "2026-01-01T00:00:00Z", "");
  run(run_state::held, "2026-01-02T00:00:00Z", "");
  run(run_state::failed, "2026-01-03T00:00:00Z", "first");
  const auto last = run(run_state::failed, "2026-01-04T00:00:00Z", "exit 3");
  commit([](transaction& tx) {
    const subject_name name{"acme", subject_kind::user, "a"};
    tx.put_given("csv", tx.find_or_add_subject(name), {}, {name, {}, 1});
    tx.count_given("csv", "acme", 1);
    tx.set_cursor("idle", "x");
  });
  reopen();
  const auto all = book->sources();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name, "csv");
  EXPECT_EQ(all[0].last_good, at("2026-01-02T00:00:00Z")) << "held is not failed";
  EXPECT_EQ(all[0].last_run, last);
  EXPECT_TRUE(all[0].last_failed);
  EXPECT_EQ(all[0].failed_since_good, 2);
  EXPECT_EQ(all[0].problem, "exit 3");
  EXPECT_THAT(all[0].tenants, ElementsAre("acme"));
  EXPECT_EQ(all[1].cursor, "x");
  EXPECT_FALSE(all[1].last_good);
  EXPECT_FALSE(all[1].last_failed);
}

TEST_F(loading_test, work_in_hand_is_replaced_and_dropped) {
  finding one;
  one.kind = "stale";
  one.tenant = "acme";
  one.since = at("2026-01-01T00:00:00Z");
  finding two = one;
  two.tenant = "apex";
  commit([&](transaction& tx) {
    tx.put_sound({"acme", "ump", 5, "", 0});
    tx.put_sound({"acme", "ump", 6, "csv", 4});
    tx.put_sound({"apex", "ump", 1, "", 0});
    tx.drop_sound("apex", "ump");
    tx.put_held({"csv", "acme", 1, "shrinks", "{}"});
    tx.put_held({"csv", "acme", 2, "shrinks more", "{\"a\":1}"});
    tx.put_held({"csv", "apex", 1, "x", "{}"});
    tx.drop_held("csv", "apex");
    tx.put_findings({{finding_id(one), std::make_shared<const finding>(one)}});
    tx.put_findings({{finding_id(one), nullptr}, {finding_id(two), std::make_shared<const finding>(two)}});
  });
  reopen();
  const auto sound = book->sound_values();
  ASSERT_EQ(sound.size(), 1u);
  EXPECT_EQ(sound[0].licensed, 6);
  EXPECT_EQ(sound[0].source, "csv");
  EXPECT_EQ(sound[0].run, 4);
  const auto held = book->held();
  ASSERT_EQ(held.size(), 1u);
  EXPECT_EQ(held[0].run, 2);
  EXPECT_EQ(held[0].reason, "shrinks more");
  EXPECT_EQ(held[0].form, "{\"a\":1}");
  EXPECT_THAT(book->findings(), ElementsAre(two));
}

TEST_F(loading_test, the_last_rules_put_in_force_hold) {
  commit([](transaction& tx) {
    tx.keep_rules({"{\"a\":1}", "one"});
    tx.keep_rules({"{\"b\":1}", "two"});
    tx.keep_rules({"{\"c\":1}", "waiting"});
    tx.put_rules_in_force(tx.enter("rules", at("2026-01-01T00:00:00Z"), {}), at("2026-01-01T00:00:00Z"), "one");
    tx.put_rules_in_force(tx.enter("rules", at("2026-01-02T00:00:00Z"), {}), at("2026-01-02T00:00:00Z"), "two");
  });
  reopen();
  EXPECT_EQ(book->rules_text(), std::pair(std::string("{\"b\":1}"), at("2026-01-02T00:00:00Z")));
}

}  // namespace
}  // namespace licaudit::ledger

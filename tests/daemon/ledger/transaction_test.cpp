#include "daemon/ledger/transaction.hpp"

#include "bookkeeper.hpp"
#include "daemon/ledger/database.hpp"
#include "daemon/ledger/version_place.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gtest/gtest.h>

namespace licaudit::ledger {
namespace {

const subject_name user{"acme", subject_kind::user, "o'brien \"\xc3\xa4\" \xe2\x82\xac; --"};

subject with(const subject_name& name, const std::string& upn, std::int64_t quantity = 1) {
  return {name, {{"upn", {upn}}}, quantity};
}

class transaction_test : public testing::Test {
 protected:
  scratch_state state;
  std::unique_ptr<ledger> book = state.open();
};

TEST_F(transaction_test, leaves_no_trace_without_commit) {
  bookkeeper(*book).calculate(at("2026-01-01T00:00:00Z"));
  const auto head = book->head();
  subject_number number = 0;
  {
    transaction tx(*book);
    EXPECT_EQ(tx.next_sequence(), head.sequence + 1);
    tx.enter("inventory", at("2026-01-02T00:00:00Z"), {});
    EXPECT_EQ(tx.next_sequence(), head.sequence + 2);
    number = tx.find_or_add_subject(user);
    tx.put_version(head.sequence + 1, number, with(user, "a"));
    tx.put_given("csv", number, {}, with(user, "a"));
    tx.set_cursor("csv", "c");
    tx.put_decision(head.sequence + 1, {"acme", "enabled", false});
    tx.put_sound({"acme", "ump", 3, "", 0});
  }
  EXPECT_EQ(book->head().sequence, head.sequence);
  EXPECT_EQ(book->head().hash, head.hash);
  raw_sqlite raw(state.file());
  EXPECT_EQ(raw.count("entry"), 1);
  for (const char* table : {"tenant", "subject", "subject_version", "source", "given", "decision", "item", "sound"})
    EXPECT_EQ(raw.count(table), 0) << table;
  transaction again(*book);
  EXPECT_FALSE(again.find_subject(user)) << "no number is remembered";
  EXPECT_EQ(again.find_or_add_subject(user), number);
  EXPECT_FALSE(again.current(number));
}

TEST_F(transaction_test, a_commit_survives_reopening) {
  chain_head head;
  {
    transaction tx(*book);
    tx.enter("inventory", at("2026-01-02T00:00:00Z"), {{"n", 1}});
    tx.commit();
    head = book->head();
  }
  book.reset();
  book = state.open();
  EXPECT_EQ(book->head().sequence, 1);
  EXPECT_EQ(book->head().hash, head.hash);
  EXPECT_EQ(book->last_instant(), at("2026-01-02T00:00:00Z"));
  const auto expected =
      entry_hash(1, "inventory", to_milliseconds(at("2026-01-02T00:00:00Z")), sha256(R"({"n":1})"), {});
  EXPECT_EQ(head.hash, expected);
}

TEST_F(transaction_test, there_is_one_at_a_time) {
  transaction tx(*book);
  EXPECT_THROW(static_cast<void>(book->begin()), storage_error);
}

TEST_F(transaction_test, writes_nothing_after_its_end) {
  transaction tx(*book);
  tx.commit();
  EXPECT_THROW(tx.set_cursor("csv", "c"), storage_error);
  EXPECT_THROW(tx.commit(), storage_error);
  EXPECT_EQ(raw_sqlite(state.file()).count("source"), 0);
}

TEST_F(transaction_test, knows_subjects_by_a_random_key) {
  transaction tx(*book);
  const auto a = tx.find_or_add_subject(user);
  const auto b = tx.find_or_add_subject({"acme", subject_kind::number, user.id});
  EXPECT_NE(a, b) << "kinds do not share ids";
  EXPECT_EQ(tx.find_or_add_subject(user), a);
  EXPECT_EQ(tx.find_subject(user), a);
  EXPECT_EQ(tx.name_of(a), user);
  EXPECT_NE(tx.identity_of(a).key, tx.identity_of(b).key);
  EXPECT_EQ(tx.identity_of(a).key.size(), 32u);
  EXPECT_EQ(tx.identity_of(a).key.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_THROW(static_cast<void>(tx.name_of(77)), storage_error);
  EXPECT_THROW(static_cast<void>(tx.identity_of(77)), storage_error);
  EXPECT_EQ(tx.identity_of(a, user).key, tx.identity_of(a).key);
  EXPECT_EQ(tx.identity_of(a, user).salt, tx.identity_of(a).salt);
  EXPECT_THROW(static_cast<void>(tx.identity_of(77, user)), storage_error);
}

TEST_F(transaction_test, finds_a_subject_that_came_after_it_was_missed) {
  const auto other = [](const std::string& id) { return subject_name{"acme", subject_kind::user, id}; };
  transaction tx(*book);
  EXPECT_FALSE(tx.find_subject(user)) << "no tenant yet";
  const auto a = tx.find_or_add_subject(other("a"));
  EXPECT_FALSE(tx.find_subject(other("b")));
  EXPECT_EQ(tx.find_subject(other("a")), a);
  const auto b = tx.find_or_add_subject(other("b"));
  EXPECT_EQ(tx.find_subject(other("b")), b);
  tx.commit();
  transaction again(*book);
  EXPECT_FALSE(again.find_subject(other("c"))) << "in a tenant that has others";
  EXPECT_EQ(again.find_subject(other("b")), b);
}

TEST_F(transaction_test, looking_for_a_subject_adds_nothing) {
  {
    transaction tx(*book);
    EXPECT_FALSE(tx.find_subject(user));
    EXPECT_TRUE(tx.given_numbers("csv", "acme").empty());
    tx.commit();
  }
  raw_sqlite raw(state.file());
  EXPECT_EQ(raw.count("tenant"), 0);
  EXPECT_EQ(raw.count("source"), 0);
}

TEST_F(transaction_test, the_newest_version_is_the_current_one) {
  transaction tx(*book);
  const auto number = tx.find_or_add_subject(user);
  EXPECT_FALSE(tx.current(number));
  tx.put_version(1, number, with(user, "a"));
  tx.put_version(2, number, with(user, "b", 4));
  EXPECT_EQ(tx.current(number), with(user, "b", 4));
  tx.put_version(3, number, std::optional<subject>());
  EXPECT_FALSE(tx.current(number));
  tx.put_version(4, number, subject{user, {}, 0});
  EXPECT_EQ(tx.current(number), (subject{user, {}, 0})) << "there, without fields";
}

TEST_F(transaction_test, versions_of_subjects_side_by_side_are_told_apart) {
  transaction tx(*book);
  const auto one = tx.find_or_add_subject(user);
  const auto next = tx.find_or_add_subject({"acme", subject_kind::user, "next"});
  ASSERT_EQ(next, one + 1);
  tx.put_version(0, next, with(user, "next"));
  EXPECT_FALSE(tx.current(one));
  tx.put_version(last_sequence, one, with(user, "one"));
  EXPECT_EQ(tx.current_form(next), form_of(with(user, "next")));
  EXPECT_EQ(tx.current_form(one), form_of(with(user, "one")));
  tx.put_version(1, last_subject, with(user, "last"));
  EXPECT_EQ(tx.current_form(last_subject), form_of(with(user, "last")));
  EXPECT_FALSE(tx.current_form(last_subject - 1));
}

TEST_F(transaction_test, numbers_that_the_ledger_has_no_room_for_are_refused) {
  transaction tx(*book);
  const auto number = tx.find_or_add_subject(user);
  EXPECT_THROW(tx.put_version(last_sequence + 1, number, with(user, "a")), storage_error);
  EXPECT_THROW(tx.put_version(1, last_subject + 1, with(user, "a")), storage_error);
}

TEST_F(transaction_test, digests_of_versions_tell_values_apart) {
  transaction tx(*book);
  const auto number = tx.find_or_add_subject(user);
  const auto who = tx.identity_of(number);
  const auto a = version_of(who, form_of(with(user, "a")));
  EXPECT_EQ(a, version_of(who, form_of(with(user, "a"))));
  EXPECT_NE(a, version_of(who, form_of(with(user, "b"))));
  EXPECT_NE(a, version_of(who, std::nullopt));
  EXPECT_NE(version_of(who, std::nullopt), version_of(who, form_of(subject{user, {}, 0})));
}

TEST_F(transaction_test, whose_fields_are_those_of_the_version_need_not_store_them_twice) {
  transaction tx(*book);
  const auto number = tx.find_or_add_subject(user);
  tx.put_version(1, number, with(user, "a"));
  tx.put_given("csv", number, {}, form_of(with(user, "a", 3)), true);
  const auto given = tx.givers_of(number);
  ASSERT_EQ(given.size(), 1u);
  EXPECT_EQ(given[0].form, form_of(with(user, "a", 3)));
  tx.commit();
  EXPECT_EQ(raw_sqlite(state.file()).count("given WHERE fields IS NULL"), 1);
}

TEST_F(transaction_test, counts_what_each_source_gives_of_a_tenant) {
  transaction tx(*book);
  tx.count_given("csv", "acme", 3);
  tx.count_given("csv", "acme", -1);
  tx.count_given("csv", "apex", 5);
  tx.count_given("teams", "acme", 7);
  EXPECT_EQ(tx.given_count("csv", "acme"), 2);
  EXPECT_EQ(tx.given_count("csv"), 7);
  tx.count_given("csv", "apex", -5);
  EXPECT_EQ(tx.given_count("csv", "apex"), 0);
  tx.commit();
  EXPECT_EQ(raw_sqlite(state.file()).count("given_count"), 2) << "nothing is said of what is not given";
}

TEST_F(transaction_test, remembers_what_each_source_gives) {
  transaction tx(*book);
  const auto number = tx.find_or_add_subject(user);
  const auto other = tx.find_or_add_subject({"apex", subject_kind::user, "x"});
  tx.put_given("csv", number, {}, with(user, "a"));
  tx.put_given("teams", number, {}, with(user, "b"));
  tx.put_given("csv", other, {}, with({"apex", subject_kind::user, "x"}, "c"));
  tx.put_given("csv", number, {}, with(user, "d"));
  const auto given = tx.givers_of(number);
  ASSERT_EQ(given.size(), 2u);
  EXPECT_EQ(given[0].source, "csv");
  EXPECT_EQ(given[0].form, form_of(with(user, "d")));
  EXPECT_EQ(given[1].form, form_of(with(user, "b")));
  EXPECT_EQ(tx.given_numbers("csv", "acme"), std::vector<subject_number>{number});
  EXPECT_EQ(tx.given_numbers("csv", "apex"), std::vector<subject_number>{other});
  EXPECT_TRUE(tx.given_numbers("teams", "apex").empty());
  tx.drop_given("csv", number);
  EXPECT_FALSE(tx.is_given("csv", number));
  EXPECT_TRUE(tx.is_given("teams", number));
}

TEST_F(transaction_test, tells_when_a_month_begins) {
  bookkeeper keeper(*book);
  {
    transaction tx(*book);
    EXPECT_TRUE(tx.begins_month(at("2026-01-31T23:59:59.999Z")));
  }
  keeper.calculate(at("2026-01-31T23:59:59.999Z"));
  transaction tx(*book);
  EXPECT_FALSE(tx.begins_month(at("2026-01-31T23:59:59.999Z")));
  EXPECT_TRUE(tx.begins_month(at("2026-02-01T00:00:00Z"))) << "months are those of UTC";
  EXPECT_TRUE(tx.begins_month(at("2027-01-31T00:00:00Z")));
}

TEST_F(transaction_test, an_item_shown_again_keeps_its_number) {
  bookkeeper keeper(*book);
  for (int i = 0; i < 3; ++i) {
    keeper.show(tally("acme", i + 1, i + 1));
    keeper.calculate(at("2026-01-01T00:00:00Z") + std::chrono::hours(2 * i));
    keeper.hide("acme");
    keeper.calculate(at("2026-01-01T01:00:00Z") + std::chrono::hours(2 * i));
  }
  raw_sqlite raw(state.file());
  EXPECT_EQ(raw.count("tenant"), 1);
  EXPECT_EQ(raw.count("item"), 3);
  EXPECT_TRUE(state.read()->verify(true).value().clean());
}

TEST_F(transaction_test, the_last_of_two_rows_for_one_place_counts) {
  {
    transaction tx(*book);
    calculation_facts facts;
    facts.cause.kind = "schedule";
    const auto when = at("2026-01-02T00:00:00Z");
    const auto sequence = tx.add_calculation(when, facts);
    std::vector<numbered_row> all;
    for (const char* tenant : {"north", "acme"})
      for (const std::int64_t n1 : {5, 6}) {
        all.push_back(tx.number(tenant, {"ump", "dr", n1, std::nullopt, flag_on}, sequence));
        all.push_back(tx.number(tenant, {"ump", "", 0, n1 + 10, 0}, sequence));
      }
    tx.put_tallies(sequence, when, std::move(all));
    tx.commit();
  }
  raw_sqlite raw(state.file());
  const std::vector<std::vector<std::string>> expected = {
      {"202601", "1", "1", "6"}, {"202601", "1", "2", "0"}, {"202601", "2", "1", "6"}, {"202601", "2", "2", "0"}};
  EXPECT_EQ(raw.rows("SELECT month, tenant, item, n1 FROM tally ORDER BY tenant, item"), expected);
  EXPECT_EQ(raw.value("SELECT group_concat(n2) FROM tally WHERE n2 IS NOT NULL"), "16,16");
}

}  // namespace
}  // namespace licaudit::ledger

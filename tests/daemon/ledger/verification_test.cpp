#include "bookkeeper.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

namespace licaudit::ledger {
namespace {

subject_name user(const std::string& id) {
  return {"acme", subject_kind::user, id};
}

subject_movement moved(const std::string& tenant, std::int64_t users_added) {
  subject_movement one;
  one.tenant = tenant;
  one.users_added = users_added;
  return one;
}

/// Two months of two tenants, with subjects, operations, rules and a withdrawn tenant.
void write_story(ledger& book) {
  bookkeeper keeper(book);
  tenant record;
  record.id = "acme";
  keeper.put_tenant(at("2026-01-05T00:00:00Z"), record);
  {
    transaction tx(book);
    operation what;
    what.at = at("2026-01-05T00:30:00Z");
    what.type = "rules";
    what.caller = "licauditd";
    const auto sequence = tx.add_operation(what);
    const std::string text = R"({"licences":[],"services":{}})";
    tx.keep_rules({text, to_hex(sha256(text))});
    tx.put_rules_in_force(sequence, what.at, to_hex(sha256(text)));
    tx.commit();
  }
  keeper.put_subjects(at("2026-01-05T01:00:00Z"), {{user("a"), field_map{{"upn", {"a@x"}}}}, {user("b"), field_map{}}});
  keeper.show(tally("acme", 2, 3));
  keeper.show(tally("apex", 1, 1));
  keeper.show(tally("gone", 7, 7));
  keeper.calculate(at("2026-01-05T01:00:00.001Z"), std::nullopt, {moved("acme", 2), moved("apex", 1)});
  keeper.decide(at("2026-01-06T00:00:00Z"), "acme", "switch:ump/dr", false);
  keeper.show(tally("acme", 0, 3, false));
  keeper.calculate(at("2026-01-06T00:00:00.001Z"), std::vector<std::string>{"acme"});
  keeper.hide("gone");
  keeper.calculate(at("2026-01-07T00:00:00Z"));
  keeper.put_subjects(at("2026-02-03T01:00:00Z"), {{user("b"), std::nullopt}});
  keeper.show(tally("apex", 2, 2));
  keeper.calculate(at("2026-02-03T01:00:00.001Z"));
  keeper.decide(at("2026-02-04T00:00:00Z"), "apex", "enabled", false);
}

verification verified(const scratch_state& state) {
  return state.read()->verify(true).value();
}

class verification_test : public testing::Test {
 protected:
  verification_test() {
    auto book = state.open();
    write_story(*book);
  }

  /// What verify says after somebody changed the file, which is as before afterwards.
  verification after(const std::string& sql) {
    std::filesystem::copy_file(state.file(), kept(), std::filesystem::copy_options::overwrite_existing);
    {
      raw_sqlite raw(state.file());
      raw.execute(sql);
    }
    auto found = verified(state);
    std::filesystem::remove(state.file().string() + "-wal");
    std::filesystem::remove(state.file().string() + "-shm");
    std::filesystem::copy_file(kept(), state.file(), std::filesystem::copy_options::overwrite_existing);
    return found;
  }
  std::filesystem::path kept() const { return state.folder() / "kept.db"; }

  scratch_state state;
};

TEST_F(verification_test, finds_nothing_wrong_with_what_was_written) {
  const auto found = verified(state);
  EXPECT_EQ(found.problems, std::vector<std::string>());
  EXPECT_EQ(found.entries, 10);
  EXPECT_EQ(found.calculations, 4);
  EXPECT_EQ(found.tallies, 9 + 1 + 3 + 6);
  auto book = state.open();
  EXPECT_EQ(found.head, to_hex(book->head().hash));
}

TEST_F(verification_test, finds_nothing_wrong_with_an_empty_ledger) {
  scratch_state empty;
  static_cast<void>(empty.open());
  const auto found = verified(empty);
  EXPECT_TRUE(found.clean());
  EXPECT_EQ(found.entries, 0);
  EXPECT_EQ(found.head, std::string(64, '0'));
}

/// The values to try instead of one that stands in a column.
std::vector<std::string> other_values(const std::string& type, const std::string& place) {
  if (type == "INTEGER") return {place + " + 1", place + " - 1", place + " * 2 + 64"};
  if (type == "BLOB")
    return {"CAST(" + place + " || X'00' AS BLOB)", "substr(" + place + ", 2)", "zeroblob(32)",
            "CAST(X'ff' || substr(" + place + ", 2) AS BLOB)"};
  return {place + " || ' '", "''", "substr(" + place + ", 2)", "upper(" + place + ") || '\"'"};
}

struct column {
  std::string name, type;
  bool nullable;
};

std::vector<column> columns_of(raw_sqlite& raw, const std::string& table) {
  std::vector<column> all;
  for (const auto& row :
       raw.rows("SELECT name, type, \"notnull\" = 0 AND pk = 0 FROM pragma_table_info('" + table + "')"))
    all.push_back({row[0], row[1], row[2] == "1"});
  return all;
}

/// Every row and every column of a table, each with each of its other values.
void each_change(const std::string& table, const std::string& key, const std::filesystem::path& file,
                 const std::function<void(const std::string&)>& take) {
  std::vector<std::string> changes;
  {
    raw_sqlite raw(file);
    for (const auto& row : raw.rows("SELECT " + key + " FROM " + table)) {
      std::string where;
      const auto names =
          raw.rows("SELECT name FROM pragma_table_info('" + table + "') WHERE instr('" + key + "', name)");
      for (std::size_t i = 0; i < names.size(); ++i) where += (i == 0 ? "" : " AND ") + names[i][0] + " = " + row[i];
      for (const auto& one : columns_of(raw, table)) {
        auto values = other_values(one.type, one.name);
        if (one.nullable) values.insert(values.end(), {"NULL", one.type == "INTEGER" ? "0" : "''"});
        for (const auto& value : values) {
          const std::string differs = one.name + " IS NOT (" + value + ")";
          if (raw.value("SELECT 1 FROM " + table + " WHERE " + where + " AND " + differs) == "1")
            changes.push_back("UPDATE OR REPLACE " + table + " SET " + one.name + " = " + value + " WHERE " + where);
        }
      }
      changes.push_back("DELETE FROM " + table + " WHERE " + where);
    }
  }
  ASSERT_FALSE(changes.empty());
  for (const auto& change : changes) take(change);
}

class every_change : public verification_test,
                     public testing::WithParamInterface<std::pair<const char*, const char*>> {};

TEST_P(every_change, is_reported) {
  int tried = 0;
  each_change(GetParam().first, GetParam().second, state.file(), [&](const std::string& change) {
    // The last entry of all can be cut off together with its hash; that shows in the head only.
    ++tried;
    const auto found = after(change);
    EXPECT_FALSE(found.clean()) << change;
  });
  EXPECT_GT(tried, 9);
  EXPECT_TRUE(verified(state).clean());
}

INSTANTIATE_TEST_SUITE_P(of, every_change,
                         testing::Values(std::pair("entry", "sequence"), std::pair("payload", "sequence"),
                                         std::pair("operation", "sequence"), std::pair("calculation", "sequence"),
                                         std::pair("tally", "month, tenant, item, sequence"),
                                         std::pair("movement", "sequence, tenant"),
                                         std::pair("subject_version", "place")),
                         [](const auto& which) { return std::string(which.param.first); });

TEST_F(verification_test, reports_inserted_rows) {
  for (const char* sql :
       {"INSERT INTO entry SELECT max(sequence) + 1, kind, at, payload, previous, hash FROM entry",
        "INSERT INTO payload VALUES (99, '{}')", "INSERT INTO operation VALUES (99, 0, 'factor', 'eve', 'acme')",
        "INSERT INTO operation SELECT sequence, at, 'factor', 'eve', '' FROM entry WHERE kind = 'inventory' LIMIT 1",
        "INSERT INTO calculation VALUES (99, 0, 197001, NULL, '{}')",
        "INSERT INTO calculation SELECT sequence, at, 202601, NULL, '{}' FROM entry WHERE kind = 'inventory' LIMIT 1",
        "INSERT INTO tally SELECT month, tenant, item, 99, n1, n2, flags, since FROM tally LIMIT 1",
        "INSERT INTO tally SELECT t.month, t.tenant, t.item, c.sequence, t.n1, t.n2, t.flags, t.since FROM tally t,"
        " calculation c WHERE t.month = c.month AND t.tenant = 2 AND c.sequence > t.sequence LIMIT 1",
        "INSERT INTO item VALUES (99, 'x', ''); INSERT INTO tally SELECT month, tenant, 99, sequence, 0, NULL, 64,"
        " sequence FROM tally LIMIT 1",
        "INSERT INTO movement SELECT 99, tenant, 1, 0, 0, 0, 0, 0 FROM movement LIMIT 1",
        "INSERT INTO movement SELECT sequence, tenant + 9, 1, 0, 0, 0, 0, 0 FROM movement",
        "INSERT INTO subject_version SELECT place + 1, quantity, fields FROM subject_version LIMIT 1",
        "INSERT INTO subject_version VALUES (99 << 32 | 3, 1, '{}')"})
    EXPECT_FALSE(after(sql).clean()) << sql;
}

TEST_F(verification_test, reports_what_stands_beside_the_rows) {
  for (const char* sql :
       {"UPDATE tenant SET id = 'acne' WHERE id = 'acme'", "UPDATE item SET factor = 'oc' WHERE factor = 'dr'",
        "UPDATE subject SET id = 'c' WHERE id = 'a'", "UPDATE subject SET key = zeroblob(16)",
        "UPDATE subject SET salt = zeroblob(16)", "UPDATE subject SET kind = 1", "DELETE FROM subject",
        "UPDATE rule_text SET form = form || ' '", "DELETE FROM rule_text"})
    EXPECT_FALSE(after(sql).clean()) << sql;
}

TEST_F(verification_test, one_damage_is_one_problem_at_its_entry) {
  const auto found = after("UPDATE entry SET at = at + 1 WHERE sequence = 3");
  ASSERT_EQ(found.problems.size(), 1u);
  EXPECT_EQ(found.problems[0], "entry 3: its hash is not that of its content");
}

TEST_F(verification_test, a_rewritten_hash_breaks_the_entry_after_it) {
  const auto found = after("UPDATE entry SET hash = zeroblob(32) WHERE sequence = 3");
  ASSERT_EQ(found.problems.size(), 2u);
  EXPECT_EQ(found.problems[1], "entry 4: does not build on the entry before it");
}

TEST_F(verification_test, survives_payloads_of_any_shape) {
  for (const char* form : {"[]", "7", "{", "null", R"({"root":7,"scope":7})", R"({"type":1,"caller":[],"tenant":{}})",
                           R"({"subjects":null})", ""})
    EXPECT_FALSE(after("UPDATE payload SET form = '" + std::string(form) + "'").clean()) << form;
}

TEST_F(verification_test, lists_at_most_a_hundred_problems) {
  {
    auto book = state.open();
    transaction tx(*book);
    for (int i = 0; i < 150; ++i) tx.enter("inventory", at("2026-02-05T00:00:00Z"), {});
    tx.commit();
  }
  EXPECT_EQ(after("UPDATE entry SET kind = 'x'").problems.size(), 100u);
}

TEST_F(verification_test, random_bytes_of_forms_are_reported) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const std::string place = std::to_string(random() % 60 + 1);
    const std::string sequence = std::to_string(random() % 10 + 1);
    const std::string byte = std::to_string(random() % 94 + 33);
    const std::string flipped =
        "substr(form, 1, " + place + " - 1) || char(" + byte + ") || substr(form, " + place + " + 1)";
    raw_sqlite raw(state.file());
    const std::string where = " WHERE sequence = " + sequence + " AND form <> " + flipped;
    if (raw.value("SELECT count(*) FROM payload" + where) == "0") continue;
    EXPECT_FALSE(after("UPDATE payload SET form = " + flipped + where).clean()) << sequence << ", byte " << place;
  }
}

TEST_F(verification_test, reports_counts_that_are_not_those_of_the_rows) {
  {
    auto book = state.open();
    transaction tx(*book);
    tx.put_given("csv", tx.find_subject(user("a")).value(), {}, subject{user("a"), {}, 1});
    tx.count_given("csv", "acme", 1);
    tx.commit();
  }
  ASSERT_TRUE(verified(state).clean());
  for (const char* sql :
       {"UPDATE given_count SET subjects = 2", "UPDATE given_count SET tenant = 2", "UPDATE given_count SET source = 7",
        "DELETE FROM given_count", "INSERT INTO given_count VALUES (1, 2, 1)", "UPDATE given SET subject = 77",
        "DELETE FROM given", "UPDATE head_count SET users = users + 1", "UPDATE head_count SET numbers = 1",
        "UPDATE head_count SET tenant = 77", "DELETE FROM head_count", "INSERT INTO head_count VALUES (9, 0, 1)"}) {
    const auto found = after(sql);
    ASSERT_FALSE(found.clean()) << sql;
    EXPECT_EQ(found.problems.front().rfind("tenant ", 0), 0u) << found.problems.front();
  }
}

TEST_F(verification_test, leaves_versions_out_unless_asked) {
  raw_sqlite raw(state.file());
  raw.execute("UPDATE subject_version SET quantity = 5");
  EXPECT_TRUE(state.read()->verify(false).value().clean());
  EXPECT_FALSE(state.read()->verify(true).value().clean());
}

}  // namespace
}  // namespace licaudit::ledger

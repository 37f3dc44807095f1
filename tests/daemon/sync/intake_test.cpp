#include "daemon/sync/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace licaudit::sync {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

const instant noon = parse_rfc3339("2026-11-21T12:00:00Z").value();

constexpr const char* begin = R"({"kind":"begin","protocol":1,"mode":"snapshot"})"
                              "\n";
constexpr const char* begin_delta = R"({"kind":"begin","protocol":1,"mode":"delta"})"
                                    "\n";
constexpr const char* end = R"({"kind":"end"})"
                            "\n";

std::string user(const std::string& id, const std::string& tag = "x", const std::string& tenant = "contoso") {
  return R"({"kind":"user","tenant":")" + tenant + R"(","id":")" + id + R"(","fields":{"tag":")" + tag + "\"}}\n";
}

std::string remove(const std::string& id) {
  return R"({"kind":"remove","of":"user","tenant":"contoso","id":")" + id + "\"}\n";
}

source_plan plan() {
  source_plan made;
  made.name = made.plugin = "teams";
  return made;
}

ledger::delivery digest(const std::string& stream, const source_plan& how = plan(), ledger::given_inventory given = {},
                        std::size_t slice = std::string::npos) {
  intake in(rules_of(how).value(), std::move(given));
  for (std::size_t at = 0; at < stream.size(); at += std::min(slice, stream.size() - at)) {
    if (!in.feed(std::string_view(stream).substr(at, slice))) break;
  }
  return in.finish({}, noon, noon + std::chrono::seconds(2));
}

/// As the ledger would give it back: numbers from 1 in the order of the delivery.
ledger::given_inventory given_by(const ledger::delivery& value) {
  ledger::given_inventory given;
  for (std::size_t i = 0; i < value.put.size(); ++i) {
    given.subjects.push_back({value.put[i].line, static_cast<ledger::subject_number>(i + 1)});
  }
  return given;
}

std::vector<std::string> ids(const ledger::delivery& value) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < value.put.size(); ++i) all.emplace_back(value.put[i].id);
  return all;
}

TEST(intake, makes_a_delivery_of_a_snapshot) {
  const auto value =
      digest(std::string(begin) + R"({"kind":"tenant","id":"contoso","name":"Contoso Ltd"})" + "\n" + user("ann", "a") +
             R"({"kind":"number","tenant":"contoso","id":"P/+44","fields":{"number":"+44"},"quantity":3})" + "\n" +
             R"({"kind":"meter","tenant":"contoso","id":"gb","used":7.5,"unit":"GB"})" + "\n" + end);
  EXPECT_EQ(value.run.state, run_state::ok) << value.run.problem;
  EXPECT_EQ(value.run.problem, "");
  EXPECT_EQ(value.run.source, "teams");
  EXPECT_EQ(value.run.exit, "exit 0");
  EXPECT_EQ(value.run.started, noon);
  EXPECT_EQ(value.run.ended, noon + std::chrono::seconds(2));
  EXPECT_TRUE(value.snapshot);
  EXPECT_FALSE(value.run.delta);
  ASSERT_THAT(value.tenants, SizeIs(1));
  EXPECT_EQ(value.tenants[0].name, "Contoso Ltd");
  EXPECT_THAT(ids(value), ElementsAre("ann", "P/+44", "gb"));
  EXPECT_EQ(name_of(value.put[0]), (subject_name{"contoso", subject_kind::user, "ann"}));
  EXPECT_EQ(value.put[0].line_number, 3);
  EXPECT_EQ(value.put[1].quantity, 3);
  EXPECT_EQ(value.run.tenants, 1);
  EXPECT_EQ(value.run.users, 1);
  EXPECT_EQ(value.run.numbers, 1);
  EXPECT_EQ(value.run.meters, 1);
  EXPECT_EQ(value.run.lines, 6);
}

TEST(intake, says_the_same_however_the_stream_is_sliced) {
  const auto stream = std::string(begin) + user("ann") + user("bob") + end;
  const auto whole = digest(stream);
  for (const std::size_t slice : {1U, 2U, 7U, 64U}) {
    const auto pieces = digest(stream, plan(), {}, slice);
    EXPECT_EQ(pieces.run.stream_sha256, whole.run.stream_sha256);
    EXPECT_EQ(ids(pieces), ids(whole));
    EXPECT_EQ(pieces.put[1].line, whole.put[1].line);
  }
  EXPECT_EQ(whole.run.stream_sha256, to_hex(sha256(stream)));
  EXPECT_EQ(whole.run.bytes, static_cast<std::int64_t>(stream.size()));
}

TEST(intake, passes_over_lines_that_were_given_before) {
  const auto first = digest(std::string(begin) + user("ann") + user("bob") + user("cid") + end);
  const auto second =
      digest(std::string(begin) + user("cid") + user("bob", "new") + user("ann") + end, plan(), given_by(first));
  EXPECT_THAT(ids(second), ElementsAre("bob"));
  EXPECT_THAT(second.missing, ElementsAre(2));  // bob's old line; the audit finds that the name is put again
  EXPECT_EQ(second.run.users, 3);
}

TEST(intake, counts_seen_lines_of_any_form) {
  const std::string odd = R"({ "id": "ann", "tenant": "contoso", "kind": "number" })"
                          "\n";
  const auto first = digest(std::string(begin) + odd + end);
  const auto second = digest(std::string(begin) + odd + end, plan(), given_by(first));
  EXPECT_THAT(second.put, IsEmpty());
  EXPECT_THAT(second.missing, IsEmpty());
  EXPECT_EQ(second.run.numbers, 1);
}

std::string meter(const std::string& used, const std::string& at = {}, const std::string& tenant = "contoso") {
  return R"({"kind":"meter","tenant":")" + tenant + R"(","id":"gb","used":)" + used + R"(,"unit":"GB")" +
         (at.empty() ? "" : R"(,"at":")" + at + "\"") + "}\n";
}

TEST(intake, reads_a_meter_again_though_its_line_was_seen) {
  const auto stream = std::string(begin) + user("ann") + meter("7") +
                      R"({"id":"x","kind":"meter","tenant":"contoso","used":1,"unit":"GB"})" + "\n" + end;
  const auto first = digest(stream);
  const auto again = digest(stream, plan(), given_by(first));
  EXPECT_THAT(ids(again), ElementsAre("gb", "x")) << "the same reading may be of another month";
  EXPECT_EQ(again.run.meters, 2);
  EXPECT_THAT(again.missing, IsEmpty());
  const auto twice = digest(std::string(begin) + meter("7") + meter("8") + end, plan(), given_by(first));
  EXPECT_THAT(twice.faulty, SizeIs(1));
}

TEST(intake, sets_a_tenant_aside_whose_reading_is_yet_to_come) {
  // The run ended two seconds after noon, and a clock may be five minutes fast.
  const auto value = digest(std::string(begin) + meter("7", "2026-11-21T12:05:02Z") +
                            meter("7", "2026-11-21T12:05:03Z", "fabrikam") + end);
  EXPECT_EQ(value.run.state, run_state::ok) << value.run.problem;
  ASSERT_THAT(value.faulty, SizeIs(1));
  EXPECT_EQ(value.faulty[0].tenant, "fabrikam");
  EXPECT_EQ(value.faulty[0].line_number, 3);
  EXPECT_EQ(value.faulty[0].what,
            "meter 'gb': at: 2026-11-21T12:05:03.000Z is yet to come; a reading says when it was taken");
}

TEST(intake, sets_a_tenant_aside_whose_reading_is_negative_or_beyond_all_measure) {
  for (const char* used : {"-1", "1000000001", "1e12"}) {
    const auto value = digest(std::string(begin) + meter(used) + end);
    ASSERT_THAT(value.faulty, SizeIs(1)) << used;
    EXPECT_EQ(value.faulty[0].tenant, "contoso");
    EXPECT_EQ(value.faulty[0].line_number, 2);
    EXPECT_THAT(value.faulty[0].what, HasSubstr("used"));
  }
  EXPECT_THAT(digest(std::string(begin) + meter("1000000000") + end).faulty, IsEmpty());
}

TEST(intake, lets_the_latest_reading_hold_in_a_delta) {
  const auto value =
      digest(std::string(begin_delta) + meter("7", "2026-11-21T11:00:00Z") + meter("5", "2026-11-21T10:00:00Z") + end);
  ASSERT_EQ(value.put.size(), 1U);
  EXPECT_THAT(value.put[0].fields, HasSubstr(R"("used":"7")"));
  const auto newer = digest(std::string(begin_delta) + meter("7", "2026-11-21T11:00:00Z") +
                            meter("5", "2026-11-21T11:30:00Z") + meter("6") + end);
  ASSERT_EQ(newer.put.size(), 1U);
  EXPECT_THAT(newer.put[0].fields, HasSubstr(R"("used":"6")")) << "who does not say when is the last";
}

TEST(intake, lists_what_a_snapshot_no_longer_gives) {
  const auto first = digest(std::string(begin) + user("ann") + user("bob") + user("cid") + end);
  const auto second = digest(std::string(begin) + user("bob") + end, plan(), given_by(first));
  EXPECT_THAT(second.put, IsEmpty());
  EXPECT_THAT(second.missing, ElementsAre(1, 3));
}

TEST(intake, reads_every_line_again_when_it_means_something_else) {
  const std::string line = R"({"kind":"user","id":"ann"})"
                           "\n";
  auto contoso = plan();
  contoso.tenant = "contoso";
  auto fabrikam = plan();
  fabrikam.tenant = "fabrikam";
  const auto first = digest(begin + line + end, contoso);
  EXPECT_THAT(digest(begin + line + end, contoso, given_by(first)).put, IsEmpty());
  const auto second = digest(begin + line + end, fabrikam, given_by(first));
  ASSERT_THAT(second.put, SizeIs(1));
  EXPECT_EQ(second.put[0].tenant, "fabrikam");
}

TEST(intake, takes_the_same_line_twice_as_one) {
  const auto value = digest(std::string(begin) + user("ann") + user("ann") + end);
  EXPECT_THAT(value.put, SizeIs(1));
  EXPECT_THAT(value.faulty, IsEmpty());
  const auto again = digest(std::string(begin) + user("ann") + user("ann") + end, plan(), given_by(value));
  EXPECT_THAT(again.put, IsEmpty());
  EXPECT_THAT(again.faulty, IsEmpty());
  EXPECT_THAT(again.missing, IsEmpty());
}

TEST(intake, takes_the_same_content_in_another_form_as_one) {
  const std::string other = R"({"id":"ann","kind":"user","fields":{"tag":["x"]},"tenant":"contoso"})"
                            "\n";
  EXPECT_THAT(digest(begin + user("ann") + other + end).faulty, IsEmpty());
}

TEST(intake, sets_a_tenant_aside_that_has_a_subject_twice_with_different_content) {
  const auto value = digest(std::string(begin) + user("ann", "a") + user("bob") + user("ann", "b") + end);
  EXPECT_EQ(value.run.state, run_state::ok);
  ASSERT_THAT(value.faulty, SizeIs(1));
  EXPECT_EQ(value.faulty[0].tenant, "contoso");
  EXPECT_EQ(value.faulty[0].line_number, 4);
  EXPECT_THAT(value.faulty[0].what, HasSubstr("user 'ann'"));
  EXPECT_THAT(value.faulty[0].what, HasSubstr("lines 2 and 4"));
  EXPECT_EQ(value.faulty[0].subject, "ann") << "so that his name can be kept from those who may not see it";
}

TEST(intake, names_whom_a_faulty_record_is_about) {
  const auto value = digest(std::string(begin) +
                            R"({"kind":"user","tenant":"contoso","id":"ann","fields":{},"quantity":-1})" + "\n" + end);
  ASSERT_THAT(value.faulty, SizeIs(1));
  EXPECT_EQ(value.faulty[0].subject, "ann");
}

TEST(intake, tells_subjects_of_one_id_apart_by_tenant_and_kind) {
  const auto value = digest(std::string(begin) + user("a", "x", "contoso") + user("a", "y", "fabrikam") +
                            R"({"kind":"number","tenant":"contoso","id":"a","fields":{"tag":"z"}})" + "\n" + end);
  EXPECT_THAT(value.faulty, IsEmpty());
  EXPECT_THAT(value.put, SizeIs(3));
}

TEST(intake, sets_a_tenant_aside_that_stands_there_twice_with_different_content) {
  const std::string first = R"({"kind":"tenant","id":"contoso","name":"A"})"
                            "\n";
  const std::string other = R"({"kind":"tenant","id":"contoso","name":"B"})"
                            "\n";
  EXPECT_THAT(digest(begin + first + first + end).faulty, IsEmpty());
  const auto value = digest(begin + first + other + end);
  ASSERT_THAT(value.faulty, SizeIs(1));
  EXPECT_EQ(value.faulty[0].tenant, "contoso");
  EXPECT_THAT(value.faulty[0].what, HasSubstr("lines 2 and 3"));
}

TEST(intake, sets_the_tenant_of_a_malformed_record_aside_and_goes_on) {
  const auto value = digest(std::string(begin) + R"({"kind":"user","tenant":"contoso","id":"ann","quantity":-1})" +
                            "\n" + user("bob", "x", "fabrikam") + end);
  EXPECT_EQ(value.run.state, run_state::ok);
  EXPECT_THAT(ids(value), ElementsAre("bob"));
  ASSERT_THAT(value.faulty, SizeIs(1));
  EXPECT_EQ(value.faulty[0].tenant, "contoso");
  EXPECT_EQ(value.faulty[0].line_number, 2);
}

TEST(intake, blames_the_tenant_of_the_settings_for_a_malformed_record_without_one) {
  auto fixed = plan();
  fixed.tenant = "contoso";
  const auto value = digest(std::string(begin) + R"({"kind":"user","id":17})" + "\n" + end, fixed);
  ASSERT_THAT(value.faulty, SizeIs(1));
  EXPECT_EQ(value.faulty[0].tenant, "contoso");
}

TEST(intake, keeps_some_faults_of_a_tenant_not_all) {
  std::string stream = begin;
  for (int n = 0; n < 1000; ++n)
    stream += R"({"kind":"user","tenant":"contoso","id":17})"
              "\n";
  const auto value = digest(stream + R"({"kind":"user","tenant":"fabrikam","id":17})" + "\n" + end);
  EXPECT_LT(value.faulty.size(), 100U);
  EXPECT_EQ(value.faulty.back().tenant, "fabrikam");
}

TEST(intake, sets_aside_what_has_no_tenant) {
  const auto value = digest(std::string(begin) + R"({"kind":"user","id":"ann"})" + "\n" + end);
  EXPECT_THAT(value.put, IsEmpty());
  ASSERT_THAT(value.faulty, SizeIs(1));
  EXPECT_EQ(value.faulty[0].tenant, "");
  EXPECT_THAT(value.faulty[0].what, HasSubstr("names no tenant"));
}

TEST(intake, finds_the_tenant_by_a_field_and_counts_what_does_not_match) {
  auto by_field = plan();
  by_field.by_field = tenant_by_field{"dial_plan", "^cust-(.+)$"};
  const auto number = [](const std::string& id, const std::string& dial_plan) {
    return R"({"kind":"number","id":")" + id + R"(","fields":{"dial_plan":")" + dial_plan + "\"}}\n";
  };
  const auto value = digest(begin + number("1", "cust-contoso") + number("2", "internal") + number("3", "other") +
                                number("4", "cust-a b") + user("ann", "x", "fabrikam") + end,
                            by_field);
  ASSERT_THAT(value.put, SizeIs(2));
  EXPECT_EQ(value.put[0].tenant, "contoso");
  EXPECT_EQ(value.put[1].tenant, "fabrikam");  // its own word holds
  EXPECT_THAT(value.run.left_out, ElementsAre(Pair("no tenant", 2)));
  ASSERT_THAT(value.faulty, SizeIs(1));
  EXPECT_THAT(value.faulty[0].what, HasSubstr("'a b'"));
}

TEST(intake, sums_what_the_source_left_out) {
  const auto value = digest(std::string(begin) + R"({"kind":"left_out","reason":"soft-deleted","count":12})" + "\n" +
                            R"({"kind":"left_out","reason":"soft-deleted","count":3})" + "\n" +
                            R"({"kind":"left_out","reason":"rooms","count":1})" + "\n" + end);
  EXPECT_THAT(value.run.left_out, UnorderedElementsAre(Pair("soft-deleted", 15), Pair("rooms", 1)));
}

TEST(intake, shows_progress) {
  intake in(rules_of(plan()).value(), {});
  const auto stream = std::string(begin) + R"({"kind":"progress","done":1200,"total":5000})" + "\n";
  ASSERT_TRUE(in.feed(stream));
  EXPECT_EQ(in.progress(), (run_progress{2, static_cast<std::int64_t>(stream.size()), 1200, 5000}));
}

TEST(intake, lets_the_last_line_of_a_subject_hold_in_a_delta) {
  const auto value =
      digest(std::string(begin_delta) + user("ann", "a") + remove("ann") + remove("bob") + user("bob", "b") +
             user("cid", "1") + user("cid", "2") + remove("dan") + remove("dan") + remove("eve") + user("eve", "1") +
             remove("eve") + user("fay", "1") + remove("fay") + user("fay", "2") + end);
  EXPECT_EQ(value.run.state, run_state::ok) << value.run.problem;
  EXPECT_FALSE(value.snapshot);
  EXPECT_TRUE(value.run.delta);
  EXPECT_THAT(ids(value), UnorderedElementsAre("bob", "cid", "fay"));
  for (std::size_t i = 0; i < value.put.size(); ++i) {
    const auto one = value.put[i];
    EXPECT_EQ(one.fields, one.id == "bob" ? R"({"tag":"b"})" : R"({"tag":"2"})");
  }
  std::vector<std::string> removed;
  for (const auto& name : value.removed) removed.push_back(name.id);
  EXPECT_THAT(removed, ElementsAre("ann", "dan", "eve"));
  EXPECT_THAT(value.missing, IsEmpty());
  EXPECT_EQ(value.run.removed, 7);
}

TEST(intake, misses_nothing_in_a_delta_and_reads_what_was_given_before) {
  const auto first = digest(std::string(begin) + user("ann") + user("bob") + end);
  const auto delta = digest(std::string(begin_delta) + user("ann") + end, plan(), given_by(first));
  EXPECT_THAT(delta.missing, IsEmpty());
  EXPECT_THAT(ids(delta), ElementsAre("ann"));
}

TEST(intake, lets_the_last_line_of_a_tenant_hold_in_a_delta) {
  const auto tenant = [](const std::string& id, const std::string& name) {
    return R"({"kind":"tenant","id":")" + id + R"(","name":")" + name + "\"}\n";
  };
  const auto gone = [](const std::string& id) { return R"({"kind":"remove","of":"tenant","id":")" + id + "\"}\n"; };
  const auto value = digest(begin_delta + tenant("a", "1") + tenant("a", "2") + tenant("b", "1") + gone("b") +
                            gone("c") + tenant("c", "1") + end);
  EXPECT_THAT(value.removed_tenants, ElementsAre("b"));
  ASSERT_THAT(value.tenants, SizeIs(2));
  EXPECT_EQ(value.tenants[0].name, "2");
  EXPECT_EQ(value.tenants[1].id, "c");
}

TEST(intake, removes_by_the_tenant_of_the_settings) {
  auto fixed = plan();
  fixed.tenant = "contoso";
  const std::string gone = R"({"kind":"remove","of":"user","id":"ann"})"
                           "\n";
  EXPECT_THAT(digest(begin_delta + gone + end, fixed).removed,
              ElementsAre(subject_name{"contoso", subject_kind::user, "ann"}));
  auto by_id = plan();
  by_id.by_field = tenant_by_field{"id", "^(a)"};
  EXPECT_THAT(digest(begin_delta + gone + end, by_id).removed,
              ElementsAre(subject_name{"a", subject_kind::user, "ann"}));
  EXPECT_THAT(digest(begin_delta + gone + end).faulty, SizeIs(1));
}

TEST(intake, keeps_the_cursor_for_the_same_rules) {
  const auto value = digest(std::string(begin_delta) + R"({"kind":"end","cursor":"after:17"})" + "\n");
  EXPECT_EQ(own_cursor(fingerprint_of(plan()), value.cursor), "after:17");
  EXPECT_EQ(digest(std::string(begin) + end).cursor, "");
}

TEST(intake, refuses_a_delta_from_a_source_that_asked_to_start_over) {
  intake in(rules_of(plan()).value(), {}, delta_answer::refused);
  EXPECT_FALSE(in.feed(begin_delta));
  EXPECT_THAT(in.finish({}, noon, noon).run.problem, HasSubstr("must be a snapshot"));
}

}  // namespace
}  // namespace licaudit::sync

#include "daemon/sync/intake.hpp"

#include "digested_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::sync {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

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

}  // namespace
}  // namespace licaudit::sync

// A stream that says what has changed.
#include "daemon/sync/intake.hpp"

#include "digested_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::sync {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

std::string remove(const std::string& id) {
  return R"({"kind":"remove","of":"user","tenant":"contoso","id":")" + id + "\"}\n";
}

TEST(intake_delta, lets_the_last_line_of_a_subject_hold_in_a_delta) {
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

TEST(intake_delta, misses_nothing_in_a_delta_and_reads_what_was_given_before) {
  const auto first = digest(std::string(begin) + user("ann") + user("bob") + end);
  const auto delta = digest(std::string(begin_delta) + user("ann") + end, plan(), given_by(first));
  EXPECT_THAT(delta.missing, IsEmpty());
  EXPECT_THAT(ids(delta), ElementsAre("ann"));
}

TEST(intake_delta, lets_the_last_line_of_a_tenant_hold_in_a_delta) {
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

TEST(intake_delta, removes_by_the_tenant_of_the_settings) {
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

TEST(intake_delta, keeps_the_cursor_for_the_same_rules) {
  const auto value = digest(std::string(begin_delta) + R"({"kind":"end","cursor":"after:17"})" + "\n");
  EXPECT_EQ(own_cursor(fingerprint_of(plan()), value.cursor), "after:17");
  EXPECT_EQ(digest(std::string(begin) + end).cursor, "");
}

TEST(intake_delta, refuses_a_delta_from_a_source_that_asked_to_start_over) {
  intake in(rules_of(plan()).value(), {}, delta_answer::refused);
  EXPECT_FALSE(in.feed(begin_delta));
  EXPECT_THAT(in.finish({}, noon, noon).run.problem, HasSubstr("must be a snapshot"));
}

}  // namespace
}  // namespace licaudit::sync

// Every decision with what was before and what is after.
#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {

using ::testing::HasSubstr;
using ::testing::Not;

namespace {

class operation_log : public ::testing::Test {
 protected:
  operation_log() { s.give_tenants({host_record, contoso_record}); }

  /// The last of a type.
  operation last(const std::string& type) {
    ledger::operation_query query;
    query.until = instant::max();
    query.type = type;
    const auto all = s.reader().operations(query).value();
    return all.empty() ? operation() : all.back();
  }
  std::string before(const std::string& type) { return canonical_json(last(type).detail.at("before")); }
  std::string after(const std::string& type) { return canonical_json(last(type).detail.at("after")); }

  scene s;
};

}  // namespace

TEST_F(operation_log, tells_of_a_switch_its_own_setting_and_what_waits) {
  const auto set = [this](std::optional<bool> on) {
    ASSERT_TRUE(s.office().set_switch("contoso", "ump", "user-interface", on, "north"));
  };
  set(false);
  EXPECT_EQ(before("factor"), R"({"own":null})");
  EXPECT_EQ(after("factor"), R"({"own":null,"pending":false})");
  ASSERT_TRUE(s.office().apply(apply_request{{"contoso"}, false, false}, "north"));
  const auto revision = s.how.rules->revision().name;
  EXPECT_EQ(before("apply"),
            R"({"rules":")" + revision +
                R"(","switches":[{"factor":"user-interface","licence":"ump","on":true,"tenant":"contoso"}]})");
  EXPECT_EQ(after("apply"),
            R"({"rules":")" + revision +
                R"(","switches":[{"factor":"user-interface","licence":"ump","on":false,"tenant":"contoso"}]})");
  set(std::nullopt);
  EXPECT_EQ(before("factor"), R"({"own":false})");
  EXPECT_EQ(after("factor"), R"({"own":false,"pending":null})");
  set(false);
  EXPECT_EQ(before("factor"), R"({"own":false,"pending":null})");
  EXPECT_EQ(after("factor"), R"({"own":false})") << "nothing waits any more";
  EXPECT_EQ(last("factor").caller, "north");
  EXPECT_EQ(last("factor").tenant, "contoso");
}

TEST_F(operation_log, of_an_apply_of_several_tells_each_tenant_its_own_part) {
  s.give_tenants({host_record, contoso_record,
                  R"({"id":"fabrikam","name":"F","parent":"host","type":"customer","service":"direct-routing-pro"})",
                  R"({"id":"tailspin","name":"T","parent":"host","type":"customer","service":"direct-routing-pro"})"});
  ASSERT_TRUE(s.office().set_switch("contoso", "ump", "user-interface", false, "n"));
  ASSERT_TRUE(s.office().set_switch("fabrikam", "ump", "lifecycle-management", false, "n"));
  ASSERT_TRUE(s.office().apply(apply_request{{"contoso", "fabrikam", "tailspin"}, false, false}, "root"));
  const auto of = [this](const std::string& tenant) {
    ledger::operation_query query;
    query.until = instant::max();
    query.type = "apply";
    query.tenants = {tenant};
    return s.reader().operations(query).value();
  };
  ASSERT_EQ(of("contoso").size(), 1u);
  const auto told = of("contoso").front();
  EXPECT_EQ(told.text, "user-interface off");
  EXPECT_EQ(told.caller, "root");
  const auto whole = last("apply").detail.at("operation").as_int64();
  EXPECT_EQ(canonical_json(told.detail),
            R"({"after":{"switches":[{"factor":"user-interface","licence":"ump","on":false,"tenant":"contoso"}]},)"
            R"("before":{"switches":[{"factor":"user-interface","licence":"ump","on":true,"tenant":"contoso"}]},)"
            R"("operation":)" +
                std::to_string(whole) + "}");
  ASSERT_EQ(of("fabrikam").size(), 1u);
  EXPECT_EQ(of("fabrikam").front().text, "lifecycle-management off");
  ASSERT_EQ(of("tailspin").size(), 1u);
  EXPECT_EQ(of("tailspin").front().text, "applied, nothing was pending");
  EXPECT_EQ(s.seen()->last_cause.operation, whole) << "one calculation, by the whole";
}

TEST_F(operation_log, of_an_apply_tells_whoever_stands_under_the_one_that_was_named) {
  s.give_tenants({host_record, R"({"id":"north","name":"N","parent":"host","type":"reseller"})",
                  R"({"id":"fabrikam","name":"F","parent":"north","type":"customer","service":"direct-routing-pro"})"});
  ASSERT_TRUE(s.office().set_switch("fabrikam", "ump", "user-interface", false, "n"));
  ASSERT_TRUE(s.office().apply(apply_request{{"north"}, false, false}, "north"));
  EXPECT_EQ(last("apply").tenant, "fabrikam");
  ASSERT_TRUE(s.office().apply(apply_request{{"fabrikam"}, false, false}, "north"));
  EXPECT_FALSE(last("apply").detail.contains("operation")) << "one alone has it in the operation itself";
  ASSERT_TRUE(s.office().set_switch("fabrikam", "ump", "user-interface", true, "n"));
  ASSERT_TRUE(s.office().apply(apply_request{{}, true, false}, "root"));
  EXPECT_EQ(last("apply").tenant, "fabrikam") << "of all, and it concerns one";
  EXPECT_FALSE(last("apply").detail.contains("operation"));
}

TEST_F(operation_log, tells_of_a_tenant_what_was_named_and_changed) {
  const auto record =
      parse_json(R"({"id":"mine","name":"Mine","parent":"host","attributes":{"country":"GB","colour":"red"}})");
  ASSERT_TRUE(s.office().create_tenant(*record, "n"));
  EXPECT_EQ(before("tenant"), "null");
  EXPECT_THAT(after("tenant"), HasSubstr(R"("name":"Mine","parent":"host","type":"customer")"));
  const json::object patch{{"name", "Ours"}, {"attributes", {{"colour", nullptr}, {"domain", "x.example"}}}};
  ASSERT_TRUE(s.office().change_tenant("mine", patch, "n"));
  EXPECT_EQ(last("tenant").text, "tenant mine name changed, attributes changed");
  EXPECT_EQ(before("tenant"), R"({"attributes":{"colour":"red","country":"GB"},"name":"Mine"})");
  EXPECT_EQ(after("tenant"), R"({"attributes":{"country":"GB","domain":"x.example"},"name":"Ours"})");
  ASSERT_TRUE(s.office().change_tenant("contoso", {{"enabled", false}}, "n"));
  EXPECT_EQ(last("tenant").text, "tenant contoso disabled");
  EXPECT_EQ(before("tenant"), R"({"enabled":true})");
  EXPECT_EQ(after("tenant"), R"({"enabled":false})");
  ASSERT_TRUE(s.office().remove_tenant("mine", "n"));
  EXPECT_THAT(before("tenant"), HasSubstr(R"("name":"Ours")"));
  EXPECT_EQ(after("tenant"), "null");
}

TEST_F(operation_log, tells_of_a_subject_by_key_and_digest) {
  const auto put = [this](const char* fields) {
    ASSERT_TRUE(s.office().put_subject(user("contoso", "ann.smith", fields), "n"));
  };
  put(R"({"display_name":"Ann Smith"})");
  EXPECT_EQ(before("subject"), "null");
  const auto first = after("subject");
  EXPECT_EQ(first.size(), 66u) << "a SHA-256 in hex and its quotes";
  EXPECT_EQ(last("subject").detail.at("key").as_string().size(), 32u);
  put(R"({"display_name":"Ann Jones"})");
  EXPECT_EQ(before("subject"), first);
  EXPECT_NE(after("subject"), first);
  const auto second = after("subject");
  ASSERT_TRUE(s.office().remove_subject({"contoso", subject_kind::user, "ann.smith"}, "n"));
  EXPECT_EQ(before("subject"), second);
  EXPECT_EQ(after("subject"), "null");
  EXPECT_THAT(canonical_json(last("subject").detail), Not(HasSubstr("nn")));
}

TEST_F(operation_log, tells_what_waited_when_it_is_accepted) {
  s.give("teams", users_on("contoso", "sbc1.example.com", 60));
  const auto run = s.give("teams", users_on("contoso", "sbc1.example.com", 10)).run.id;
  ASSERT_TRUE(s.office().accept("teams", run, {}, "n"));
  EXPECT_EQ(before("accept"),
            R"({"licensed":{},"waiting":{"contoso":"would remove 50 of the 60 subjects it gave of contoso"}})");
  EXPECT_EQ(after("accept"), R"({"licensed":{},"waiting":{}})");
}

TEST_F(operation_log, tells_the_values_that_a_swing_let_go) {
  s.give("teams", users_on("contoso", "sbc1.example.com", 40));
  s.give("teams", users_on("contoso", "sbc1.example.com", 80));
  ASSERT_EQ(s.ump("contoso").state, tally_state::held);
  ASSERT_TRUE(s.office().accept("teams", 0, {"contoso"}, "n"));
  EXPECT_EQ(before("accept"), R"({"licensed":{"contoso/ump":40},"waiting":{}})");
  EXPECT_EQ(after("accept"), R"({"licensed":{"contoso/ump":80},"waiting":{}})");
}

TEST_F(operation_log, tells_what_leaves_with_a_source) {
  s.give("teams", users_on("contoso", "sbc1.example.com", 4));
  auto without = s.how;
  std::erase_if(without.sources, [](const policy::source& one) { return one.name == "teams"; });
  ASSERT_TRUE(s.office().adopt(without, "n"));
  EXPECT_THAT(before("reload"), HasSubstr(R"("sources":["tenants","teams","plans"])"));
  EXPECT_THAT(after("reload"), HasSubstr(R"("sources":["tenants","plans"])"));
  ASSERT_TRUE(s.office().accept("teams", 0, {}, "n"));
  EXPECT_EQ(before("accept"), R"({"subjects":{"contoso":4},"tenants":[]})");
  EXPECT_EQ(after("accept"), R"({"subjects":{},"tenants":[]})");
}

TEST_F(operation_log, tells_the_revisions_of_rules_and_the_limits_of_the_guard) {
  EXPECT_EQ(before("rules"), "null") << "the first ones";
  const auto first = s.how.rules->revision().name;
  EXPECT_EQ(after("rules"), '"' + first + '"');
  auto changed = s.how;
  changed.rules = rules_of(R"({"licences":[{"id":"ump","title":"U","factors":[
      {"id":"users","title":"Users","subject":"user","priority":1}]}]})");
  changed.rules_automatic = true;
  changed.swing_percent = 30;
  ASSERT_TRUE(s.office().adopt(changed, "n"));
  EXPECT_EQ(before("rules"), '"' + first + '"');
  EXPECT_EQ(after("rules"), '"' + changed.rules->revision().name + '"');
  EXPECT_THAT(before("reload"), HasSubstr(R"("guard":{"least":10,"shrink_percent":20,"swing_percent":20})"));
  EXPECT_THAT(after("reload"), HasSubstr(R"("guard":{"least":10,"shrink_percent":20,"swing_percent":30})"));
}

TEST_F(operation_log, refuses_attributes_of_another_form_and_keeps_those_of_sources_with_a_finding) {
  const auto create = [this](const char* attributes) {
    return s.office().create_tenant(
        parse_json(R"({"id":"mine","parent":"host","attributes":)" + std::string(attributes) + "}").value(), "n");
  };
  EXPECT_EQ(create(R"({"billing_date":"1 November"})").error().detail,
            "attributes: billing_date: expected a day like 2026-11-21, found '1 November'");
  ASSERT_TRUE(create(R"({"billing_date":"2026-11-01"})"));
  EXPECT_EQ(s.office().change_tenant("mine", {{"attributes", {{"mail", "nobody"}}}}, "n").error().detail,
            "attributes: mail: expected an address like desk@example.com, found 'nobody'");
  s.give_tenants({host_record, contoso_record, R"({"id":"far","parent":"host","attributes":{"country":"Sweden"}})"});
  EXPECT_THAT(s.finding_kinds(), ::testing::ElementsAre("attribute"));
  s.give_tenants({host_record, contoso_record, R"({"id":"far","parent":"host","attributes":{"country":"SE"}})"});
  EXPECT_THAT(s.finding_kinds(), ::testing::IsEmpty());
}

}  // namespace licaudit::audit

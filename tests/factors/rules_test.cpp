#include "factors/rules.hpp"

#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using testing::compile_errors;
using testing::compiled_rules;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::licence_of;
using ::testing::UnorderedElementsAre;

factor_set one_criterion(const std::string& json) {
  return licence_of(R"({"id": "f", "match": [)" + json + "]}");
}

value_test_kinds with_plugin() {
  value_test_kinds kinds;
  kinds["exact"] = [](const json::object& options) -> result<std::shared_ptr<const value_test>> {
    class exact : public value_test {
     public:
      explicit exact(std::string text) : text_(std::move(text)) {}
      verdict test(std::string_view text) const override { return text == text_ ? verdict::yes : verdict::no; }

     private:
      std::string text_;
    };
    const auto* text = options.if_contains("text");
    if (text == nullptr) return failure{errc::malformed, "expected `text`"};
    return std::shared_ptr<const value_test>(std::make_shared<exact>(std::string(text->as_string())));
  };
  return kinds;
}

TEST(rules, compiles_the_vendors_catalogue) {
  const auto made = compiled_rules(testing::ump_set());
  EXPECT_THAT(made->fields(subject_kind::user),
              ElementsAre("lifecycle_template", "number_type", "pstn_gateway", "ui_managed"));
  EXPECT_THAT(made->fields(subject_kind::number), ElementsAre("assigned_to", "tag"));
  EXPECT_THAT(made->remarks(), IsEmpty());
  EXPECT_EQ(made->revision().name, revision_of(made->set()).name);
}

TEST(rules, an_error_names_its_place_and_position) {
  EXPECT_THAT(compile_errors(one_criterion(R"({"tag": "(ab"})")),
              ElementsAre("licences.l.factors.f.match[0].tag: unmatched ( or ) at position 3"));
  // Positions are those of the pattern as written, placeholders included.
  EXPECT_THAT(compile_errors(one_criterion(R"({"tag": "${tenant.id}("})")),
              ElementsAre("licences.l.factors.f.match[0].tag: unmatched ( or ) at position 13"));
}

TEST(rules, reports_all_errors_and_not_the_first) {
  const auto errors = compile_errors(licence_of(R"(
    {"id": "a", "priority": 1, "configured": [{"x": "("}], "reject": [{"y": "["}, {"z": "_MSTENANTID_TO_REPLACE_?"}]},
    {"id": "b", "priority": 1, "match": [{"x": {"plugin": "nobody"}}]})"));
  ASSERT_EQ(errors.size(), 5U);
  EXPECT_THAT(errors[0], HasSubstr("`a` has the priority 1 too"));
  EXPECT_THAT(errors[1], HasSubstr("licences.l.factors.a.configured[0].x: unmatched ("));
  EXPECT_THAT(errors[2], HasSubstr("licences.l.factors.a.reject[0].y: unmatched ["));
  EXPECT_THAT(errors[3], HasSubstr("licences.l.factors.a.reject[1].z: the placeholder"));
  EXPECT_THAT(errors[4], HasSubstr("there is no factor plugin `nobody`"));
}

TEST(rules, priorities_are_unique_where_factors_meet) {
  const auto with = [](const char* a, const char* b) {
    return compile_errors(
        licence_of(std::string(R"({"id": "a", "priority": 1)") + a + R"(}, {"id": "b", "priority": 1)" + b + "}"));
  };
  EXPECT_EQ(with("", "").size(), 1U);
  EXPECT_EQ(with(R"(, "services": ["x"])", "").size(), 1U);
  EXPECT_EQ(with(R"(, "services": ["x", "y"])", R"(, "services": ["z", "y"])").size(), 1U);
  EXPECT_THAT(with(R"(, "services": ["x"])", R"(, "services": ["y"])"), IsEmpty());
  EXPECT_THAT(with("", R"(, "subject": "number")"), IsEmpty());
}

TEST(rules, a_setting_goes_with_one_regex) {
  criterion two{{{"a", "regex", "x", {}}, {"b", "regex", "y", {}}}, "S", false};
  auto set = one_criterion(R"({"tag": "a"})");
  auto& written = set.licences.front().factors.front().match.front();
  written = two;
  EXPECT_THAT(compile_errors(set), ElementsAre(HasSubstr("exactly one field")));
  written = {{{"a", "exact", "", {{"text", "x"}}}}, "S", false};
  EXPECT_THAT(compile_errors(set, with_plugin()), ElementsAre(HasSubstr("the plugin `exact` has none")));
  written = {{{"a", "regex", "x", {}}}, "", true};
  EXPECT_THAT(compile_errors(set), ElementsAre(HasSubstr("needs a `setting`")));
  written = {{}, "", false};
  EXPECT_THAT(compile_errors(set), ElementsAre(HasSubstr("without a field")));
}

TEST(rules, at_most_32_factors_count_one_kind) {
  std::string factors;
  for (int i = 1; i <= 32; ++i)
    factors += R"({"id": "f)" + std::to_string(i) + R"(", "priority": )" + std::to_string(i) + "},";
  auto set = licence_of(factors + R"({"id": "n", "subject": "number"})");
  EXPECT_THAT(compile_errors(set), IsEmpty());
  auto one_more = set.licences.front().factors.front();
  one_more.id = "more";
  one_more.priority = 99;
  set.licences.front().factors.push_back(one_more);
  EXPECT_THAT(compile_errors(set),
              ElementsAre("licences.l.factors: 33 factors count subjects of the kind `user`, at most 32 can"));
}

TEST(rules, names_and_billing_are_checked) {
  auto set = licence_of(R"({"id": "f"})");
  set.licences.front().billing_by = "guess";
  set.licences.front().factors.front().id = "a b";
  set.licences.push_back(set.licences.front());
  set.licences.back().factors.clear();
  set.licences.back().billing_of = "luck";
  EXPECT_THAT(compile_errors(set),
              UnorderedElementsAre(HasSubstr("billing.by: expected"), HasSubstr("billing.by: expected"),
                                   HasSubstr("billing.of: expected"), HasSubstr("not a name"),
                                   HasSubstr("two licences of this id"), HasSubstr("at least one factor")));
}

TEST(rules, look_alikes_of_placeholders_are_remarks) {
  const auto made = compiled_rules(one_criterion(R"({"pstn_gateway": "^.*(?i)PSTNGATEWAY_TO_REPLACE_.*$"})"));
  ASSERT_EQ(made->remarks().size(), 1U);
  EXPECT_EQ(made->remarks().front().path, "licences.l.factors.f.match[0].pstn_gateway");
  EXPECT_THAT(made->remarks().front().what, HasSubstr("looks like a placeholder"));
}

TEST(rules, a_plugin_is_asked_for_every_text) {
  testing::world w{testing::ump_set()};
  engine core(compiled_rules(one_criterion(R"({"tag": {"plugin": "exact", "text": "fax"}})"), with_plugin()));
  core.put_tenant(testing::tenant_of("t", "pro"), {});
  core.put_subject(1, testing::subject_of("t", subject_kind::user, "a", {{"tag", {"fax"}}}));
  core.put_subject(2, testing::subject_of("t", subject_kind::user, "b", {{"tag", {"a", "fax"}}}));
  core.put_subject(3, testing::subject_of("t", subject_kind::user, "c", {{"tag", {"Fax"}}}));
  const auto counts = core.count("t", w.switches());
  EXPECT_EQ(counts.at(0).factors.at(0).n1, 2);
  EXPECT_EQ(counts.at(0).factors.at(0).n2, 3);
}

TEST(rules, wrong_options_of_a_plugin_are_its_words) {
  EXPECT_THAT(compile_errors(one_criterion(R"({"tag": {"plugin": "exact"}})"), with_plugin()),
              ElementsAre("licences.l.factors.f.match[0].tag: plugin `exact`: expected `text`"));
}

TEST(check_tenant, finds_what_does_not_compile) {
  const auto all = compiled_rules(testing::ump_set());
  auto contoso = testing::tenant_of("contoso", "direct-routing-pro");
  EXPECT_THAT(check_tenant(*all, contoso), IsEmpty());
  contoso.application_settings["CriteriaToMatchAsDRNumbers"] = "(";
  contoso.application_settings["SomethingElse"] = "(";
  contoso.criteria["ump/direct-routing"].match =
      criteria{{{{"pstn_gateway", "regex", "_PSTNGATEWAY_TO_REPLACE_?", {}}}, "", false}};
  contoso.criteria["ump/nobody"];
  std::vector<std::string> paths;
  for (const auto& error : check_tenant(*all, contoso)) paths.push_back(error.path);
  EXPECT_THAT(paths, UnorderedElementsAre("application_settings.CriteriaToMatchAsDRNumbers", "criteria.ump/nobody",
                                          "criteria.ump/direct-routing.match[0].pstn_gateway"));
}

}  // namespace
}  // namespace licaudit::factors

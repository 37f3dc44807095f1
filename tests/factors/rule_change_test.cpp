// Which difference of two rule sets is a mere edit of criteria, whose tenants keep their masks, and which is more.
#include "factors/rule_change.hpp"

#include "fussy_plugin.hpp"
#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using ::testing::ElementsAre;
using testing::fussy_plugin;
using ::testing::IsEmpty;
using ::testing::Optional;
using testing::site_of;
using testing::subject_of;
using testing::tenant_of;

factor_set three() {
  return testing::licence_of(R"({"id": "a", "priority": 1, "match": [{"tag": "^a$"}]},
    {"id": "b", "priority": 2, "match": [{"tag": "^${tenant.id}$"}]},
    {"id": "c", "priority": 3, "configured": [{"tag": "^c"}], "reject": [{"tag": "^cc$"}]})");
}
factor& factor_at(factor_set& of, std::size_t i) {
  return of.licences.front().factors.at(i);
}
using edit = std::function<void(factor_set&)>;
std::optional<std::vector<std::uint32_t>> edited(const edit& change) {
  auto after = three();
  change(after);
  const auto before = compiled_rules(three());
  return edited_factors(before->inside(), compiled_rules(after)->inside());
}
criterion tag_is(const std::string& pattern) {
  return {{{"tag", "regex", pattern, {}}}, "", false};
}

TEST(rule_change, equal_sets_have_no_edited_factor) {
  EXPECT_THAT(edited([](factor_set&) {}), Optional(IsEmpty()));
}

TEST(rule_change, words_and_billing_are_no_edit) {
  EXPECT_THAT(edited([](factor_set& set) {
                set.licences.front().title = "another";
                set.licences.front().billing_by = "peak";
                factor_at(set, 0).title = "another";
                factor_at(set, 0).switchable = true;
              }),
              Optional(IsEmpty()));
}

TEST(rule_change, each_list_of_a_factor_counts_as_an_edit) {
  EXPECT_THAT(edited([](factor_set& set) { factor_at(set, 0).match.front() = tag_is("^b$"); }),
              Optional(ElementsAre(0U)));
  EXPECT_THAT(edited([](factor_set& set) { factor_at(set, 2).configured.clear(); }), Optional(ElementsAre(2U)));
  EXPECT_THAT(edited([](factor_set& set) { factor_at(set, 2).reject.push_back(tag_is("^cd$")); }),
              Optional(ElementsAre(2U)));
}

TEST(rule_change, several_edits_are_told_in_order) {
  EXPECT_THAT(edited([](factor_set& set) {
                factor_at(set, 2).reject.clear();
                factor_at(set, 0).match.clear();
              }),
              Optional(ElementsAre(0U, 2U)));
}

TEST(rule_change, a_criterion_with_values_of_tenants_is_more_than_an_edit) {
  EXPECT_EQ(edited([](factor_set& set) { factor_at(set, 1).match.front() = tag_is("^b$"); }), std::nullopt);
  EXPECT_EQ(edited([](factor_set& set) { factor_at(set, 0).match.front() = tag_is("^${tenant.id}$"); }), std::nullopt);
}

TEST(rule_change, a_setting_that_comes_is_more_than_an_edit) {
  EXPECT_EQ(edited([](factor_set& set) { factor_at(set, 0).match.front().setting = "Tag"; }), std::nullopt);
}

TEST(rule_change, other_places_are_more_than_an_edit) {
  EXPECT_EQ(edited([](factor_set& set) { factor_at(set, 2).priority = 4; }), std::nullopt);
  EXPECT_EQ(edited([](factor_set& set) { factor_at(set, 2).kind = subject_kind::number; }), std::nullopt);
  EXPECT_EQ(edited([](factor_set& set) { factor_at(set, 2).services = {"pro"}; }), std::nullopt);
  EXPECT_EQ(edited([](factor_set& set) { factor_at(set, 2).id = "d"; }), std::nullopt);
  EXPECT_EQ(edited([](factor_set& set) { set.licences.front().id = "m"; }), std::nullopt);
  EXPECT_EQ(edited([](factor_set& set) { set.licences.front().factors.pop_back(); }), std::nullopt);
}

TEST(rule_change, a_plugin_makes_its_factor_edited_even_where_nothing_is) {
  const auto set = testing::licence_of(R"({"id": "a", "priority": 1, "match": [{"tag": "^a$"}]},
    {"id": "b", "priority": 2, "match": [{"tag": {"plugin": "fussy", "likes": "x"}}]})");
  const auto before = compiled_rules(set, fussy_plugin());
  const auto after = compiled_rules(set, fussy_plugin());
  EXPECT_THAT(edited_factors(before->inside(), after->inside()), Optional(ElementsAre(1U)));
}

TEST(rule_change, a_tenant_without_criteria_of_its_own_outlasts_every_edit) {
  const auto all = compiled_rules(three());
  auto set = tenant_of("t", "pro");
  set.application_settings["Tag"] = "^x$";
  EXPECT_TRUE(outlasts(all->inside(), tenant_texts(tenant_of("t", "pro")), {0, 1, 2}));
  EXPECT_TRUE(outlasts(all->inside(), tenant_texts(set), {0, 1, 2}));
}

TEST(rule_change, a_tenant_with_a_list_of_its_own_does_not_outlast_an_edit_of_its_factor) {
  const auto all = compiled_rules(three());
  for (auto list : {&criteria_override::configured, &criteria_override::match, &criteria_override::reject}) {
    auto own = tenant_of("t", "pro");
    own.criteria["l/c"].*list = criteria{tag_is("^own$")};
    EXPECT_TRUE(outlasts(all->inside(), tenant_texts(own), {0, 1}));
    EXPECT_FALSE(outlasts(all->inside(), tenant_texts(own), {0, 2}));
    EXPECT_TRUE(outlasts(all->inside(), tenant_texts(own), {}));
  }
}

TEST(rule_change, problems_move_to_the_factors_of_the_new_rules) {
  const auto before = compiled_rules(three());
  const auto after = compiled_rules(three());
  rule_problem told{};
  told.of_licence = before->set().find("l");
  told.of_factor = before->set().find("l", "c");
  told.text = "kept";
  const auto moved = moved_to(after->inside(), before->inside(), told);
  EXPECT_EQ(moved.of_licence, after->set().find("l"));
  EXPECT_EQ(moved.of_factor, after->set().find("l", "c"));
  EXPECT_EQ(moved.text, "kept");
}

/// Counts of every factor at each tenant, as a text.
std::string counts(const engine& core, which_rules which) {
  std::string text;
  for (const char* tenant : {"a", "b", "own"}) {
    for (const auto& of : core.count(
             tenant, [](const licence&, const factor&) { return true; }, which)) {
      for (const auto& one : of.factors) {
        text += std::string(tenant) + "." + one.which->id + " " + std::to_string(one.n1) + "/" +
                std::to_string(one.n2) + (one.failed ? "! " : " ");
      }
    }
  }
  return text;
}
engine filled(factor_set set) {
  engine core(compiled_rules(std::move(set)));
  std::uint64_t number = 0;
  for (const char* tenant : {"a", "b", "own"}) {
    auto whose = tenant_of(tenant, "pro", {site_of("London", "sbc1")});
    if (whose.id == "own") whose.criteria["l/a"].reject = criteria{tag_is("^b$")};
    core.put_tenant(whose, {});
    for (const char* tag : {"a", "b", "c", "cc", "ca", ""}) {
      auto one = subject_of(tenant, subject_kind::user, tag, {{"tag", {tag}}});
      one.quantity = static_cast<std::int64_t>(++number);
      core.put_subject(number, one);
    }
  }
  return core;
}

TEST(take_over, counts_as_rules_that_were_put_afresh) {
  const std::vector<edit> edits{
      [](factor_set&) {},
      [](factor_set& set) { factor_at(set, 0).match.front() = tag_is("^[ab]$"); },
      [](factor_set& set) { factor_at(set, 0).match.clear(); },
      [](factor_set& set) { factor_at(set, 1).match.front() = tag_is("^${tenant.id}${tenant.id}$"); },
      [](factor_set& set) { factor_at(set, 2).configured.clear(); },
      [](factor_set& set) {
        factor_at(set, 2).reject = {tag_is("^ca$"), tag_is("^b$")};
      },
      [](factor_set& set) { factor_at(set, 2).services = {"gold"}; },
      [](factor_set& set) { set.licences.front().factors.erase(set.licences.front().factors.begin()); }};
  for (std::size_t i = 0; i < edits.size(); ++i) {
    auto set = three();
    edits[i](set);
    auto core = filled(three());
    const auto before = counts(core, which_rules::effective);
    ASSERT_TRUE(core.set_candidate(compiled_rules(set)));
    const auto afresh = counts(filled(set), which_rules::effective);
    EXPECT_EQ(counts(core, which_rules::candidate), afresh) << i;
    EXPECT_EQ(counts(core, which_rules::effective), before) << i;
    EXPECT_EQ(before == afresh, i == 0) << i;
    core.adopt_candidate();
    EXPECT_EQ(counts(core, which_rules::effective), afresh) << i;
  }
}

}  // namespace
}  // namespace licaudit::factors

#include "model/subject.hpp"

#include "tests/model/written.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace licaudit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

subject ann(field_map fields, std::int64_t quantity = 1) {
  return {{"contoso", subject_kind::user, "ann"}, std::move(fields), quantity};
}

TEST(subject_test, names_its_kinds) {
  for (const auto kind : {subject_kind::user, subject_kind::number, subject_kind::meter}) {
    EXPECT_EQ(parse_subject_kind(to_text(kind)).value(), kind);
  }
  EXPECT_EQ(problem_of(parse_subject_kind("User")), "'User' is no kind of subject: expected user, number or meter");
}

TEST(subject_test, trims_sorts_and_drops_blank_and_double_texts) {
  EXPECT_THAT(make_field_value({" b ", "a", "b", "", " \t"}), ElementsAre("a", "b"));
  EXPECT_THAT(make_field_value({"", "  "}), IsEmpty());
  EXPECT_THAT(make_field_value({}), IsEmpty());
  EXPECT_THAT(make_field_value({"a", "A"}), ElementsAre("A", "a"));
}

TEST(subject_test, reads_texts_and_lists) {
  const auto value = relaxed("{'gw':['b ','a'],'uri':' tel:+44 ','none':'','empty':[],'blank':[' ']}");
  const auto fields = fields_from_json(value.get_object()).value();
  EXPECT_EQ(fields, (field_map{{"gw", {"a", "b"}}, {"uri", {"tel:+44"}}}));
}

TEST(subject_test, names_the_field_that_is_wrong) {
  for (const auto* text : {"{'uri':5}", "{'uri':null}", "{'uri':{}}", "{'uri':['a',5]}", "{'uri':true}"}) {
    const auto value = relaxed(text);
    EXPECT_THAT(problem_of(fields_from_json(value.get_object())),
                ::testing::StartsWith("fields: uri: expected a text or a list of texts, found "))
        << text;
  }
}

TEST(subject_test, writes_a_list_of_one_as_its_text) {
  const field_map fields = {{"a", {"x"}}, {"b", {"x", "y"}}, {"c", {}}};
  EXPECT_EQ(canonical_json(fields_to_json(fields)), R"({"a":"x","b":["x","y"]})");
  EXPECT_EQ(fields_from_json(fields_to_json(fields)).value(), (field_map{{"a", {"x"}}, {"b", {"x", "y"}}}));
}

TEST(subject_test, joins_the_fields_of_several_sources) {
  const auto all =
      merged({ann({{"a", {"1"}}}, 2), ann({{"a", {"9"}}, {"b", {"2"}}}, 5), ann({{"b", {"9"}}, {"c", {"3"}}})});
  EXPECT_EQ(all, ann({{"a", {"1"}}, {"b", {"2"}}, {"c", {"3"}}}, 2));
  EXPECT_EQ(merged({all}), all);
}

TEST(subject_test, orders_names_by_tenant_kind_and_id) {
  const subject_name user{"a", subject_kind::user, "z"};
  const subject_name number{"a", subject_kind::number, "b"};
  EXPECT_LT(user, number);
  EXPECT_LT(number, (subject_name{"b", subject_kind::user, "a"}));
}

}  // namespace
}  // namespace licaudit

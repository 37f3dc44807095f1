#include "plugins/sources/teams/export_file.hpp"
#include "plugins/sources/teams/property.hpp"
#include "tests/plugins/scratch_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::teams {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Optional;

result<export_file> read(std::string_view text) {
  const test::scratch_directory directory;
  return export_file::read(directory.write("x.json", text), "Get-Thing");
}

std::size_t entries(std::string_view text) {
  return read(text).value().entries().size();
}
std::string wrong(std::string_view text) {
  const auto file = read(text);
  return file ? "accepted" : file.error().detail;
}

TEST(export_file, reads_every_form_of_a_list) {
  EXPECT_EQ(entries(R"([{"a":1},{"a":2}])"), 2U);
  EXPECT_EQ(entries(R"({"a":1})"), 1U) << "ConvertTo-Json drops the list around one object";
  EXPECT_EQ(entries(R"({"value":[{"a":1},{"a":2}],"Count":2})"), 2U);
  EXPECT_EQ(entries(R"({"value":["a"]})"), 1U) << "an object with a property of that name";
  EXPECT_EQ(entries("[]"), 0U);
}

TEST(export_file, reads_what_powershell_5_writes) {
  std::string text = "\xFF\xFE";
  for (const char c : std::string_view("[{\"a\":1}]\r\n")) text += {c, '\0'};
  EXPECT_EQ(entries(text), 1U);
  EXPECT_EQ(entries("\xEF\xBB\xBF[{}]\r\n"), 1U);
}

TEST(export_file, names_the_line_of_a_syntax_error) {
  EXPECT_THAT(wrong("[\n  {\"a\": 1},\n  {\"a\": }\n]\n"), HasSubstr("x.json:3: not JSON"));
  EXPECT_THAT(wrong("[\n  {\"a\": 1},\n"), HasSubstr("x.json:3: not JSON")) << "cut off";
  EXPECT_THAT(wrong("[]\n[]\n"), HasSubstr("not JSON"));
  EXPECT_THAT(wrong("Get-CsOnlineUser : The term is not recognized\n"), HasSubstr("x.json:1: not JSON"));
}

TEST(export_file, says_how_the_file_is_made) {
  EXPECT_THAT(wrong(""), HasSubstr("x.json: is empty; make it with: Get-Thing | ConvertTo-Json -Depth 5"));
  EXPECT_THAT(wrong("[{},7]"), HasSubstr("x.json: entry 2: expected an object; make it with: Get-Thing"));
}

TEST(property, is_found_without_case) {
  const json::object object{{"LineURI", "tel:+1 "}, {"Empty", nullptr}, {"Flag", true}, {"Number", 7}, {"List", {1}}};
  EXPECT_EQ(text_of(object, "LineUri"), "tel:+1");
  EXPECT_EQ(text_of(object, "flag"), "true");
  EXPECT_EQ(text_of(object, "number"), "7");
  EXPECT_EQ(text_of(object, "List"), "");
  EXPECT_EQ(text_of(object, "Line"), "");
  EXPECT_EQ(find_property(object, "Empty"), nullptr);
}

TEST(property, reads_lists) {
  const json::object object{{"many", json::array{"a", " b ", "", nullptr}},
                            {"wrapped", {{"value", json::array{"c"}}, {"Count", 1}}},
                            {"one", "d"},
                            {"none", ""}};
  EXPECT_THAT(texts_of(object, "many"), Optional(ElementsAre("a", "b")));
  EXPECT_THAT(texts_of(object, "wrapped"), Optional(ElementsAre("c")));
  EXPECT_THAT(texts_of(object, "one"), Optional(ElementsAre("d")));
  EXPECT_THAT(texts_of(object, "none"), Optional(ElementsAre()));
  EXPECT_EQ(texts_of(object, "absent"), std::nullopt);
}

TEST(property, reads_policies_in_every_form) {
  const json::object object{{"text", "London"},
                            {"tagged", "Tag:London"},
                            {"named", {{"Name", "London"}, {"Authority", "Tenant"}}},
                            {"identified", {{"Identity", "Tag:London"}}},
                            {"null", nullptr},
                            {"empty", ""}};
  for (const auto* form : {"text", "tagged", "named", "identified"})
    EXPECT_EQ(policy_of(object, form), "London") << form;
  for (const auto* form : {"null", "empty", "absent"}) EXPECT_EQ(policy_of(object, form), "") << form;
}

}  // namespace
}  // namespace licaudit::teams

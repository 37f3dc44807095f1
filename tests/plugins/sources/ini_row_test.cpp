#include "plugins/sources/audiocodes-ini/ini_row.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audiocodes_ini {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> cells(std::string_view line) {
  return parse_row(line, "T").value();
}
std::string wrong(std::string_view line) {
  const auto row = parse_row(line, "T");
  return row ? "accepted" : row.error().detail;
}

TEST(ini_row, is_cells_up_to_the_semicolon) {
  EXPECT_THAT(cells(R"(T 0 = "a", 1, "b";)"), ElementsAre("a", "1", "b"));
  EXPECT_THAT(cells(R"(T 0="a",1,"b" ;  ; comment)"), ElementsAre("a", "1", "b"));
  EXPECT_THAT(cells(R"(T 0 = , "", ;)"), ElementsAre("", "", ""));
  EXPECT_THAT(cells("t 12 = plain text ;"), ElementsAre("plain text"));
}

TEST(ini_row, keeps_commas_and_semicolons_within_quotes) {
  EXPECT_THAT(cells(R"(T 0 = "IVR, night; day", "x = y";)"), ElementsAre("IVR, night; day", "x = y"));
  EXPECT_THAT(cells(R"(T 0 = "back\slash", "tags=a;b";)"), ElementsAre("back\\slash", "tags=a;b"));
}

TEST(ini_row, says_what_is_wrong) {
  EXPECT_THAT(wrong(R"(T 0 = "a", 1)"), HasSubstr("does not end with ';'"));
  EXPECT_THAT(wrong(R"(T 0 = "a, 1;)"), HasSubstr("a quote is not closed"));
  EXPECT_THAT(wrong(R"(T 0 = "a"b;)"), HasSubstr("expected ',' or ';' after the quoted cell 'a'"));
  EXPECT_THAT(wrong(R"(T 0 = "a"; "b";)"), HasSubstr("something after the ';'"));
  EXPECT_THAT(wrong(R"(Other 0 = "a";)"), HasSubstr("expected a row 'T INDEX = ...;'"));
  EXPECT_THAT(wrong("garbage"), HasSubstr("expected a row"));
}

TEST(ini_format, names_the_columns) {
  EXPECT_THAT(parse_format("FORMAT Index = Name, Prefix;", "T").value(), ElementsAre("Name", "Prefix"));
  EXPECT_THAT(parse_format("FORMAT T_Index = T_Name, T_Prefix;", "T").value(), ElementsAre("Name", "Prefix"));
  EXPECT_FALSE(parse_format("T 0 = 1;", "T"));
  EXPECT_FALSE(parse_format("FORMAT Index", "T"));
}

}  // namespace
}  // namespace licaudit::audiocodes_ini

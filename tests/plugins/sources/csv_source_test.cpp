#include "plugins/sources/csv/csv_source.hpp"

#include "tests/plugins/scratch_directory.hpp"
#include "tests/plugins/sources/captured_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::csv {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

csv_config people() {
  csv_config config;
  config.path = test::data_file("csv/people-semicolon-crlf.csv");
  config.id = "UserPrincipalName";
  config.columns = {{"UserPrincipalName", "upn", ""},
                    {"Groups", "groups", "|"},
                    {"Line", "line_uri", ""},
                    {"Department", "department", ""}};
  return config;
}

test::captured_run print(const csv_config& config) {
  return test::capture([&config](sdk::record_writer& out) { return run(config, out); });
}

test::captured_run print(std::string_view text, csv_config config = {}) {
  const test::scratch_directory directory;
  config.path = directory.write("f.csv", text);
  if (config.id.empty()) config.id = "id";
  return print(config);
}

TEST(csv_source, reads_a_file_of_a_spreadsheet) {
  const auto printed = print(people());
  EXPECT_THAT(printed.problem, IsEmpty());
  EXPECT_TRUE(printed.complete);
  ASSERT_EQ(printed.subjects.size(), 3U);
  EXPECT_EQ(printed.field("ann@contoso.example", "groups"), "Phones|Sales");
  EXPECT_EQ(printed.field("ann@contoso.example", "upn"), "ann@contoso.example");
  EXPECT_EQ(printed.field("bob@contoso.example", "department"), "R&D; \"Lab\"");
  EXPECT_EQ(printed.field("bob@contoso.example", "line_uri"), "");
  EXPECT_EQ(printed.field("m\xC3\xBCller@contoso.example", "groups"), "Two\nlines");
  EXPECT_EQ(printed.left_out_text(), "no id=1");
}

TEST(csv_source, reads_quantities_and_tenants) {
  csv_config config;
  config.kind = subject_kind::number;
  config.quantity = "n";
  config.tenant = "t";
  const auto printed = print("id,n,t\na,2,contoso\nb,,\nc,0,fabrikam\n", config);
  EXPECT_TRUE(printed.complete);
  EXPECT_EQ(printed.find("a")->quantity, 2);
  EXPECT_EQ(printed.find("a")->name, (subject_name{"contoso", subject_kind::number, "a"}));
  EXPECT_EQ(printed.find("b")->quantity, 1);
  EXPECT_EQ(printed.find("b")->name.tenant, "");
  EXPECT_EQ(printed.find("c")->quantity, 0);
}

TEST(csv_source, fills_one_field_from_several_columns) {
  csv_config config;
  config.columns = {{"first", "pstn_gateway", ""}, {"second", "pstn_gateway", ","}};
  EXPECT_EQ(print("id,first,second\na,sbc1,\"sbc3, sbc2\"\n", config).field("a", "pstn_gateway"), "sbc1|sbc2|sbc3");
}

TEST(csv_source, leaves_out_rows_that_a_filter_does_not_want) {
  csv_config config;
  config.where = {{"state", {"live", "test"}}};
  const auto printed = print("id,state\na,live\nb,gone\nc, test \nd,\n", config);
  EXPECT_EQ(printed.subjects.size(), 2U);
  EXPECT_EQ(printed.left_out_text(), "another state=2");
}

TEST(csv_source, accepts_a_header_alone) {
  const auto printed = print("id,n\n");
  EXPECT_TRUE(printed.complete);
  EXPECT_THAT(printed.subjects, IsEmpty());
}

TEST(csv_source, names_file_and_line_of_what_is_wrong) {
  EXPECT_THAT(print("id,n\na,1\nb\n").problem, HasSubstr("f.csv:3: the row has 1 cells, the header 2"));
  EXPECT_THAT(print("id,n\na,1,2\n").problem, HasSubstr("f.csv:2: the row has 3 cells, the header 2"));
  EXPECT_THAT(print("id,n\n\"a\nb\",1\n").problem, HasSubstr("f.csv:2: the id has control characters"));
  EXPECT_THAT(print("id\n" + std::string(257, 'x') + "\n").problem, HasSubstr("f.csv:2: the id has"));
  csv_config config;
  config.quantity = "n";
  EXPECT_THAT(print("id,n\na,1\nb,-1\n", config).problem, HasSubstr("f.csv:3: the quantity '-1'"));
  EXPECT_THAT(print("id,n\na,1.5\n", config).problem, HasSubstr("the quantity '1.5'"));
}

TEST(csv_source, names_the_columns_that_there_are) {
  EXPECT_THAT(print("UPN;Line\n").problem, HasSubstr("f.csv:1: the header has no column 'id'; it has 'UPN', 'Line'"));
  csv_config config;
  config.columns = {{"Grp", "groups", ""}};
  EXPECT_THAT(print("id,Groups\n", config).problem, EndsWith("the header has no column 'Grp'; it has 'id', 'Groups'"));
  config = {};
  config.where = {{"State", {"x"}}};
  EXPECT_THAT(print("id\n", config).problem, HasSubstr("no column 'State'"));
}

TEST(csv_source, refuses_a_column_twice) {
  EXPECT_THAT(print("id,n,n\n").problem, HasSubstr("f.csv:1: the header has the column 'n' twice"));
  EXPECT_THAT(print("id,,\na,,\n").problem, IsEmpty()) << "spreadsheets leave nameless columns behind";
}

TEST(csv_source, refuses_an_empty_file) {
  EXPECT_THAT(print("").problem, HasSubstr("f.csv: is empty"));
}

TEST(csv_source, prints_no_end_after_a_failure) {
  EXPECT_FALSE(print("id,n\na,1\nb\n").complete);
}

TEST(csv_source, shows_progress_of_large_files) {
  std::string text = "id\n";
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + "\n";
  EXPECT_THAT(print(text).text, HasSubstr(R"({"kind":"progress","done":20000,"total":0})"));
}

}  // namespace
}  // namespace licaudit::csv

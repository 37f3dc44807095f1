#include "plugins/sources/csv/csv_file.hpp"

#include "plugins/sdk/protocol.hpp"
#include "plugins/sources/csv/delimiter.hpp"
#include "tests/plugins/scratch_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace licaudit::csv {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

/// Rows as `LINE cell|cell`, and the failure that ended them.
std::vector<std::string> rows_of(std::string_view text, std::optional<char> delimiter = {}) {
  const test::scratch_directory directory;
  auto file = csv_file::open(directory.write("f.csv", text), delimiter).value();
  std::vector<std::string> rows;
  for (;;) {
    const auto next = file.next();
    if (!next) return rows.push_back(next.error().detail), rows;
    if (!*next) return rows;
    std::string shown;
    for (const auto& cell : (*next)->cells) shown += (shown.empty() ? "" : "|") + cell;
    rows.push_back(std::to_string((*next)->line) + " " + shown);
  }
}

TEST(delimiter, is_the_most_frequent_outside_quotes) {
  EXPECT_EQ(detect_delimiter("a,b,c"), ',');
  EXPECT_EQ(detect_delimiter("a;b;c"), ';');
  EXPECT_EQ(detect_delimiter("a\tb"), '\t');
  EXPECT_EQ(detect_delimiter("a|b|c;d"), '|');
  EXPECT_EQ(detect_delimiter(R"("x,y,z,";b)"), ';');
  EXPECT_EQ(detect_delimiter("alone"), ',');
}

TEST(csv_file, reads_rows) {
  EXPECT_THAT(rows_of("a,b\n1,2\n"), ElementsAre("1 a|b", "2 1|2"));
  EXPECT_THAT(rows_of("a,b\r\n1,2\r\n"), ElementsAre("1 a|b", "2 1|2"));
  EXPECT_THAT(rows_of("a,b\n1,2"), ElementsAre("1 a|b", "2 1|2")) << "no line feed at the end";
  EXPECT_THAT(rows_of(""), IsEmpty());
  EXPECT_THAT(rows_of("\n \n\n"), IsEmpty());
}

TEST(csv_file, reads_quotes) {
  EXPECT_THAT(rows_of("a,b\n\"x, \"\"y\"\"\",\" keep \"\n"), ElementsAre("1 a|b", "2 x, \"y\"| keep "));
  EXPECT_THAT(rows_of("a,b\n  x  ,\"\"\n"), ElementsAre("1 a|b", "2 x|"));
}

TEST(csv_file, reads_line_feeds_within_quotes_and_keeps_count) {
  EXPECT_THAT(rows_of("a,b\n\"one\n\ntwo\",2\r\n\n3,4\n"), ElementsAre("1 a|b", "2 one\n\ntwo|2", "6 3|4"));
}

TEST(csv_file, reads_every_delimiter) {
  EXPECT_THAT(rows_of("a\tb\n1\t2\n\t\n"), ElementsAre("1 a|b", "2 1|2"));
  EXPECT_THAT(rows_of("a|b\n1|2;3\n"), ElementsAre("1 a|b", "2 1|2;3"));
  EXPECT_THAT(rows_of("a;b,c\n", ','), ElementsAre("1 a;b|c"));
}

TEST(csv_file, refuses_a_quote_that_is_not_closed) {
  EXPECT_THAT(rows_of("a,b\n1,2\n3,\"4\n5,6\n"),
              ElementsAre("1 a|b", "2 1|2", HasSubstr("f.csv:3: the row is cut off")));
}

TEST(csv_file, refuses_a_quote_in_the_middle) {
  EXPECT_THAT(rows_of("a,b\n1,2\"3\n"), ElementsAre("1 a|b", HasSubstr("f.csv:2: a quote within a cell")));
  EXPECT_THAT(rows_of("a,b\n\"1\"x,2\n"), ElementsAre("1 a|b", HasSubstr("f.csv:2: a quote within a cell")));
}

TEST(csv_file, refuses_a_row_without_end) {
  std::string text = "a,b\n1,\"";
  while (text.size() < 2 * sdk::max_line_bytes) text += std::string(1000, 'x') + "\n";
  EXPECT_THAT(rows_of(text), ElementsAre("1 a|b", HasSubstr("f.csv:2: a row of more than")));
}

TEST(csv_file, refuses_other_encodings) {
  EXPECT_THAT(rows_of("a,b\nM\xFCller,2\n"),
              ElementsAre("1 a|b", EndsWith("f.csv:2: not UTF-8 text; save the file as UTF-8")));
  EXPECT_THAT(rows_of(std::string("\xFF\xFE", 2) + "a"), ElementsAre(HasSubstr("UTF-16")));
}

}  // namespace
}  // namespace licaudit::csv

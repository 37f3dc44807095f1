#include "plugins/sdk/text_file.hpp"

#include "tests/plugins/scratch_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace licaudit::sdk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> lines_of(const std::string& path) {
  auto file = text_file::open(path).value();
  std::vector<std::string> lines;
  for (auto line = file.next().value(); line; line = file.next().value()) {
    lines.push_back(std::to_string(line->number) + ":" + std::string(line->text));
  }
  return lines;
}

TEST(text_file, gives_lines_without_their_ends) {
  const test::scratch_directory directory;
  EXPECT_THAT(lines_of(directory.write("f", "a\r\nb\n\nlast")), ElementsAre("1:a", "2:b", "3:", "4:last"));
  EXPECT_THAT(lines_of(directory.write("f", "a\n")), ElementsAre("1:a"));
  EXPECT_THAT(lines_of(directory.write("f", "")), IsEmpty());
}

TEST(text_file, passes_over_a_byte_order_mark) {
  const test::scratch_directory directory;
  EXPECT_THAT(lines_of(directory.write("f", "\xEF\xBB\xBFid\n1\n")), ElementsAre("1:id", "2:1"));
}

TEST(text_file, reads_files_larger_than_its_block) {
  const test::scratch_directory directory;
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "line with some text in it\n";
  const auto lines = lines_of(directory.write("f", text));
  ASSERT_EQ(lines.size(), 100'000U);
  EXPECT_EQ(lines.back(), "100000:line with some text in it");
}

TEST(text_file, refuses_utf16_with_the_way_out) {
  const test::scratch_directory directory;
  auto file = text_file::open(directory.write("f", std::string("\xFF\xFEi\0d\0", 6))).value();
  const auto line = file.next();
  ASSERT_FALSE(line);
  EXPECT_THAT(line.error().detail, HasSubstr("UTF-16; save it as UTF-8"));
}

TEST(text_file, says_why_a_file_cannot_be_read) {
  const test::scratch_directory directory;
  const auto missing = text_file::open(directory.path("missing"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, errc::unreachable);
  EXPECT_THAT(missing.error().detail, HasSubstr("missing: cannot be read: No such file"));
  auto folder = text_file::open(directory.path()).value();
  EXPECT_THAT(folder.next().error().detail, HasSubstr("directory"));
}

TEST(text_file, refuses_an_endless_line) {
  const test::scratch_directory directory;
  auto file = text_file::open(directory.write("f", "a\n" + std::string(2 * max_line_bytes, 'x'))).value();
  ASSERT_TRUE(file.next());
  EXPECT_THAT(file.next().error().detail, HasSubstr("line 2: longer than"));
}

TEST(text_file, points_to_a_line) {
  const test::scratch_directory directory;
  const auto path = directory.write("f", "");
  EXPECT_EQ(text_file::open(path).value().wrong(7, "no").detail, path + ":7: no");
}

TEST(read_text_file, converts_the_utf16_of_powershell) {
  const test::scratch_directory directory;
  const std::string little("\xFF\xFE[\0\xE4\0=\xD8\xDE\xDE]\0", 12);  // [ä, U+1F6DE of two units, ]
  EXPECT_EQ(read_text_file(directory.write("f", little)).value(), "[\xC3\xA4\xF0\x9F\x9B\x9E]");
  const std::string big("\xFE\xFF\0[\0\xE4\0]", 8);
  EXPECT_EQ(read_text_file(directory.write("f", big)).value(), "[\xC3\xA4]");
}

TEST(read_text_file, drops_a_byte_order_mark) {
  const test::scratch_directory directory;
  EXPECT_EQ(read_text_file(directory.write("f", "\xEF\xBB\xBF[]")).value(), "[]");
}

TEST(read_text_file, refuses_broken_utf16) {
  const test::scratch_directory directory;
  EXPECT_FALSE(read_text_file(directory.write("f", std::string("\xFF\xFE[", 3))));
  EXPECT_FALSE(read_text_file(directory.write("f", std::string("\xFF\xFE\0\xD8[\0", 6)))) << "half a surrogate pair";
}

}  // namespace
}  // namespace licaudit::sdk

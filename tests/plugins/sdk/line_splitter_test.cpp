#include "plugins/sdk/line_splitter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace licaudit::sdk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> lines_of(std::string_view text, std::size_t piece) {
  line_splitter splitter;
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    const std::string fed(text.substr(at, piece));
    splitter.feed(fed);
    for (auto line = splitter.next().value(); line; line = splitter.next().value()) {
      lines.push_back(std::to_string(line->number) + ":" + std::string(line->text));
    }
  }
  if (const auto rest = splitter.unfinished())
    lines.push_back("rest " + std::to_string(rest->number) + ":" + std::string(rest->text));
  return lines;
}

TEST(line_splitter, gives_the_same_lines_however_the_stream_is_cut) {
  const std::string text = "one\n\nthree is longer\nfour\nhalf";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    EXPECT_THAT(lines_of(text, piece), ElementsAre("1:one", "2:", "3:three is longer", "4:four", "rest 5:half"))
        << piece;
  }
}

TEST(line_splitter, does_not_copy_a_line_that_arrives_whole) {
  const std::string text = "whole\n";
  line_splitter splitter;
  splitter.feed(text);
  EXPECT_EQ(splitter.next().value()->text.data(), text.data());
}

TEST(line_splitter, takes_a_line_of_exactly_the_cap) {
  line_splitter splitter(8);
  const std::string text = "12345678\n";
  splitter.feed(text);
  EXPECT_EQ(splitter.next().value()->text, "12345678");
}

TEST(line_splitter, refuses_a_line_over_the_cap_within_one_piece) {
  line_splitter splitter(8);
  const std::string text = "short\n123456789\n";
  splitter.feed(text);
  ASSERT_TRUE(splitter.next());
  const auto refused = splitter.next();
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("line 2: longer than 8 bytes"));
}

TEST(line_splitter, refuses_a_huge_line_as_soon_as_the_cap_is_passed) {
  line_splitter splitter;
  const std::string piece(std::size_t{64} * 1024, 'x');
  std::size_t fed = 0;
  for (;;) {
    splitter.feed(piece);
    fed += piece.size();
    const auto line = splitter.next();
    if (!line) break;
    ASSERT_FALSE(*line);
    ASSERT_LE(fed, max_line_bytes) << "the cap was passed in silence";
  }
  EXPECT_LE(fed, max_line_bytes + piece.size());
}

}  // namespace
}  // namespace licaudit::sdk

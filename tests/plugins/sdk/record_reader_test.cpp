#include "plugins/sdk/record_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace licaudit::sdk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

const std::string begin_line = R"({"kind":"begin","protocol":1,"mode":"snapshot"})"
                               "\n";
const std::string end_line = R"({"kind":"end"})"
                             "\n";

/// The lines of subjects and faults, and how it ended.
std::vector<std::string> read_all(std::string_view text, std::size_t piece = 7) {
  record_reader reader;
  std::vector<std::string> seen;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    const std::string fed(text.substr(at, piece));
    reader.feed(fed);
    for (;;) {
      auto next = reader.next();
      if (!next) return seen.push_back(next.error().detail), seen;
      if (!*next) break;
      const auto& content = (*next)->content;
      const auto line = std::to_string((*next)->line) + " ";
      if (const auto* faulty = std::get_if<faulty_record>(&content)) seen.push_back(line + "faulty " + faulty->tenant);
      if (const auto* sound = std::get_if<record>(&content)) {
        if (const auto* subject = std::get_if<subject_record>(sound)) seen.push_back(line + subject->value.name.id);
      }
    }
  }
  const auto finished = reader.finish();
  seen.push_back(finished ? "complete" : finished.error().detail);
  return seen;
}

TEST(record_reader, reads_a_run_however_it_is_cut) {
  const auto text =
      begin_line + R"({"kind":"user","id":"ann"})" + "\n" + R"({"kind":"number","id":"P/1"})" + "\n" + end_line;
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    EXPECT_THAT(read_all(text, piece), ElementsAre("2 ann", "3 P/1", "complete")) << piece;
  }
}

TEST(record_reader, goes_on_after_a_faulty_record) {
  const auto text =
      begin_line + R"({"kind":"user","tenant":"contoso"})" + "\n" + R"({"kind":"user","id":"bob"})" + "\n" + end_line;
  EXPECT_THAT(read_all(text), ElementsAre("2 faulty contoso", "3 bob", "complete"));
}

TEST(record_reader, names_the_line_of_garbage) {
  EXPECT_THAT(read_all(begin_line + "{\"kind\":\"user\",\"id\":\"a\"}\ngarbage\n"),
              ElementsAre("2 a", StartsWith("line 3: not JSON")));
}

TEST(record_reader, names_the_line_that_is_out_of_order) {
  EXPECT_THAT(read_all("{\"kind\":\"user\",\"id\":\"a\"}\n"),
              ElementsAre(StartsWith("line 1: the first line must be")));
  EXPECT_THAT(read_all(begin_line + end_line + end_line), ElementsAre(StartsWith("line 3: there is something after")));
}

TEST(record_reader, refuses_half_a_last_line_even_if_it_is_the_end) {
  const auto text = begin_line + R"({"kind":"end"})";
  EXPECT_THAT(read_all(text), ElementsAre(StartsWith("line 2: cut off")));
}

TEST(record_reader, refuses_a_run_without_end) {
  EXPECT_THAT(read_all(begin_line), ElementsAre(StartsWith("line 1: the stream stops without an end")));
}

TEST(record_reader, refuses_nothing_at_all) {
  EXPECT_THAT(read_all(""), ElementsAre(HasSubstr("printed nothing")));
}

TEST(record_reader, never_crashes_on_damaged_streams) {
  const auto text = begin_line + R"({"kind":"user","id":"ann","fields":{"a":["b","c"]},"quantity":2})" + "\n" +
                    R"({"kind":"meter","id":"m","used":1.5,"unit":"GB"})" + "\n" + end_line;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char with : {'\0', '"', '{', '\n', '\xFF', '9'}) {
      auto damaged = text;
      damaged[at] = with;
      EXPECT_FALSE(read_all(damaged, 13).empty());
    }
    const auto cut = read_all(text.substr(0, at), 13);
    EXPECT_NE(cut.back(), "complete") << at;
  }
}

}  // namespace
}  // namespace licaudit::sdk

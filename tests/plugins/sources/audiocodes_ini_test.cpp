#include "plugins/sdk/text_file.hpp"
#include "plugins/sources/audiocodes-ini/audiocodes_source.hpp"
#include "tests/plugins/scratch_directory.hpp"
#include "tests/plugins/sources/captured_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audiocodes_ini {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string sample = "audiocodes-ini/sbc-7.40.ini";

test::captured_run print(const std::string& path, std::vector<std::string> plans = {}) {
  const ini_config config{path, std::move(plans)};
  return test::capture([&config](sdk::record_writer& out) { return run(config, out); });
}

test::captured_run print_text(std::string_view text) {
  const test::scratch_directory directory;
  return print(directory.write("sbc.ini", text));
}

/// The sample with one piece of text replaced.
std::string sample_with(std::string_view from, std::string_view to) {
  auto text = sdk::read_text_file(test::data_file(sample)).value();
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(audiocodes_ini, gives_the_rules_as_numbers) {
  const auto printed = print(test::data_file(sample));
  ASSERT_THAT(printed.problem, IsEmpty());
  EXPECT_TRUE(printed.complete);
  ASSERT_EQ(printed.subjects.size(), 5U);
  const auto* main = printed.find("London/+442079460000");
  ASSERT_NE(main, nullptr);
  EXPECT_EQ(main->name.kind, subject_kind::number);
  EXPECT_EQ(main->quantity, 1);
  EXPECT_EQ(printed.field("London/+442079460000", "number"), "+442079460000");
  EXPECT_EQ(printed.field("London/+442079460000", "name"), "Main");
  EXPECT_EQ(printed.field("London/+442079460000", "tag"), "sbc-lon.example.net");
  EXPECT_EQ(printed.field("London/+442079460000", "dial_plan"), "London");
}

TEST(audiocodes_ini, keeps_the_end_mark_in_the_id_only) {
  const auto printed = print(test::data_file(sample));
  EXPECT_EQ(printed.field("London/+442079460902#", "number"), "+442079460902");
  EXPECT_EQ(printed.field("London/+442079460902#", "name"), "IVR, night; day");
  EXPECT_EQ(printed.field("London/+442079460902#", "tag"), "ivr.carrier.example");
  EXPECT_EQ(printed.field("London/+44207946[0100-0199]", "number"), "+44207946[0100-0199]");
  EXPECT_EQ(printed.field("London/999", "tag"), "");
}

TEST(audiocodes_ini, goes_by_the_names_of_columns_and_reads_old_versions) {
  const auto printed = print(test::data_file("audiocodes-ini/sbc-7.20-prefixed.ini"));
  EXPECT_THAT(printed.problem, IsEmpty());
  EXPECT_EQ(printed.field("London/+442079460000", "tag"), "sbc-lon.example.net");
  EXPECT_EQ(printed.field("London/+442079460000", "name"), "Main");
}

TEST(audiocodes_ini, leaves_out_other_plans) {
  const auto printed = print(test::data_file(sample), {"cust-tailspin"});
  EXPECT_EQ(printed.subjects.size(), 1U);
  EXPECT_EQ(printed.left_out_text(), "another dial plan=4");
  EXPECT_THAT(print(test::data_file(sample), {"tailspin"}).problem,
              EndsWith("has no dial plan 'tailspin'; it has 'London', 'cust-tailspin'"));
}

TEST(audiocodes_ini, shows_nothing_of_the_other_tables) {
  testing::internal::CaptureStderr();
  const auto printed = print(test::data_file(sample));
  EXPECT_THAT(printed.text, Not(HasSubstr("$1$")));
  EXPECT_THAT(testing::internal::GetCapturedStderr(), IsEmpty());
  const auto damaged =
      print_text(sample_with("WebUsers 0 = \"Admin\", \"$1$correct-horse\", 1;", "WebUsers 0 = \"$1$secret"));
  EXPECT_THAT(damaged.problem, IsEmpty()) << "what stands in other tables is nobody's business";
}

TEST(audiocodes_ini, names_the_line_of_a_bad_row) {
  EXPECT_THAT(print_text(sample_with(R"("Main", "+442079460000")", R"("Main")")).problem,
              HasSubstr("sbc.ini:33: the row has 4 cells, FORMAT in line 31 names 5 columns"));
  EXPECT_THAT(print_text(sample_with("\"London\", 3", "\"Paris\", 3")).problem,
              HasSubstr("sbc.ini:37: the rule is of the dial plan 'Paris', which the table DialPlan lacks"));
  EXPECT_THAT(print_text(sample_with("\"999\"", "\"\"")).problem, HasSubstr("sbc.ini:37: the rule's prefix is empty"));
  EXPECT_THAT(print_text(sample_with("\"Emergency\"", "\"Emergency")).problem, HasSubstr("sbc.ini:37:"));
  EXPECT_THAT(print_text(sample_with("Emergency", "Notf\xE4lle")).problem, HasSubstr("sbc.ini:37: not UTF-8"));
}

TEST(audiocodes_ini, needs_its_format_lines) {
  EXPECT_THAT(print_text(sample_with("FORMAT Index = DialPlanName, RuleIndex, Name, Prefix, Tag;\n", "")).problem,
              HasSubstr("sbc.ini:32: expected the table's line 'FORMAT Index = ...;'"));
  EXPECT_THAT(print_text(sample_with("Name, Prefix, Tag;", "Name, Prefix, Label;")).problem,
              HasSubstr("sbc.ini:31: FORMAT names no column Tag, only DialPlanName, RuleIndex, Name, Prefix, Label"));
  EXPECT_THAT(print_text("[ DialPlan ]\n[ \\DialPlan ]\n").problem,
              HasSubstr("sbc.ini:2: the table DialPlan has no line"));
}

TEST(audiocodes_ini, refuses_a_file_cut_off) {
  const auto whole = sdk::read_text_file(test::data_file(sample)).value();
  const auto first = whole.find("[ DialPlan ]") + 12;
  const auto last = whole.find("[ \\DialPlanRule ]") + 16;
  for (auto at = first; at <= last; ++at) {
    const auto printed = print_text(whole.substr(0, at));
    ASSERT_THAT(printed.problem, Not(IsEmpty())) << at;
    ASSERT_FALSE(printed.complete) << at;
  }
  EXPECT_THAT(print_text(whole.substr(0, last)).problem, HasSubstr("sbc.ini:40:")) << "the line that was cut";
}

TEST(audiocodes_ini, refuses_a_table_within_a_table) {
  EXPECT_THAT(print_text(sample_with("[ \\DialPlanRule ]", "")).problem,
              HasSubstr("another table begins before the end of DialPlanRule from line 29"));
}

TEST(audiocodes_ini, refuses_a_table_twice) {
  const auto text = sdk::read_text_file(test::data_file(sample)).value();
  EXPECT_THAT(print_text(text + text).problem, HasSubstr("a second table DialPlan"));
}

TEST(audiocodes_ini, refuses_what_is_no_ini_of_a_border_controller) {
  EXPECT_THAT(print_text("").problem, HasSubstr("has no table [ DialPlan ]"));
  EXPECT_THAT(print_text("[ DialPlan ]\nFORMAT Index = Name;\n[ \\DialPlan ]\n").problem,
              HasSubstr("has no table [ DialPlanRule ]"));
  EXPECT_THAT(print("/nonexistent.ini").problem, HasSubstr("/nonexistent.ini: cannot be read"));
}

TEST(audiocodes_ini, reads_its_config) {
  sdk::source_request request;
  EXPECT_THAT(open(request).error().detail, HasSubstr("path"));
  request.config = {{"path", "x"}, {"plans", 7}};
  EXPECT_THAT(open(request).error().detail, HasSubstr("plans"));
  for (const json::value& plans :
       {json::value("London"), json::value(json::array{"London", "Berlin"}), json::value()}) {
    request.config = {{"path", "x"}, {"plans", plans}};
    EXPECT_TRUE(open(request));
  }
}

}  // namespace
}  // namespace licaudit::audiocodes_ini

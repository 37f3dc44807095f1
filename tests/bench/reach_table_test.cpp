#include "bench/table/reach_table.hpp"

#include "bench/table/fact_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace licaudit::bench {
namespace {

using testing::HasSubstr;

class reach_table : public testing::Test {
 protected:
  reach_table() {
    std::string pattern = testing::TempDir() + "reach-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~reach_table() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::filesystem::path file(const char* text) const {
    std::ofstream(folder_ / "file") << text;
    return folder_ / "file";
  }
  std::filesystem::path folder_;
};

facts_by_name some_facts() {
  return {{"ours", {0.01, "s", ""}},
          {"loop", {2.0, "s", ""}},
          {"load", {1.0, "s", ""}},
          {"memory", {100.0, "bytes", ""}},
          {"peer", {std::nullopt, "", "missing"}},
          {"scaled", {4.0, "s", "scaled from 1/20"}}};
}

std::string printed(const std::vector<reach_row>& rows, verdicts* counted = nullptr) {
  std::ostringstream out;
  const auto count = print_reach(rows, some_facts(), out);
  if (counted != nullptr) *counted = count;
  return out.str();
}

TEST_F(reach_table, reads_back_what_programs_noted) {
  const fact_file facts(folder_ / "facts");
  facts.add("loop", 2.5, "s");
  facts.add("loop", 2.25, "s", "again");
  facts.missing("redis", "missing");
  const auto read = read_facts(folder_ / "facts");
  EXPECT_EQ(read.at("loop").value, 2.25) << "the later holds";
  EXPECT_EQ(read.at("loop").note, "again");
  EXPECT_FALSE(read.at("redis").value);
  EXPECT_THROW((void)read_facts(file("loop\t2.5\n")), std::runtime_error);
}

TEST_F(reach_table, divides_and_adds) {
  const auto rows =
      read_reach(file("Heading\na | ours | loop/ours | >= 15\nb | ours | ours/loop+load | <= 0.5\n"
                      "c | ours | loop/nobody\n"));
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_TRUE(rows[0].is_heading());
  EXPECT_DOUBLE_EQ(reached(rows[1], some_facts()).value(), 200);
  EXPECT_DOUBLE_EQ(reached(rows[2], some_facts()).value(), 0.01 / 3);
  EXPECT_FALSE(reached(rows[3], some_facts()));
}

TEST_F(reach_table, says_what_is_met_in_the_units_of_the_aim) {
  verdicts counted;
  const auto text = printed(read_reach(file("a | ours | ours | <= 5 ms\nb | ours | ours | <= 10 ms\n"
                                            "c | memory | memory | <= 120 bytes\nd | ours | loop/ours | >= 201\n"
                                            "e | peer | loop/peer | >= 2\nf | scaled | scaled\n")),
                            &counted);
  EXPECT_EQ(counted.met, 2);
  EXPECT_EQ(counted.missed, 2);
  EXPECT_EQ(counted.unknown, 1);
  EXPECT_THAT(text, HasSubstr("| a    |     10 ms |     10 ms |      <= 5 ms | MISSED"));
  EXPECT_THAT(text, HasSubstr("not measured, missing"));
  EXPECT_THAT(text, HasSubstr("scaled from 1/20"));
}

TEST_F(reach_table, refuses_an_aim_that_is_none) {
  EXPECT_THROW((void)read_reach(file("a | ours | ours | < 5 ms\n")), std::runtime_error);
  EXPECT_THROW((void)read_reach(file("a | ours | ours | <= 5 weeks\n")), std::runtime_error);
  EXPECT_THROW((void)read_reach(file("a | ours\n")), std::runtime_error);
}

TEST_F(reach_table, shows_each_unit_as_people_write_it) {
  EXPECT_EQ(shown(0.0123, "s"), "12 ms");
  EXPECT_EQ(shown(120, "bytes"), "120 bytes");
  EXPECT_EQ(shown(20.0 * 1024 * 1024, "bytes"), "20.0 MiB");
  EXPECT_EQ(shown(150000, "/s"), "150000/s");
  EXPECT_EQ(shown(0.5, ""), "0.50");
  EXPECT_EQ(shown(15.44, ""), "15.4");
}

TEST_F(reach_table, of_the_project_can_be_read) {
  const auto rows = read_reach(LICAUDIT_SOURCE_DIRECTORY "/bench/table/reach.txt");
  std::set<std::string> names;
  for (const auto& row : rows) EXPECT_TRUE(names.insert(row.what).second || row.what.starts_with("beside")) << row.what;
  EXPECT_GT(rows.size(), 40u);
}

}  // namespace
}  // namespace licaudit::bench

#include "bench/options.hpp"

#include <gtest/gtest.h>

namespace licaudit::bench {
namespace {

std::optional<options> read(std::vector<std::string> arguments) {
  std::vector<char*> pointers{nullptr};
  for (auto& one : arguments) pointers.push_back(one.data());
  return read_options(static_cast<int>(pointers.size()), pointers.data(), {"--facts"});
}

TEST(options, scale_the_workload) {
  EXPECT_EQ(read({})->size.users, 1000000u);
  EXPECT_EQ(read({"--quick"})->size.users * 20, 1000000u);
  const auto small = read({"--users", "10000", "--changes", "70"})->size;
  EXPECT_EQ(small.numbers, 2000u);
  EXPECT_EQ(small.tenants, 100u);
  EXPECT_EQ(small.changes, 70u);
  EXPECT_EQ(read({"--changes", "70", "--users", "10000"})->size.changes, 70u) << "in any order";
}

TEST(options, keep_what_has_a_name_and_what_has_none) {
  const auto some = read({"--facts", "here", "folder"});
  EXPECT_EQ(some->of("--facts"), "here");
  EXPECT_EQ(some->of("--daemon"), "");
  EXPECT_EQ(some->others, std::vector<std::string>{"folder"});
}

TEST(options, refuse_what_they_do_not_know) {
  EXPECT_FALSE(read({"--fact", "here"}));
  EXPECT_FALSE(read({"--facts"}));
  EXPECT_FALSE(read({"--users", "99"}));
  EXPECT_FALSE(read({"--users", "1e6"}));
  EXPECT_FALSE(read({"--users", ""}));
}

}  // namespace
}  // namespace licaudit::bench

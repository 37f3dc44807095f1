#include "cli/new_file.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <string>

namespace licaudit::cli {
namespace {

class new_file_test : public testing::Test {
 protected:
  new_file_test() {
    std::string name = (std::filesystem::temp_directory_path() / "licaudit-new-file-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~new_file_test() override { std::filesystem::remove_all(folder); }

  [[nodiscard]] std::filesystem::path target() const { return folder / "copy.db"; }
  [[nodiscard]] auto files() const { return std::distance(std::filesystem::directory_iterator(folder), {}); }
  [[nodiscard]] std::string text() const {
    std::ifstream in(target(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::filesystem::path folder;
};

TEST_F(new_file_test, is_there_when_it_is_kept_and_not_before) {
  {
    auto file = new_file::begin(target());
    ASSERT_TRUE(file);
    EXPECT_FALSE(file->write("who"));
    EXPECT_FALSE(std::filesystem::exists(target()));
    EXPECT_FALSE(file->write("le"));
    EXPECT_FALSE(file->keep());
  }
  EXPECT_EQ(text(), "whole");
  EXPECT_EQ(files(), 1);
}

TEST_F(new_file_test, leaves_nothing_where_it_is_not_kept) {
  {
    auto file = new_file::begin(target());
    ASSERT_TRUE(file);
    EXPECT_FALSE(file->write("half"));
  }
  EXPECT_EQ(files(), 0);
}

TEST_F(new_file_test, leaves_nothing_where_the_program_is_killed) {
  const auto child = ::fork();
  if (child == 0) {
    auto file = new_file::begin(target());
    if (!file || file->write("half")) ::_exit(1);
    ::raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  if (files() == 1) GTEST_SKIP() << "this file system knows no files without a name";
  EXPECT_EQ(files(), 0);
}

TEST_F(new_file_test, replaces_none_that_came_meanwhile) {
  auto file = new_file::begin(target());
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->write("ours"));
  std::ofstream(target()) << "theirs";
  EXPECT_TRUE(file->keep());
  EXPECT_EQ(text(), "theirs");
}

}  // namespace
}  // namespace licaudit::cli

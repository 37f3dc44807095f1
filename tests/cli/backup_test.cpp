#include "tests/cli/fake_daemon.hpp"
#include "tests/cli/program_run.hpp"

#include <gmock/gmock.h>

#include <sys/stat.h>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace licaudit::cli {

using testing::HasSubstr;
using testing::StartsWith;

namespace {

const std::string content("SQLite\0 and\r\n more\n", 19);

reaction backup_answer(const std::string& bytes, std::size_t said, const std::string& more_head = {}) {
  return {"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.sqlite3\r\nLicaudit-Bytes: " + std::to_string(said) +
          "\r\nLicaudit-Sequence: 88\r\nLicaudit-Head: abc\r\n" + more_head + "Transfer-Encoding: chunked\r\n\r\n" +
          bytes};
}

/// In two chunks, with the end that says that all is there.
std::string chunked(const std::string& bytes) {
  const auto chunk = [](const std::string& part) {
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", part.size());
    return size + part + "\r\n";
  };
  return chunk(bytes.substr(0, 5)) + chunk(bytes.substr(5)) + "0\r\n\r\n";
}

struct host {
  explicit host(const reaction& what) : daemon([what](const std::string&) { return what; }) {}

  program_result backup(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"backup", file()});
    return run_licaudit(more, {{"LICAUDIT_SOCKET=" + daemon.socket()}});
  }
  std::string file() const { return daemon.directory() + "/copy.db"; }
  std::size_t files() const {  // without the socket
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(daemon.directory()), {})) - 1;
  }

  fake_daemon daemon;
};

std::string text_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST(backup, writes_the_bytes_of_the_daemon_to_a_new_file_for_the_caller_alone) {
  host one(backup_answer(chunked(content), content.size()));
  const auto result = one.backup();
  EXPECT_EQ(result.exit, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr(one.file()));
  EXPECT_THAT(result.out, HasSubstr("entry 88"));
  EXPECT_EQ(text_of(one.file()), content);
  EXPECT_THAT(one.daemon.requests().at(0), StartsWith("POST /v1/backup "));
  struct stat about {};
  ASSERT_EQ(::stat(one.file().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  EXPECT_EQ(one.files(), 1U);
}

TEST(backup, says_it_as_json_and_csv_too) {
  host one(backup_answer(chunked(content), content.size()));
  EXPECT_THAT(one.backup({"--json"}).out, HasSubstr(R"("sequence":88)"));
  std::filesystem::remove(one.file());
  EXPECT_THAT(one.backup({"--csv"}).out, StartsWith("path,bytes,sequence,head"));
}

TEST(backup, replaces_nothing_and_does_not_even_ask) {
  host one(backup_answer(chunked(content), content.size()));
  std::ofstream(one.file()) << "precious";
  const auto result = one.backup();
  EXPECT_EQ(result.exit, 5);
  EXPECT_THAT(result.err, HasSubstr("is there already"));
  EXPECT_EQ(text_of(one.file()), "precious");
  EXPECT_TRUE(one.daemon.requests().empty());
}

TEST(backup, of_which_the_end_is_missing_leaves_no_file) {
  const std::string half = "5\r\nSQLit\r\n";
  host cut(backup_answer(half, content.size()));
  EXPECT_EQ(cut.backup().exit, 3);
  EXPECT_EQ(cut.files(), 0U);
  host less(backup_answer(chunked(content), content.size() + 1));
  const auto result = less.backup();
  EXPECT_EQ(result.exit, 70);
  EXPECT_THAT(result.err, HasSubstr("without its end"));
  EXPECT_EQ(less.files(), 0U);
}

TEST(backup, that_is_refused_leaves_no_file_and_says_why) {
  host one(problem(503, "/var/lib/licaudit: needs 900 MiB and has room for 2 MiB; free space"));
  const auto result = one.backup();
  EXPECT_EQ(result.exit, 5);
  EXPECT_EQ(result.err, "licaudit: /var/lib/licaudit: needs 900 MiB and has room for 2 MiB; free space\n");
  EXPECT_EQ(one.files(), 0U);
  host other(json_answer("{}"));
  EXPECT_EQ(other.backup().exit, 70);
  EXPECT_EQ(other.files(), 0U);
}

TEST(backup, to_a_place_that_cannot_be_written_says_so_in_one_line) {
  host one(backup_answer(chunked(content), content.size()));
  for (const std::string path : {"/nonexistent/copy.db", "/proc/copy.db", "/tmp/"}) {
    const auto result = run_licaudit({"backup", path}, {{"LICAUDIT_SOCKET=" + one.daemon.socket()}});
    EXPECT_TRUE(result.exit == 5 || result.exit == 2) << path << result.exit;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  }
  const auto full = run_licaudit({"backup", "/dev/full"}, {{"LICAUDIT_SOCKET=" + one.daemon.socket()}});
  EXPECT_EQ(full.exit, 5);
  EXPECT_TRUE(one.daemon.requests().empty());
}

}  // namespace licaudit::cli

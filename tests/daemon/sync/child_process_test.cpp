#include "daemon/sync/child_process.hpp"

#include "tests/daemon/sync/loop_and_worker.hpp"
#include "tests/daemon/sync/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/read.hpp>

#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <csignal>
#include <sstream>

namespace licaudit::sync {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using testing::HasSubstr;

struct child_process_test : testing::Test {
  loop_and_worker threads;
  source_folder folder;

  std::string refusal(const std::filesystem::path& executable) {
    const auto started = child_process::start(threads.loop.get_executor(), executable, folder.path());
    return started ? "started" : started.error().detail;
  }

  static asio::awaitable<std::string> everything(child_process& child) {
    boost::system::error_code ignored;
    child.input().close(ignored);
    std::string text;
    co_await asio::async_read(child.output(), asio::dynamic_buffer(text), asio::as_tuple(asio::use_awaitable));
    if (!co_await child.ended_within(30s)) text += "(did not end)";
    co_return text;
  }

  std::string output_of(const std::string& script) {
    const auto file = folder.script("source", script);
    auto child = child_process::start(threads.loop.get_executor(), file, folder.path());
    if (!child) return child.error().detail;
    auto text = threads.run(everything(**child));
    run_ending ending;
    (*child)->reap(ending);
    EXPECT_EQ(to_text(ending), "exit 0");
    return text;
  }
};

TEST_F(child_process_test, refuses_what_is_no_executable_file) {
  EXPECT_THAT(refusal(folder.path() / "missing"), HasSubstr("name a plugin that is installed"));
  EXPECT_THAT(refusal(folder.path()), HasSubstr("not a regular file"));
  EXPECT_THAT(refusal("/dev/null"), HasSubstr("not a regular file"));
  EXPECT_THAT(refusal(folder.write("plain", "#!/bin/sh\n", 0644)), HasSubstr("chmod +x"));
}

TEST_F(child_process_test, refuses_what_anybody_may_write) {
  EXPECT_THAT(refusal(folder.write("open", "#!/bin/sh\n", 0757)), HasSubstr("anybody may write it"));
  const auto shared = folder.path() / "shared";
  std::filesystem::create_directory(shared);
  const auto inside = folder.write("shared/source", "#!/bin/sh\n", 0755);
  ASSERT_EQ(::chmod(shared.c_str(), 0777), 0);
  EXPECT_THAT(refusal(inside), HasSubstr("anybody may replace it"));
}

TEST_F(child_process_test, says_what_a_script_without_interpreter_lacks) {
  EXPECT_THAT(refusal(folder.write("bare", "echo hello\n", 0755)), HasSubstr("#!/bin/sh"));
}

TEST_F(child_process_test, refuses_a_folder_that_is_not_there) {
  const auto started =
      child_process::start(threads.loop.get_executor(), folder.script("source", ""), folder.path() / "gone");
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().detail, HasSubstr("no folder"));
}

TEST_F(child_process_test, runs_in_the_folder_it_is_given) {
  EXPECT_EQ(output_of("pwd -P\n"), std::filesystem::canonical(folder.path()).string() + "\n");
}

TEST_F(child_process_test, passes_four_variables_and_no_others) {
  ASSERT_EQ(::setenv("LICAUDIT_SECRET", "hush", 1), 0);
  ASSERT_EQ(::setenv("TZ", "UTC", 1), 0);
  ASSERT_EQ(::setenv("CREDENTIALS_DIRECTORY", "/nowhere", 1), 0);
  std::istringstream lines(output_of("tr '\\0' '\\n' < /proc/$$/environ\n"));
  std::string all;
  for (std::string line; std::getline(lines, line);) {
    const auto name = line.substr(0, line.find('='));
    EXPECT_TRUE(name == "PATH" || name == "LANG" || name == "TZ" || name == "CREDENTIALS_DIRECTORY") << line;
    all += line + '\n';
  }
  EXPECT_THAT(all, HasSubstr("PATH="));
  EXPECT_THAT(all, HasSubstr("TZ=UTC\n"));
  EXPECT_THAT(all, HasSubstr("CREDENTIALS_DIRECTORY=/nowhere\n"));
  ::unsetenv("LICAUDIT_SECRET");
  ::unsetenv("CREDENTIALS_DIRECTORY");
  ::unsetenv("TZ");
}

TEST_F(child_process_test, passes_no_file_but_the_three) {
  constexpr int leaked = 57;
  ASSERT_EQ(::dup2(STDERR_FILENO, leaked), leaked);  // without O_CLOEXEC, as a library might open it
  EXPECT_EQ(output_of("test -e /proc/$$/fd/57 && echo leaked\ntrue\n"), "");
  ::close(leaked);
}

TEST_F(child_process_test, leads_a_process_group_of_its_own) {
  EXPECT_EQ(output_of("test \"$(cut -d' ' -f5 /proc/$$/stat)\" = $$ && echo leads\n"), "leads\n");
}

TEST_F(child_process_test, starts_with_signals_as_they_come) {
  // SIGPIPE is ignored here from the first child on, and must not be there: a source would print into the void for
  // ever. (The two that glibc keeps for itself, 32 and 33, do not matter.)
  std::istringstream status(output_of("grep -E 'SigIgn|SigBlk' /proc/self/status\n"));
  int lines = 0;
  for (std::string line; std::getline(status, line); ++lines) EXPECT_TRUE(line.ends_with("0000000")) << line;
  EXPECT_EQ(lines, 2);
}

asio::awaitable<bool> wait_for(child_process& child, std::chrono::milliseconds at_most) {
  co_return co_await child.ended_within(at_most);
}

TEST_F(child_process_test, tells_a_child_that_ends_from_one_that_does_not) {
  const auto file = folder.script("source", "exec sleep 600\n");
  auto child = child_process::start(threads.loop.get_executor(), file, folder.path());
  ASSERT_TRUE(child);
  EXPECT_FALSE(threads.run(wait_for(**child, 10ms)));
  (*child)->signal_group(SIGTERM);
  EXPECT_TRUE(threads.run(wait_for(**child, 30s)));
  run_ending ending;
  (*child)->reap(ending);
  EXPECT_EQ(to_text(ending), "signal 15");
}

}  // namespace
}  // namespace licaudit::sync

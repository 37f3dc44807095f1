#pragma once

#include "tests/cli/fake_daemon.hpp"
#include "tests/cli/golden.hpp"
#include "tests/cli/program_run.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::cli {

// The real program talks to a fake daemon.

using words = std::vector<std::string>;

/// The same to every request.
inline fake_daemon::behaviour always(reaction what) {
  return [what = std::move(what)](const std::string&) { return what; };
}

inline fake_daemon::behaviour golden(const std::string& name) {
  return always(json_answer(golden_text(name)));
}

inline program_result run(const fake_daemon& daemon, const words& arguments, program_setting setting = {}) {
  setting.environment.push_back("LICAUDIT_SOCKET=" + daemon.socket());
  return run_licaudit(arguments, setting);
}

/// The method and target of the n-th request.
inline std::string asked(const fake_daemon& daemon, std::size_t n = 0) {
  const auto request = daemon.requests().at(n);
  return request.substr(0, request.find(" HTTP/1.1"));
}

inline std::string body_sent(const fake_daemon& daemon, std::size_t n = 0) {
  const auto request = daemon.requests().at(n);
  return request.substr(request.find("\r\n\r\n") + 4);
}

/// On standard error, as every failure is told.
inline void expect_one_line(const program_result& result) {
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
  EXPECT_THAT(result.err, testing::StartsWith("licaudit: "));
}

}  // namespace licaudit::cli

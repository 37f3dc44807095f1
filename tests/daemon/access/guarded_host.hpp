#pragma once

#include "tests/daemon/access/rights_table.hpp"
#include "tests/daemon/api/raw_client.hpp"
#include "tests/system/running_daemon.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace licaudit::test {

/// Somebody who asks, and what the settings say of him.
struct identity {
  std::string name;
  std::vector<mapping> mappings;
};

[[nodiscard]] const std::vector<identity>& identities();

/// Users and groups of the identities, by their place: those of even ones are users.
inline constexpr unsigned first_user = 27'000, first_group = 28'000, nobodys_group = 29'999;

/// The real daemon with a socket and a listener, and every identity in its settings: by token `token-of-NAME`, and as a
/// user or a group.
class guarded_host : public testing::Test {
 protected:
  void SetUp() override;
  [[nodiscard]] static std::string settings();
  /// At the listener.
  api::raw_answer ask(const std::string& token, const std::string& target, const std::string& headers = {});

  running_daemon host;
  std::uint16_t port = 0;
};

}  // namespace licaudit::test

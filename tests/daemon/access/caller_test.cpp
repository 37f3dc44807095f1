#include "daemon/access/caller.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace licaudit::access {
namespace {

TEST(caller_test, knows_the_peer_of_a_unix_socket) {
  std::array<int, 2> ends{};
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  const auto who = caller_of_socket(ends[0]);
  ASSERT_TRUE(who.has_value());
  EXPECT_EQ(who->uid, getuid());
  EXPECT_EQ(who->gid, getgid());
  std::vector<gid_t> own(1024);
  own.resize(static_cast<std::size_t>(getgroups(static_cast<int>(own.size()), own.data())));
  EXPECT_EQ(who->groups.size(), own.size());
  for (const gid_t group : own) EXPECT_TRUE(who->is_in_group(group));
  close(ends[0]);
  close(ends[1]);
}

TEST(caller_test, is_told_by_a_failure_when_the_kernel_does_not_know) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const auto who = caller_of_socket(ends[0]);
  ASSERT_TRUE(who.has_error());
  EXPECT_EQ(who.error().code, errc::unreachable);
  EXPECT_NE(who.error().detail.find("SO_PEERCRED"), std::string::npos) << who.error().detail;
  close(ends[0]);
  close(ends[1]);
}

TEST(caller_test, belongs_to_its_primary_and_its_supplementary_groups) {
  const caller who{1042, 100, {7, 8}};
  EXPECT_TRUE(who.is_in_group(100));
  EXPECT_TRUE(who.is_in_group(8));
  EXPECT_FALSE(who.is_in_group(9));
}

}  // namespace
}  // namespace licaudit::access

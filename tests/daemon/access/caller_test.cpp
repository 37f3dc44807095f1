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

TEST(caller_test, is_nobody_until_the_kernel_says_so) {
  const caller who;
  EXPECT_NE(who.uid, 0U);
  EXPECT_NE(who.gid, 0U);
  EXPECT_FALSE(who.is_in_group(0));
  EXPECT_FALSE(who.is_in_group(no_id));
}

TEST(caller_test, takes_the_digest_of_a_bearer_token) {
  for (const char* header : {"Bearer abc.DEF-1_~+/==", "bearer abc.DEF-1_~+/==", "BEARER   abc.DEF-1_~+/=="}) {
    const caller who = caller_of_authorization(header);
    EXPECT_EQ(who.door, door::listener);
    ASSERT_TRUE(who.token.has_value()) << header;
    EXPECT_EQ(*who.token, sha256("abc.DEF-1_~+/=="));
    EXPECT_EQ(who.uid, no_id);
  }
}

TEST(caller_test, takes_nothing_else_for_a_token) {
  for (const char* header : {"", "Bearer", "Bearer ", "Bearer  ", "Basic abc", "Bearerabc", "Bearer a b", "Bearer a,b",
                             "Bearer \xc3\xa4", "abc", " Bearer abc", "Bearer\tabc"}) {
    const caller who = caller_of_authorization(header);
    EXPECT_EQ(who.door, door::listener);
    EXPECT_FALSE(who.token.has_value()) << header;
  }
}

TEST(caller_test, compares_digests_to_the_last_byte) {
  const digest one = sha256("one");
  EXPECT_TRUE(are_same(one, sha256("one")));
  for (std::size_t i = 0; i < one.size(); ++i) {
    digest other = one;
    other[i] = static_cast<unsigned char>(other[i] ^ 1U);
    EXPECT_FALSE(are_same(one, other)) << i;
  }
}

}  // namespace
}  // namespace licaudit::access

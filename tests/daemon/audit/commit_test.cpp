// What a commit leaves to others: the checkpoint.
#include "tests/daemon/audit/scene.hpp"

#include <gtest/gtest.h>

#include <string>

namespace licaudit::audit {

TEST(commit, is_told_of_so_that_a_checkpoint_can_follow_the_answer) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  int told = 0;
  std::int64_t shown = 0;
  s.office().tell_of_commits([&] {
    ++told;
    shown = s.seen()->chain_sequence;
  });
  const auto made = s.office().set_switch("contoso", "ump", "user-interface", false, "north").value();
  EXPECT_EQ(told, 1);
  EXPECT_EQ(shown, made.operation) << "when everybody can see it";
  EXPECT_FALSE(s.office().set_switch("contoso", "ump", "direct-routing", false, "north"));
  EXPECT_EQ(told, 1) << "a refusal commits nothing";
}

TEST(commit, bounds_the_wal_even_if_nobody_makes_a_checkpoint) {
  scene s;
  operation large;
  large.type = "note";
  large.text = std::string(std::size_t{4} << 20U, 'x');
  for (int i = 0; i < 16; ++i) ASSERT_TRUE(s.office().record(large));
  EXPECT_LT(s.book().wal_bytes(), std::uintmax_t{48} << 20U);
}

}  // namespace licaudit::audit

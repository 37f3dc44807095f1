#include "daemon/ledger/packed_subjects.hpp"

#include "daemon/ledger/database.hpp"
#include "tests/daemon/ledger/scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::ledger {
namespace {

subject user(int number, std::size_t bytes = 40) {
  subject value;
  value.name = {"contoso", number % 2 == 0 ? subject_kind::user : subject_kind::number, "id" + std::to_string(number)};
  value.quantity = number;
  value.fields["tag"] = {std::string(bytes, 'x'), "y"};
  return value;
}

packed_subjects filled(const std::filesystem::path& folder, std::size_t most_in_memory, int count) {
  packed_subjects all(folder, most_in_memory);
  for (int i = 0; i < count; ++i) all.add(user(i), {static_cast<unsigned char>(i)}, i + 2);
  return all;
}

void expect_as_added(const packed_subjects& all, std::size_t which) {
  const auto one = all[which];
  EXPECT_EQ(one.line, (line_hash{static_cast<unsigned char>(which)}));
  EXPECT_EQ(one.line_number, static_cast<std::int64_t>(which) + 2);
  EXPECT_EQ(subject_of(one), user(static_cast<int>(which)));
}

TEST(packed_subjects, give_back_what_was_added_from_memory_and_from_the_file) {
  const scratch_state place;
  for (const std::size_t most_in_memory :
       {std::size_t{0}, std::size_t{200}, std::size_t{3000}, std::size_t{1} << 20U}) {
    const auto all = filled(place.folder(), most_in_memory, 50);
    ASSERT_EQ(all.size(), 50U);
    for (std::size_t i = 0; i < all.size(); ++i) expect_as_added(all, i);
    for (std::size_t i = all.size(); i-- > 0;) expect_as_added(all, i);
    for (const std::size_t i : {7U, 8U, 3U, 49U, 4U}) expect_as_added(all, i);
  }
}

TEST(packed_subjects, may_be_larger_than_what_is_read_at_once) {
  const scratch_state place;
  packed_subjects all(place.folder(), 0);
  for (int i = 0; i < 3; ++i) all.add(user(i, std::size_t{400} << 10U), {}, i);
  for (const int i : {2, 0, 1})
    EXPECT_EQ(subject_of(all[static_cast<std::size_t>(i)]), user(i, std::size_t{400} << 10U));
}

TEST(packed_subjects, keep_their_order_when_some_are_left_out) {
  const scratch_state place;
  auto all = filled(place.folder(), 300, 6);
  all.erase({true, false, false, true, false, true});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].id, "id1");
  EXPECT_EQ(all[1].id, "id2");
  EXPECT_EQ(all[2].id, "id4");
}

TEST(packed_subjects, leave_no_file_that_anybody_sees) {
  const scratch_state place;
  const auto all = filled(place.folder(), 0, 10);
  EXPECT_TRUE(std::filesystem::is_empty(place.folder()));
}

TEST(packed_subjects, say_where_they_cannot_be_put_aside) {
  packed_subjects all("/nowhere/at-all", 1);
  all.add(user(1), {}, 1);
  try {
    all.add(user(2), {}, 2);
    FAIL() << "there is no such folder";
  } catch (const storage_error& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("/nowhere/at-all: no file can be made"));
  }
}

}  // namespace
}  // namespace licaudit::ledger

#include "model/interned_text.hpp"

#include <gtest/gtest.h>

#include <boost/unordered/unordered_flat_set.hpp>

#include <array>
#include <map>
#include <thread>
#include <type_traits>
#include <vector>

namespace licaudit {

TEST(interned_text, is_one_text_for_all_who_name_it) {
  const std::string name = "lifecycle-management";
  const interned_text first(name), second("lifecycle-management"), other("direct-routing");
  EXPECT_EQ(&first.text(), &second.text());
  EXPECT_EQ(first, second);
  EXPECT_NE(first, other);
  EXPECT_EQ(first.text(), name);
}

TEST(interned_text, is_a_pointer_to_copy) {
  EXPECT_EQ(sizeof(interned_text), sizeof(void*));
  EXPECT_TRUE(std::is_trivially_copyable_v<interned_text>);
  EXPECT_TRUE(std::is_trivially_destructible_v<interned_text>);
}

TEST(interned_text, is_empty_until_it_is_given) {
  const interned_text none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none, interned_text(""));
  EXPECT_EQ(none, "");
  EXPECT_FALSE(interned_text("a").empty());
}

TEST(interned_text, stays_when_the_text_that_named_it_goes) {
  interned_text kept;
  {
    const std::string passing(100, 'x');
    kept = passing;
  }
  EXPECT_EQ(kept, std::string(100, 'x'));
}

TEST(interned_text, is_ordered_by_its_letters) {
  const interned_text later("b"), earlier("a");  // made in this order
  EXPECT_LT(earlier, later);
  EXPECT_LT(earlier, std::string("b"));
  EXPECT_GT(std::string_view("b"), earlier);
}

TEST(interned_text, is_taken_where_a_text_is) {
  const interned_text ump("ump");
  EXPECT_EQ(ump, std::string("ump"));
  EXPECT_EQ(std::string_view("ump"), ump);
  EXPECT_NE(ump, "umq");
  EXPECT_EQ(ump + "/" + interned_text("dr"), "ump/dr");
  EXPECT_EQ(std::string("a ") + ump, "a ump");
  std::map<std::string, int, std::less<>> quantities{{"ump", 3}};
  EXPECT_EQ(quantities.find(ump)->second, 3);
  std::string text = ump;
  text += ump;
  EXPECT_EQ(text, "umpump");
}

TEST(interned_text, is_found_by_its_hash) {
  const boost::unordered_flat_set<interned_text> names{interned_text("a"), interned_text("b"), interned_text("a")};
  EXPECT_EQ(names.size(), 2U);
  EXPECT_TRUE(names.contains(interned_text("b")));
}

TEST(interned_text, is_made_by_several_threads_at_once) {
  constexpr int names = 500;
  std::array<std::vector<interned_text>, 4> made;
  std::vector<std::thread> all;
  all.reserve(made.size());
  for (auto& own : made)
    all.emplace_back([&own] {
      own.reserve(names);
      for (int i = 0; i < names; ++i) own.emplace_back("thread-name-" + std::to_string(i));
    });
  for (auto& one : all) one.join();
  for (const auto& own : made) EXPECT_EQ(own, made[0]);
}

}  // namespace licaudit

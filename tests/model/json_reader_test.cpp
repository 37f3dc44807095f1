#include "tests/model/written.hpp"

#include <gtest/gtest.h>

#include <string>

namespace licaudit {
namespace {

std::string outcome(json_reader& in) {
  const auto wrong = in.finish();
  return wrong ? wrong->detail : "fine";
}

TEST(json_reader_test, reads_every_kind_of_member) {
  const auto value = relaxed("{'t':' x ','i':-3,'d':2.5,'f':true,'o':{'a':1},'l':[1],'v':null}");
  json_reader in(value, "thing");
  EXPECT_EQ(in.text("t"), " x ");
  EXPECT_EQ(in.integer("i"), -3);
  EXPECT_EQ(in.optional_integer("i"), -3);
  EXPECT_EQ(in.optional_number("d"), 2.5);
  EXPECT_EQ(in.optional_number("i"), -3.0);
  EXPECT_TRUE(in.optional_flag("f", false));
  ASSERT_NE(in.optional_object("o"), nullptr);
  EXPECT_EQ(in.optional_object("o")->size(), 1U);
  ASSERT_NE(in.optional_array("l"), nullptr);
  ASSERT_NE(in.optional_value("v"), nullptr);
  EXPECT_TRUE(in.optional_value("v")->is_null());
  EXPECT_TRUE(in.has("v"));
  EXPECT_EQ(outcome(in), "fine");
}

TEST(json_reader_test, lets_optional_members_be_absent_or_null) {
  for (const auto* text : {"{}", "{'k':null}"}) {
    const auto value = relaxed(text);
    json_reader in(value, "thing");
    EXPECT_EQ(in.optional_text("k", "other"), "other");
    EXPECT_EQ(in.optional_integer("k"), std::nullopt);
    EXPECT_EQ(in.optional_number("k"), std::nullopt);
    EXPECT_TRUE(in.optional_flag("k", true));
    EXPECT_EQ(in.optional_object("k"), nullptr);
    EXPECT_EQ(in.optional_array("k"), nullptr);
    EXPECT_EQ(outcome(in), "fine");
  }
}

TEST(json_reader_test, takes_whole_numbers_in_any_spelling) {
  const auto value = relaxed("{'a':5.0,'b':5e2,'c':9223372036854775807}");
  json_reader in(value, "thing");
  EXPECT_EQ(in.integer("a"), 5);
  EXPECT_EQ(in.integer("b"), 500);
  EXPECT_EQ(in.integer("c"), 9223372036854775807);
  EXPECT_EQ(outcome(in), "fine");
}

TEST(json_reader_test, refuses_numbers_that_are_not_whole) {
  for (const auto* text : {"1.5", "1e300", "9223372036854775808", "'5'", "true", "[5]"}) {
    const auto value = relaxed("{'n':" + std::string(text) + "}");
    json_reader in(value, "thing");
    EXPECT_EQ(in.integer("n"), 0);
    EXPECT_TRUE(in.finish()) << text;
    json_reader optional(value, "thing");
    EXPECT_EQ(optional.optional_integer("n"), std::nullopt);
    EXPECT_TRUE(optional.finish()) << text;
  }
}

TEST(json_reader_test, names_thing_key_and_what_was_found) {
  const auto value = relaxed("{'acquired':'many'}");
  json_reader in(value, "tenant contoso");
  EXPECT_EQ(in.optional_object("acquired"), nullptr);
  EXPECT_EQ(outcome(in), "tenant contoso: acquired: expected a map, found 'many'");
}

TEST(json_reader_test, says_so_when_a_member_is_missing) {
  const auto value = relaxed("{}");
  json_reader text(value, "thing");
  EXPECT_EQ(text.text("name"), "");
  EXPECT_EQ(outcome(text), "thing: name: expected a text, found nothing");
  json_reader number(value, "thing");
  EXPECT_EQ(number.integer("count"), 0);
  EXPECT_EQ(outcome(number), "thing: count: expected a whole number, found nothing");
}

TEST(json_reader_test, names_the_type_it_expected) {
  const auto value = relaxed("{'k':[]}");
  const auto after = [&](auto read) {
    json_reader in(value, "thing");
    read(in);
    return outcome(in);
  };
  EXPECT_EQ(after([](auto& in) { (void)in.optional_text("k"); }), "thing: k: expected a text, found a list");
  EXPECT_EQ(after([](auto& in) { (void)in.optional_number("k"); }), "thing: k: expected a number, found a list");
  EXPECT_EQ(after([](auto& in) { (void)in.optional_flag("k", true); }),
            "thing: k: expected true or false, found a list");
  const auto map = relaxed("{'k':{}}");
  json_reader in(map, "thing");
  EXPECT_EQ(in.optional_array("k"), nullptr);
  EXPECT_EQ(outcome(in), "thing: k: expected a list, found a map");
}

TEST(json_reader_test, remembers_the_first_error_only) {
  const auto value = relaxed("{'a':1,'b':2,'other':3}");
  json_reader in(value, "thing");
  (void)in.text("a");
  (void)in.text("b");
  in.refuse("b", "something else");
  EXPECT_EQ(outcome(in), "thing: a: expected a text, found 1");
}

TEST(json_reader_test, refuses_unknown_members_unless_allowed) {
  const auto value = relaxed("{'a':1,'colour':'red'}");
  json_reader in(value, "thing");
  (void)in.integer("a");
  (void)in.optional_text("b");
  EXPECT_EQ(outcome(in), "thing: unknown key 'colour'; known are a, b");

  json_reader tolerant(value, "thing");
  tolerant.allow_others();
  EXPECT_EQ(outcome(tolerant), "fine");
}

TEST(json_reader_test, survives_a_value_that_is_no_map) {
  const auto value = relaxed("[1]");
  json_reader in(value, "thing");
  EXPECT_FALSE(in.has("a"));
  EXPECT_EQ(in.text("a"), "");
  EXPECT_EQ(in.optional_value("a"), nullptr);
  in.refuse("a", "something");
  in.allow_others();
  EXPECT_EQ(outcome(in), "thing: expected a map, found a list");
}

TEST(json_reader_test, takes_an_error_of_the_caller) {
  const auto value = relaxed("{'a':-1}");
  json_reader in(value, "thing");
  if (in.integer("a") < 0) in.refuse("a", "a whole number of at least 0");
  EXPECT_EQ(outcome(in), "thing: a: expected a whole number of at least 0, found -1");
}

}  // namespace
}  // namespace licaudit

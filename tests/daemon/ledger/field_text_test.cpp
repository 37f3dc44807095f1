#include "daemon/ledger/field_text.hpp"

#include "daemon/ledger/database.hpp"

#include <gtest/gtest.h>

#include <random>

namespace licaudit::ledger {
namespace {

std::string by_document(const field_map& fields) {
  return canonical_json(fields_to_json(fields));
}

TEST(field_text, is_the_canonical_json_of_the_fields) {
  for (const field_map& fields :
       {field_map{}, field_map{{"upn", {"ann@example.com"}}}, field_map{{"b", {"x", "y"}}, {"a", {"1"}}},
        field_map{{"empty", {}}, {"full", {"1"}}}, field_map{{"quoted", {"a \"b\" \\ c"}}},
        field_map{{"control", {"a\tb"}}}, field_map{{"\xc3\xa4", {"\xe2\x82\xac"}}, {"z", {"\xf0\x9f\x98\x80"}}}}) {
    EXPECT_EQ(text_of(fields), by_document(fields));
    auto kept = fields;
    std::erase_if(kept, [](const auto& field) { return field.second.empty(); });
    EXPECT_EQ(fields_of(text_of(fields)), kept);
  }
}

TEST(field_text, of_any_bytes_that_json_can_hold_comes_back) {
  std::mt19937 random(11);
  const auto text = [&random] {
    std::string made;
    for (auto left = 1 + random() % 12; left > 0; --left) made += static_cast<char>(1 + random() % 126);
    return made;
  };
  for (int round = 0; round < 2000; ++round) {
    field_map fields;
    for (auto left = random() % 4; left > 0; --left)
      if (auto value = make_field_value({text(), text()}); !value.empty()) fields[text()] = value;
    ASSERT_EQ(text_of(fields), by_document(fields));
    ASSERT_EQ(fields_of(text_of(fields)), fields);
  }
}

TEST(field_text, that_is_damaged_is_refused) {
  for (const char* damaged : {"", "{", "[]", "{\"a\"}", "{\"a\":1}", "{\"a\":\"b\"}x", "{\"a\":[\"b\",]}", "{\"a\":[}"})
    EXPECT_THROW(static_cast<void>(fields_of(damaged)), storage_error) << damaged;
}

}  // namespace
}  // namespace licaudit::ledger

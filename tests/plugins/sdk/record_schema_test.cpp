#include "model/json.hpp"
#include "plugins/sdk/parse_record.hpp"
#include "plugins/sdk/text_file.hpp"

#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace licaudit::sdk {
namespace {

json::object schema_kinds() {
  const auto text = read_text_file(LICAUDIT_SOURCE_DIRECTORY "/plugins/include/licaudit/record.schema.json").value();
  json::object kinds;
  const auto schema = parse_json(text).value();
  for (const auto& member : schema.at("$defs").as_object()) {
    if (member.value().as_object().contains("properties")) kinds[member.key()] = member.value();
  }
  return kinds;
}

TEST(record_schema, describes_every_kind_that_is_read) {
  std::set<std::string> kinds;
  for (const auto& kind : schema_kinds()) kinds.insert(std::string(kind.key()));
  EXPECT_EQ(kinds, (std::set<std::string>{"begin", "end", "left_out", "meter", "number", "progress", "remove", "tenant",
                                          "user"}));
}

TEST(record_schema, has_examples_that_are_read_as_sound) {
  for (const auto& kind : schema_kinds()) {
    for (const auto& example : kind.value().at("examples").as_array()) {
      const auto line = json::serialize(example);
      EXPECT_EQ(example.at("kind").as_string(), kind.key());
      EXPECT_TRUE(std::holds_alternative<record>(parse_record(line).value())) << line;
    }
  }
}

TEST(record_schema, requires_what_the_reader_requires) {
  for (const auto& kind : schema_kinds()) {
    for (const auto& key : kind.value().at("required").as_array()) {
      if (key.as_string() == "kind") continue;
      auto example = kind.value().at("examples").as_array().front().as_object();
      example.erase(key.as_string());
      const auto parsed = parse_record(json::serialize(example));
      EXPECT_FALSE(parsed && std::holds_alternative<record>(*parsed)) << json::serialize(example);
    }
  }
}

TEST(record_schema, allows_no_key_that_the_reader_refuses) {
  for (const auto& kind : schema_kinds()) {
    auto example = kind.value().at("examples").as_array().front().as_object();
    example["surplus"] = 1;
    const auto parsed = parse_record(json::serialize(example));
    EXPECT_FALSE(kind.value().at("additionalProperties").as_bool());
    EXPECT_FALSE(parsed && std::holds_alternative<record>(*parsed)) << json::serialize(example);
  }
}

}  // namespace
}  // namespace licaudit::sdk

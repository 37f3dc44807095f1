#include "plugins/sources/csv/csv_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::csv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

csv_config read(std::string_view text) {
  return read_csv_config(parse_json(text).value()).value();
}
std::string wrong(std::string_view text) {
  const auto config = read_csv_config(parse_json(text).value());
  return config ? "accepted" : config.error().detail;
}

TEST(csv_config, is_read) {
  const auto config = read(R"({"path":"p","delimiter":"tab","kind":"number","id":"DID","tenant":"T","quantity":"Q",
      "columns":{"DID":"number","Groups":{"field":"groups","separator":";"}},"where":{"State":"live","Type":["a","b"]}})");
  EXPECT_EQ(config.path, "p");
  EXPECT_EQ(config.delimiter, '\t');
  EXPECT_EQ(config.kind, subject_kind::number);
  EXPECT_EQ(config.id, "DID");
  EXPECT_EQ(config.tenant, "T");
  EXPECT_EQ(config.quantity, "Q");
  ASSERT_EQ(config.columns.size(), 2U);
  EXPECT_EQ(config.columns[1].column, "Groups");
  EXPECT_EQ(config.columns[1].field, "groups");
  EXPECT_EQ(config.columns[1].separator, ";");
  ASSERT_EQ(config.where.size(), 2U);
  EXPECT_THAT(config.where[1].values, ElementsAre("a", "b"));
}

TEST(csv_config, needs_path_and_id_only) {
  const auto config = read(R"({"path":"p","id":"UPN"})");
  EXPECT_EQ(config.kind, subject_kind::user);
  EXPECT_EQ(config.delimiter, std::nullopt);
}

TEST(csv_config, says_what_is_wrong) {
  EXPECT_THAT(wrong("{}"), HasSubstr("path"));
  EXPECT_THAT(wrong(R"({"path":"p"})"), HasSubstr("id"));
  EXPECT_THAT(wrong(R"({"path":"","id":"x"})"), HasSubstr("path"));
  EXPECT_THAT(wrong(R"({"path":"p","id":"x","kind":"meter"})"), HasSubstr("user or number"));
  EXPECT_THAT(wrong(R"({"path":"p","id":"x","delimiter":";;"})"), HasSubstr("one character"));
  EXPECT_THAT(wrong(R"({"path":"p","id":"x","delimiter":"\""})"), HasSubstr("one character"));
  EXPECT_THAT(wrong(R"({"path":"p","id":"x","columns":{"A":7}})"), HasSubstr("columns: 'A'"));
  EXPECT_THAT(wrong(R"({"path":"p","id":"x","columns":{"A":""}})"), HasSubstr("empty name"));
  EXPECT_THAT(wrong(R"({"path":"p","id":"x","columns":{"A":{"field":"f","sep":";"}}})"), HasSubstr("sep"));
  EXPECT_THAT(wrong(R"({"path":"p","id":"x","where":{"A":[]}})"), HasSubstr("where: 'A'"));
  EXPECT_THAT(wrong(R"({"path":"p","id":"x","where":{"A":["x",7]}})"), HasSubstr("where: 'A'"));
  EXPECT_THAT(wrong(R"({"path":"p","id":"x","colums":{}})"), HasSubstr("colums"));
}

}  // namespace
}  // namespace licaudit::csv

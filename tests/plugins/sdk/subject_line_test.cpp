#include "plugins/sdk/subject_line.hpp"

#include "plugins/sdk/parse_record.hpp"

#include <gtest/gtest.h>

namespace licaudit::sdk {
namespace {

/// As a document is read: the blank makes one of any line.
subject by_document(const std::string& line) {
  return std::get<subject_record>(std::get<record>(parse_record(line + ' ').value())).value;
}

TEST(subject_line, says_what_the_document_says) {
  subject_line reader;
  for (const std::string line : {
           R"({"kind":"user","tenant":"contoso","id":"ann","fields":{"a":"1","b":"2"}})",
           R"({"kind":"number","tenant":"contoso","id":"+44","quantity":12})",
           R"({"kind":"user","id":"ann"})",
           R"({"kind":"user","tenant":"","id":" ann\t","fields":{}})",
           R"({"fields":{"b":"2","a":"1"},"id":"ann","kind":"user","quantity":0,"tenant":" contoso "})",
           R"({ "kind" : "user" , "id" : "ann" , "fields" : { "a" : [ "2" , " 1", "2", "" ] , "b" : " " } })",
           R"({"kind":"user","id":"\u00e4nn \"x\"","fields":{"n\u0061me":"\u00fc\\\n","":"nameless"}})",
           "{\"kind\":\"user\",\"id\":\"\xc3\xa4nn\",\"fields\":{\"b\":[],\"a\":[\"\xf0\x9f\x98\x80\",\"z\"]}}",
       }) {
    const auto* read = reader.read(line);
    ASSERT_NE(read, nullptr) << line;
    EXPECT_EQ(subject_of(*read), by_document(line)) << line;
    EXPECT_EQ(subject_of(*read), std::get<subject_record>(std::get<record>(parse_record(line).value())).value);
  }
}

TEST(subject_line, leaves_everything_else_to_the_document) {
  subject_line reader;
  for (const std::string line : {
           R"({"kind":"begin","protocol":1,"mode":"snapshot"})",
           R"({"kind":"meter","id":"gb","used":7.5,"unit":"GB"})",
           R"({"kind":"remove","of":"user","id":"ann"})",
           R"({"kind":"user"})",
           R"({"id":"ann"})",
           R"({"kind":"user","id":"ann","other":1})",
           R"({"kind":"user","id":"ann","id":"bob"})",
           R"({"kind":"user","id":"ann","fields":{"a":"1","a":"2"}})",
           R"({"kind":"user","id":"ann","fields":{"b":"1","a":"x","b":""}})",
           R"({"kind":"user","id":"ann","fields":"a"})",
           R"({"kind":"user","id":"ann","fields":{"a":1}})",
           R"({"kind":"user","id":"ann","fields":{"a":{}}})",
           R"({"kind":"user","id":"ann","fields":{"a":[["b"]]}})",
           R"({"kind":"user","id":"ann","fields":["a"]})",
           R"({"kind":"user","id":["ann"]})",
           R"({"kind":"user","id":{"fields":"x"}})",
           R"({"kind":"user","id":17})",
           R"({"kind":"user","id":"ann","tenant":null})",
           R"({"kind":"user","id":"ann","tenant":"a b"})",
           R"({"kind":"user","id":"ann","quantity":-1})",
           R"({"kind":"user","id":"ann","quantity":1.0})",
           R"({"kind":"user","id":"ann","quantity":18446744073709551615})",
           R"({"kind":"user","id":"a\u0000"})",
           R"({"kind":"user","id":"ann","fields":{"a":"\u0000"}})",
           R"({"kind":"user","id":"a\nb"})",
           R"({"kind":"user","id":"ann"}x)",
           R"({"kind":"user","id":"ann")",
           "{\"kind\":\"user\",\"id\":\"\xff\"}",
           R"(["user"])",
           R"("user")",
           "",
       }) {
    EXPECT_EQ(reader.read(line), nullptr) << line;
  }
}

TEST(subject_line, forgets_the_line_before) {
  subject_line reader;
  ASSERT_NE(reader.read(R"({"kind":"number","tenant":"contoso","id":"1","quantity":3,"fields":{"a":"1"}})"), nullptr);
  EXPECT_EQ(reader.read(R"({"kind":"user","id":"ann","fields":{"a":)"), nullptr);
  const auto* read = reader.read(R"({"kind":"user","id":"ann"})");
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(subject_of(*read), (subject{{"", subject_kind::user, "ann"}, {}, 1}));
}

}  // namespace
}  // namespace licaudit::sdk

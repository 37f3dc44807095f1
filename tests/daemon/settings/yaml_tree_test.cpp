#include "daemon/settings/yaml_tree.hpp"

#include "daemon/settings/nearest_name.hpp"
#include "daemon/settings/yaml_value.hpp"
#include "tests/daemon/settings/settings_folder.hpp"

#include <boost/json/serialize.hpp>

namespace licaudit::settings {
namespace {

const std::filesystem::path file = "a.yaml";

/// All documents as JSON, one a line, or the problems.
std::string read(const std::string& text) {
  std::vector<problem> problems;
  const auto documents = parse_yaml(text, file, problems);
  std::string shown;
  if (documents) {
    for (const auto& each : *documents) {
      check_tree(yaml_value(each, "", file, problems));
      shown += json::serialize(to_json(each)) + "\n";
    }
  }
  if (problems.empty()) return shown;
  shown.clear();
  for (const auto& each : problems) shown += to_text(each) + "\n";
  return shown;
}

TEST(yaml_tree, types_plain_scalars_by_its_own_rules) {
  const std::pair<const char*, yaml_kind> cases[] = {{"", yaml_kind::nothing},
                                                     {"~", yaml_kind::nothing},
                                                     {"null", yaml_kind::nothing},
                                                     {"true", yaml_kind::flag},
                                                     {"False", yaml_kind::flag},
                                                     {"yes", yaml_kind::text},
                                                     {"on", yaml_kind::text},
                                                     {"no", yaml_kind::text},
                                                     {"0", yaml_kind::integer},
                                                     {"-7", yaml_kind::integer},
                                                     {"44207", yaml_kind::integer},
                                                     {"9223372036854775807", yaml_kind::integer},
                                                     {"9223372036854775808", yaml_kind::doubtful},
                                                     {"1.5", yaml_kind::real},
                                                     {"-0.5", yaml_kind::real},
                                                     {"1e3", yaml_kind::real},
                                                     {"1e999", yaml_kind::doubtful},
                                                     {"+44207", yaml_kind::doubtful},
                                                     {"010", yaml_kind::doubtful},
                                                     {"-010", yaml_kind::doubtful},
                                                     {"00", yaml_kind::doubtful},
                                                     {"+1.5", yaml_kind::doubtful},
                                                     {".5", yaml_kind::doubtful},
                                                     {"5.", yaml_kind::doubtful},
                                                     {"0x1f", yaml_kind::doubtful},
                                                     {"0o17", yaml_kind::doubtful},
                                                     {".inf", yaml_kind::doubtful},
                                                     {"-.inf", yaml_kind::doubtful},
                                                     {".nan", yaml_kind::doubtful},
                                                     {"2027-01-01", yaml_kind::text},
                                                     {"15m", yaml_kind::text},
                                                     {"20%", yaml_kind::text},
                                                     {".", yaml_kind::text},
                                                     {"+", yaml_kind::text},
                                                     {"-", yaml_kind::text},
                                                     {"+44 20 7946", yaml_kind::text},
                                                     {"1.2.3", yaml_kind::text},
                                                     {"127.0.0.1:9478", yaml_kind::text},
                                                     {"0x", yaml_kind::text},
                                                     {"+9723975[3000-3099]", yaml_kind::text}};
  for (const auto& [text, kind] : cases) EXPECT_EQ(kind_of_plain(text), kind) << text;
}

TEST(yaml_tree, keeps_texts_as_texts) {
  EXPECT_EQ(read("a: '010'\nb: \"+44207\"\nc: 'true'\nd: ''\ne: !!str 010\nf: |\n  0\n"),
            R"({"a":"010","b":"+44207","c":"true","d":"","e":"010","f":"0\n"})"
            "\n");
  EXPECT_EQ(read("a: 10\nb: true\nc: 1.5\nd:\ne: [~, x]\n"),
            "{\"a\":10,\"b\":true,\"c\":1.5E0,\"d\":null,\"e\":[null,\"x\"]}\n");
}

TEST(yaml_tree, refuses_telephone_numbers_without_quotes) {
  EXPECT_EQ(
      read("a: +44207\nb: [010]\n"),
      "a.yaml:1:4: a: expected a quoted text or a plain number, found +44207, which some readers take for another "
      "number: quote it, '+44207'\n"
      "a.yaml:2:5: b[0]: expected a quoted text or a plain number, found 010, which some readers take for another "
      "number: quote it, '010'\n");
}

TEST(yaml_tree, refuses_duplicate_keys_at_any_level) {
  EXPECT_EQ(read("a: 1\nb:\n  - c: 1\n    c: 1\na: 2\n"),
            "a.yaml:4:5: b[0].c: expected each key once, found 'c' again after line 3\n"
            "a.yaml:5:1: a: expected each key once, found 'a' again after line 1\n");
}

TEST(yaml_tree, says_where_yaml_is_broken) {
  EXPECT_EQ(read("a: [1,\nb: 2\n"), "a.yaml:3:1: expected YAML, found end of sequence flow not found\n");
  EXPECT_EQ(read("a: b: c\n"), "a.yaml:1:5: expected YAML, found illegal map value\n");
  EXPECT_EQ(read("a: !secret x\n"),
            "a.yaml:1:4: expected YAML, found the tag !secret, which means nothing here: leave it out\n");
  EXPECT_EQ(read("a: *b\n"), "a.yaml:1:4: expected YAML, found the referenced anchor is not defined\n");
  EXPECT_EQ(read("[a]: b\n"),
            "a.yaml:1:1: expected YAML, found a list or map where a key is expected: quote the text\n");
  EXPECT_EQ(read(std::string("a: 1\0", 5)), "a.yaml: this is not a text in UTF-8\n");
}

TEST(yaml_tree, refuses_a_quote_that_is_never_closed) {
  // yaml-cpp alone takes the rest of the file as the text.
  EXPECT_EQ(read("a: 'x\nb: 1\n"), "a.yaml:3:1: expected YAML, found a quoted text before here that is never closed\n");
  EXPECT_EQ(read("a: \"x"), "a.yaml:2:1: expected YAML, found a quoted text before here that is never closed\n");
}

TEST(yaml_tree, reads_several_documents_and_skips_empty_ones) {
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read("# nothing\n"), "");
  EXPECT_EQ(read("a: 1\n---\n---\n- b\n...\n"), "{\"a\":1}\n[\"b\"]\n");
  EXPECT_EQ(read("\xef\xbb\xbf"
                 "a: 1\r\nb: x\r\n"),
            "{\"a\":1,\"b\":\"x\"}\n");
}

TEST(yaml_tree, expands_aliases_within_measure) {
  EXPECT_EQ(read("a: &x [1, 2]\nb: *x\n"), "{\"a\":[1,2],\"b\":[1,2]}\n");
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 1; k < 10; ++k) bomb += ", " + before;
    bomb += "]\n";
  }
  EXPECT_NE(read(bomb).find("aliases that grow beyond measure"), std::string::npos);
  std::string long_text = "- &a " + std::string(1'000'000, 'x') + "\n";
  for (int i = 0; i < 100; ++i) long_text += "- *a\n";
  EXPECT_NE(read(long_text).find("aliases that grow beyond measure"), std::string::npos);
}

TEST(yaml_tree, refuses_nesting_that_json_could_not_carry) {
  EXPECT_EQ(read(std::string(33, '[') + std::string(33, ']')),
            "a.yaml:1:33: expected YAML, found more than 32 levels\n");
  EXPECT_NE(read(std::string(100000, '[')).find("more than 32 levels"), std::string::npos);
}

TEST(yaml_tree, refuses_a_sign_that_begins_nothing_instead_of_reading_it_for_ever) {
  EXPECT_EQ(read(",a"), "a.yaml:1:1: expected YAML, found a sign that begins no value: quote the text\n");
  EXPECT_NE(read("a: 1\n---\n]").find("expected YAML"), std::string::npos);
  EXPECT_EQ(read("---\n---\n---\na\n"), "\"a\"\n");
}

TEST(yaml_tree, keeps_a_problem_on_one_line_whatever_the_file_says) {
  EXPECT_EQ(read("\"a\\nb\": 1\n\"a\\nb\": 2\n"),
            "a.yaml:2:1: a?b: expected each key once, found 'a?b' again after line 1\n");
}

TEST(nearest_name, guesses_what_was_meant_and_no_more) {
  const std::vector<std::string> known{"sources", "socket", "state", "schedule"};
  EXPECT_EQ(nearest_name("source", known), "sources");
  EXPECT_EQ(nearest_name("shedule", known), "schedule");
  EXPECT_EQ(nearest_name("banana", known), "");
  EXPECT_EQ(nearest_name(std::string(1000, 'x'), known), "");
}

class read_yaml_file : public settings_folder {};

TEST_F(read_yaml_file, says_what_is_no_readable_file) {
  std::vector<problem> problems;
  EXPECT_FALSE(read_yaml(folder_ / "none.yaml", problems));
  EXPECT_FALSE(read_yaml(folder_, problems));
  EXPECT_TRUE(read_yaml(write("empty.yaml", ""), problems));
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(to_text(problems[0]), (folder_ / "none.yaml").string() + ": there is no such file");
  EXPECT_EQ(to_text(problems[1]), folder_.string() + ": this is not a regular file");
}

}  // namespace
}  // namespace licaudit::settings

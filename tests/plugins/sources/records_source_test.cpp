#include "plugins/sources/records/records_source.hpp"

#include "tests/plugins/scratch_directory.hpp"
#include "tests/plugins/sources/captured_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace licaudit::records {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::string begin = R"({"kind":"begin","protocol":1,"mode":"snapshot"})"
                          "\n";
const std::string ann = R"({"kind":"user","tenant":"t","id":"ann"})"
                        "\n";
const std::string bob = R"({"kind":"user","tenant":"t","id":"bob"})"
                        "\n";
const std::string end = R"({"kind":"end"})"
                        "\n";

test::captured_run run(const std::string& path) {
  return test::capture([&path](sdk::record_writer& out) { return pass_on(path, out); });
}

TEST(records_source, passes_a_file_on) {
  const auto printed = run(test::data_file("records/contoso.ndjson"));
  EXPECT_THAT(printed.problem, IsEmpty());
  EXPECT_TRUE(printed.complete);
  EXPECT_EQ(printed.cursor, "c1");
  EXPECT_NE(printed.find("ann@contoso.example"), nullptr);
  EXPECT_THAT(printed.text, HasSubstr(R"({"kind":"tenant","id":"contoso","name":"Contoso Ltd")"));
}

TEST(records_source, thinks_begin_and_end_of_a_plain_list) {
  const test::scratch_directory directory;
  const auto printed = run(directory.write("f.ndjson", ann + "\n  \n" + bob));
  EXPECT_TRUE(printed.complete);
  EXPECT_EQ(printed.text, begin + ann + bob + end);
}

TEST(records_source, accepts_what_editors_do_to_a_file) {
  const test::scratch_directory directory;
  const auto printed = run(directory.write(
      "f.ndjson", "\xEF\xBB\xBF{\"kind\":\"user\",\"id\":\"ann\"}\r\n{\"kind\":\"user\",\"id\":\"bob\"}"));
  EXPECT_TRUE(printed.complete);
  EXPECT_EQ(printed.subjects.size(), 2U);
}

TEST(records_source, joins_the_files_of_a_directory) {
  const test::scratch_directory directory;
  (void)directory.write("2.jsonl", begin + bob + end);
  (void)directory.write("1.ndjson", ann);
  (void)directory.write("notes.txt", "garbage");
  (void)directory.write(".1.ndjson", "half written");
  const auto printed = run(directory.path());
  EXPECT_THAT(printed.problem, IsEmpty());
  EXPECT_EQ(printed.text, begin + ann + bob + end);
}

TEST(records_source, passes_a_delta_on) {
  const test::scratch_directory directory;
  const std::string text = R"({"kind":"begin","protocol":1,"mode":"delta"})"
                           "\n"
                           R"({"kind":"remove","of":"user","tenant":"t","id":"bob"})"
                           "\n" +
                           end;
  EXPECT_EQ(run(directory.write("f.ndjson", text)).text, text);
  (void)directory.write("g.ndjson", ann);
  EXPECT_THAT(run(directory.path()).problem, HasSubstr("f.ndjson: is a delta"));
}

TEST(records_source, passes_faulty_records_on_because_the_daemon_judges_them) {
  const test::scratch_directory directory;
  testing::internal::CaptureStderr();
  const auto path = directory.write("f.ndjson", ann + R"({"kind":"user","tenant":"t"})" + "\n" + bob);
  const auto printed = run(path);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("records: warning: " + path + ":2: user: id"));
  EXPECT_THAT(printed.problem, IsEmpty());
  EXPECT_EQ(printed.subjects.size(), 2U);
  EXPECT_FALSE(printed.complete) << "the faulty record must arrive";
}

TEST(records_source, names_file_and_line_of_what_is_wrong) {
  const test::scratch_directory directory;
  const auto problem = [&directory](const std::string& text) { return run(directory.write("f.ndjson", text)).problem; };
  EXPECT_THAT(problem(ann + "garbage\n"), HasSubstr("f.ndjson:2: not JSON"));
  EXPECT_THAT(problem(ann + R"({"kind":"user","id")"), HasSubstr("f.ndjson:2: not JSON"));
  EXPECT_THAT(problem(begin + ann), HasSubstr("f.ndjson:2: the stream stops without an end"));
  EXPECT_THAT(problem(begin + end + ann), HasSubstr("f.ndjson:3: there is something after the end"));
  EXPECT_THAT(problem(ann + begin), HasSubstr("f.ndjson:2: a second begin"));
  EXPECT_THAT(problem(R"({"kind":"remove","of":"user","id":"a"})"), HasSubstr("f.ndjson:1: a removal in a snapshot"));
  EXPECT_THAT(problem(""), HasSubstr("f.ndjson: is empty"));
  EXPECT_THAT(problem("\n\n"), HasSubstr("f.ndjson: is empty"));
}

TEST(records_source, prints_no_end_after_a_failure) {
  const test::scratch_directory directory;
  EXPECT_FALSE(run(directory.write("f.ndjson", ann + "garbage\n")).complete);
}

TEST(records_source, says_what_is_wrong_with_the_path) {
  const test::scratch_directory directory;
  EXPECT_THAT(run(directory.path("missing")).problem, HasSubstr("missing: cannot be read"));
  EXPECT_THAT(run(directory.path()).problem, HasSubstr("holds no file *.ndjson or *.jsonl"));
}

TEST(records_source, reads_its_config) {
  sdk::source_request request;
  EXPECT_THAT(open(request).error().detail, HasSubstr("path"));
  request.config = {{"path", ""}};
  EXPECT_THAT(open(request).error().detail, HasSubstr("empty text"));
  request.config = {{"path", "x"}, {"pth", "y"}};
  EXPECT_THAT(open(request).error().detail, HasSubstr("pth"));
  request.config = {{"path", "x"}};
  EXPECT_TRUE(open(request));
}

}  // namespace
}  // namespace licaudit::records

#include "plugins/sdk/record_writer.hpp"

#include "plugins/sdk/record_reader.hpp"
#include "plugins/sdk/text_file.hpp"
#include "tests/plugins/scratch_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <system_error>

#include <unistd.h>

namespace licaudit::sdk {
namespace {

using testing::HasSubstr;

using file = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

template <class Write>
std::string written(Write write) {
  const test::scratch_directory directory;
  const auto path = directory.path("out");
  const file out(std::fopen(path.c_str(), "we"), std::fclose);
  record_writer writer(out.get());
  write(writer);
  return read_text_file(path).value();
}

subject ann() {
  subject value;
  value.name = {"contoso", subject_kind::user, "ann@contoso.example"};
  value.fields = {{"line_uri", {"tel:+44\"\\\tx"}}, {"pstn_gateway", {"a", "b"}}};
  value.quantity = 3;
  return value;
}

subject meter() {
  subject value;
  value.name = {"contoso", subject_kind::meter, "storage"};
  value.fields = {{"used", {"123456789.123456"}}, {"unit", {"GB"}}, {"at", {"2026-11-21T12:00:00Z"}}};
  return value;
}

TEST(record_writer, writes_what_the_reader_reads) {
  tenant contoso;
  contoso.id = "contoso";
  contoso.acquired = {{"ump", 500}};
  const auto text = written([&](record_writer& out) {
    out.begin();
    out.write(contoso);
    out.write(ann());
    out.write(meter());
    out.left_out("guest", 2);
    out.progress(3, 3);
    out.end("next");
  });
  record_reader reader;
  reader.feed(text);
  std::vector<record> read;
  for (auto next = reader.next().value(); next; next = reader.next().value())
    read.push_back(std::get<record>(next->content));
  ASSERT_TRUE(reader.finish());
  ASSERT_EQ(read.size(), 7U);
  EXPECT_EQ(std::get<tenant_record>(read[1]).value, contoso);
  EXPECT_EQ(std::get<subject_record>(read[2]).value, ann());
  EXPECT_EQ(std::get<subject_record>(read[3]).value, meter());
  EXPECT_EQ(std::get<left_out_record>(read[4]).count, 2);
  EXPECT_EQ(reader.protocol().cursor(), "next");
}

TEST(record_writer, writes_a_delta) {
  const auto text = written([](record_writer& out) {
    out.begin(true);
    out.remove({"contoso", subject_kind::number, "P/1"});
    out.end();
  });
  EXPECT_EQ(text,
            "{\"kind\":\"begin\",\"protocol\":1,\"mode\":\"delta\"}\n"
            "{\"kind\":\"remove\",\"of\":\"number\",\"tenant\":\"contoso\",\"id\":\"P/1\"}\n"
            "{\"kind\":\"end\"}\n");
}

TEST(record_writer, leaves_out_a_tenant_that_the_settings_give) {
  auto value = ann();
  value.name.tenant.clear();
  value.quantity = 1;
  const auto text = written([&](record_writer& out) {
    out.write(value);
    out.flush();
  });
  EXPECT_EQ(text.find("tenant"), std::string::npos);
  EXPECT_EQ(text.find("quantity"), std::string::npos);
}

TEST(record_writer, writes_large_runs_in_blocks) {
  const test::scratch_directory directory;
  const auto path = directory.path("out");
  const file out(std::fopen(path.c_str(), "we"), std::fclose);
  record_writer writer(out.get());
  for (int i = 0; i < 2000; ++i) writer.write(ann());
  EXPECT_GT(read_text_file(path).value().size(), 100'000U) << "lines pile up in memory";
}

TEST(record_writer, tells_that_the_reader_has_gone) {
  std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  const file out(fdopen(ends[1], "w"), std::fclose);
  record_writer writer(out.get());
  writer.begin();
  EXPECT_THROW(writer.flush(), reader_gone);
}

TEST(record_writer, tells_that_the_disk_is_full) {
  const file out(std::fopen("/dev/full", "we"), std::fclose);
  ASSERT_NE(out, nullptr);
  record_writer writer(out.get());
  writer.begin();
  EXPECT_THROW(writer.flush(), std::system_error);
}

}  // namespace
}  // namespace licaudit::sdk

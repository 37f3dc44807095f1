#include "plugins/sdk/stream_protocol.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace licaudit::sdk {
namespace {

using testing::HasSubstr;

const parsed_record begin = record(begin_record{});
const parsed_record begin_delta = record(begin_record{true});
const parsed_record user = record(subject_record{});
const parsed_record removal = record(remove_record{});
const parsed_record tenant_removal = record(remove_tenant_record{});
const parsed_record end = record(end_record{"cursor"});
const parsed_record faulty = faulty_record{"contoso", "no id"};

/// Of the last record.
std::string outcome(std::initializer_list<parsed_record> records) {
  stream_protocol protocol;
  std::string last;
  for (const auto& next : records) {
    const auto taken = protocol.take(next);
    last = taken ? "taken" : taken.error().detail;
  }
  return last;
}

TEST(stream_protocol, takes_begin_records_end) {
  stream_protocol protocol;
  for (const auto& next : {begin, user, faulty, end}) ASSERT_TRUE(protocol.take(next));
  EXPECT_TRUE(protocol.finish());
  EXPECT_TRUE(protocol.ended());
  EXPECT_FALSE(protocol.delta());
  EXPECT_EQ(protocol.cursor(), "cursor");
}

TEST(stream_protocol, wants_begin_first) {
  for (const auto& first : {user, end, faulty, removal})
    EXPECT_THAT(outcome({first}), HasSubstr("the first line must be"));
}

TEST(stream_protocol, wants_begin_once) {
  EXPECT_THAT(outcome({begin, begin}), HasSubstr("a second begin"));
}

TEST(stream_protocol, wants_end_last) {
  for (const auto& after : {user, end, begin, faulty}) {
    EXPECT_THAT(outcome({begin, end, after}), HasSubstr("something after the end"));
  }
}

TEST(stream_protocol, takes_removals_in_a_delta_only) {
  for (const auto& one : {removal, tenant_removal}) {
    EXPECT_EQ(outcome({begin_delta, one}), "taken");
    EXPECT_THAT(outcome({begin, one}), HasSubstr("a removal in a snapshot"));
  }
}

TEST(stream_protocol, takes_known_subjects_between_begin_and_end) {
  stream_protocol protocol;
  EXPECT_FALSE(protocol.take_subject());
  ASSERT_TRUE(protocol.take(begin));
  EXPECT_TRUE(protocol.take_subject());
  ASSERT_TRUE(protocol.take(end));
  EXPECT_FALSE(protocol.take_subject());
}

TEST(stream_protocol, tells_an_empty_stream_from_a_cut_off_one) {
  stream_protocol protocol;
  EXPECT_THAT(protocol.finish().error().detail, HasSubstr("printed nothing"));
  ASSERT_TRUE(protocol.take(begin));
  EXPECT_THAT(protocol.finish().error().detail, HasSubstr("cut off"));
}

}  // namespace
}  // namespace licaudit::sdk

#include "plugins/sdk/parse_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace licaudit::sdk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

template <class Record>
Record sound(std::string_view line) {
  return std::get<Record>(std::get<record>(parse_record(line).value()));
}

faulty_record faulty(std::string_view line) {
  return std::get<faulty_record>(parse_record(line).value());
}

std::string refusal(std::string_view line) {
  const auto parsed = parse_record(line);
  return parsed ? "accepted" : parsed.error().detail;
}

TEST(parse_record, reads_a_user) {
  const auto user = sound<subject_record>(
      R"({"kind":"user","tenant":"contoso","id":"ann@contoso.example","fields":{"pstn_gateway":["b","a","b"],"line_uri":"tel:+44 "}})");
  EXPECT_EQ(user.value.name, (subject_name{"contoso", subject_kind::user, "ann@contoso.example"}));
  EXPECT_THAT(user.value.fields,
              ElementsAre(Pair("line_uri", ElementsAre("tel:+44")), Pair("pstn_gateway", ElementsAre("a", "b"))));
  EXPECT_EQ(user.value.quantity, 1);
}

TEST(parse_record, reads_a_number_with_its_quantity) {
  const auto number = sound<subject_record>(R"({"kind":"number","id":"P/+44","quantity":0})");
  EXPECT_EQ(number.value.name, (subject_name{"", subject_kind::number, "P/+44"}));
  EXPECT_EQ(number.value.quantity, 0);
}

TEST(parse_record, trims_ids) {
  EXPECT_EQ(sound<subject_record>("{\"kind\":\"user\",\"id\":\" a\\r\"}").value.name.id, "a");
}

TEST(parse_record, reads_a_tenant) {
  const auto read =
      sound<tenant_record>(R"({"kind":"tenant","id":"contoso","name":"Contoso Ltd","acquired":{"ump":500}})");
  EXPECT_EQ(read.value.id, "contoso");
  EXPECT_THAT(read.value.acquired, ElementsAre(Pair("ump", 500)));
}

TEST(parse_record, reads_removals) {
  EXPECT_EQ(sound<remove_record>(R"({"kind":"remove","of":"user","tenant":"t","id":"bob"})").name,
            (subject_name{"t", subject_kind::user, "bob"}));
  EXPECT_EQ(sound<remove_tenant_record>(R"({"kind":"remove","of":"tenant","id":"t"})").id, "t");
}

TEST(parse_record, reads_the_lines_around_the_records) {
  EXPECT_FALSE(sound<begin_record>(R"({"kind":"begin","protocol":1,"mode":"snapshot"})").delta);
  EXPECT_TRUE(sound<begin_record>(R"({"kind":"begin","protocol":1,"mode":"delta"})").delta);
  EXPECT_EQ(sound<left_out_record>(R"({"kind":"left_out","reason":"guest","count":3})").count, 3);
  EXPECT_EQ(sound<progress_record>(R"({"kind":"progress","done":2})").total, 0);
  EXPECT_EQ(sound<end_record>(R"({"kind":"end","cursor":"c"})").cursor, "c");
  EXPECT_EQ(sound<end_record>(R"({"kind":"end","cursor":null})").cursor, "");
}

TEST(parse_record, refuses_quantities_whose_sum_could_wrap) {
  const std::string user = R"({"kind":"user","id":"a","quantity":)";
  EXPECT_EQ(sound<subject_record>(user + "1000000000000}").value.quantity, 1'000'000'000'000);
  EXPECT_THAT(faulty(user + "1000000000001}").what, HasSubstr("a whole number from 0 to 1000000000000"));
  EXPECT_THAT(faulty(user + "9223372036854775807}").what, HasSubstr("a whole number from 0 to 1000000000000"));
  EXPECT_THAT(refusal(R"({"kind":"left_out","reason":"x","count":9223372036854775807})"),
              HasSubstr("count: expected a whole number from 0 to 1000000000000"));
}

TEST(parse_record, refuses_numbers_that_no_double_holds) {
  EXPECT_THAT(refusal(R"({"kind":"begin","protocol":11e392,"mode":"delta"})"),
              HasSubstr("protocol: expected a whole number, found a huge number"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":"a","quantity":-1e999})").what, HasSubstr("found a huge number"));
  EXPECT_THAT(faulty(R"({"kind":"meter","id":"a","unit":"x","used":1e999})").what, HasSubstr("used"));
  EXPECT_THAT(faulty(R"({"kind":"tenant","id":"t","attributes":{"x":1e999}})").what, HasSubstr("too large"));
}

TEST(parse_record, accepts_a_carriage_return_at_the_end) {
  EXPECT_EQ(sound<end_record>("{\"kind\":\"end\"}\r").cursor, "");
}

TEST(parse_record, ends_the_run_for_what_is_no_record) {
  EXPECT_THAT(refusal("Traceback (most recent call last):"), HasSubstr("'Traceback (most recent call last):'"));
  EXPECT_THAT(refusal(""), HasSubstr("not JSON"));
  EXPECT_THAT(refusal("[]"), HasSubstr("not a JSON object"));
  EXPECT_THAT(refusal("{}"), HasSubstr("without a kind"));
  EXPECT_THAT(refusal(R"({"kind":7})"), HasSubstr("without a kind"));
  EXPECT_THAT(refusal(R"({"kind":"usr","id":"a"})"), HasSubstr("unknown kind, expected begin, tenant, user"));
  EXPECT_THAT(refusal(R"({"kind":"user","id":"a"} {})"), HasSubstr("not JSON"));
  EXPECT_THAT(refusal(R"({"kind":"user","id":"a")"), HasSubstr("not JSON"));
}

TEST(parse_record, ends_the_run_for_bytes_that_are_no_text) {
  EXPECT_THAT(refusal("{\"kind\":\"user\",\"id\":\"\xFF\"}"), HasSubstr("not JSON"));
  EXPECT_THAT(refusal(std::string("{\"kind\":\"user\",\"id\":\"\0\"}", 25)), HasSubstr("not JSON"));
  EXPECT_THAT(refusal(R"({"kind":"user","id":"\ud800"})"), HasSubstr("not JSON"));
}

TEST(parse_record, survives_deep_nesting) {
  EXPECT_THAT(refusal(R"({"kind":)" + std::string(100'000, '[')), HasSubstr("not JSON"));
}

TEST(parse_record, shows_garbage_as_harmless_text) {
  const auto shown = refusal(std::string("\x1b[31m\n") + std::string(500, 'x'));
  EXPECT_THAT(shown, HasSubstr("'?[31m?xxx"));
  EXPECT_LT(shown.size(), 250U);
}

TEST(parse_record, ends_the_run_for_faulty_lines_around_the_records) {
  EXPECT_THAT(refusal(R"({"kind":"begin","protocol":2,"mode":"snapshot"})"),
              HasSubstr("speaks protocol 2, understood is 1"));
  EXPECT_THAT(refusal(R"({"kind":"begin","protocol":1,"mode":"full"})"), HasSubstr("expected snapshot or delta"));
  EXPECT_THAT(refusal(R"({"kind":"begin","protocol":1})"), HasSubstr("mode"));
  EXPECT_THAT(refusal(R"({"kind":"left_out","count":1})"), HasSubstr("reason"));
  EXPECT_THAT(refusal(R"({"kind":"left_out","reason":"x","count":-1})"), HasSubstr("count"));
  EXPECT_THAT(refusal(R"({"kind":"progress","done":"x"})"), HasSubstr("done"));
  EXPECT_THAT(refusal(R"({"kind":"end","cursor":7})"), HasSubstr("cursor"));
}

TEST(parse_record, blames_the_tenant_of_a_faulty_record) {
  EXPECT_EQ(faulty(R"({"kind":"user","tenant":"contoso"})").tenant, "contoso");
  EXPECT_EQ(faulty(R"({"kind":"tenant","id":"contoso","type":"king"})").tenant, "contoso");
  EXPECT_EQ(faulty(R"({"kind":"remove","of":"cat","tenant":"contoso","id":"a"})").tenant, "contoso");
  EXPECT_EQ(faulty(R"({"kind":"remove","of":"tenant","id":"contoso","why":"x"})").tenant, "contoso");
  EXPECT_EQ(faulty(R"({"kind":"user"})").tenant, "");
  EXPECT_EQ(faulty(R"({"kind":"user","tenant":"not a name","id":"a"})").tenant, "");
  EXPECT_EQ(faulty(R"({"kind":"user","tenant":["contoso"],"id":"a"})").tenant, "");
}

TEST(parse_record, says_what_is_faulty) {
  EXPECT_THAT(faulty(R"({"kind":"user","tenant":"t"})").what, HasSubstr("id"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":7})").what, HasSubstr("id"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":"a\nb"})").what, HasSubstr("id"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":""})").what, HasSubstr("id"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":")" + std::string(257, 'x') + R"("})").what, HasSubstr("id"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":"a","quantity":-1})").what, HasSubstr("quantity"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":"a","quantity":1.5})").what, HasSubstr("quantity"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":"a","quantity":99999999999999999999})").what, HasSubstr("quantity"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":"a","fields":{"enabled":true}})").what, HasSubstr("enabled"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":"a","fields":[]})").what, HasSubstr("fields"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":"a","field":{}})").what, HasSubstr("field"));
  EXPECT_THAT(faulty(R"({"kind":"user","id":"a","fields":{"x":"a\u0000b"}})").what, HasSubstr("NUL"));
  EXPECT_THAT(faulty(R"({"kind":"tenant","id":"no name"})").what, Not(IsEmpty()));
}

std::string used(std::string_view number) {
  const auto line = R"({"kind":"meter","id":"m","unit":"token","used":)" + std::string(number) + "}";
  return sound<subject_record>(line).value.fields.find("used")->second.front();
}

TEST(parse_record, reads_used_digit_by_digit) {
  EXPECT_EQ(used("7320.5"), "7320.5");
  EXPECT_EQ(used("\"7320.50\""), "7320.5");
  EXPECT_EQ(used("123456789012.123456"), "123456789012.123456") << "a double has no room for this";
  EXPECT_EQ(used("0.1"), "0.1");
  EXPECT_EQ(used("42"), "42");
  EXPECT_EQ(used("1e3"), "1000");
}

TEST(parse_record, refuses_a_used_that_does_not_fit) {
  EXPECT_THAT(faulty(R"({"kind":"meter","id":"m","unit":"GB","used":0.12345678})").what,
              HasSubstr("more than 6 places"));
  EXPECT_THAT(faulty(R"({"kind":"meter","id":"m","unit":"GB","used":0.10000000000000000001})").what,
              HasSubstr("more than 6 places"));
  EXPECT_THAT(faulty(R"({"kind":"meter","id":"m","unit":"GB","used":-1})").what, HasSubstr("used"));
  EXPECT_THAT(faulty(R"({"kind":"meter","id":"m","unit":"GB","used":true})").what, HasSubstr("used"));
  EXPECT_THAT(faulty(R"({"kind":"meter","id":"m","unit":"GB"})").what, HasSubstr("used"));
  EXPECT_THAT(faulty(R"({"kind":"meter","id":"m","used":1})").what, HasSubstr("unit"));
  EXPECT_THAT(faulty(R"({"kind":"meter","id":"m","unit":"GB","used":1,"at":"noon"})").what, HasSubstr("at"));
}

TEST(parse_record, refuses_a_used_beyond_all_measure) {
  EXPECT_EQ(faulty(R"({"kind":"meter","id":"m","unit":"TB","used":1000000.5})").what,
            "meter: used: 1000000.5 TB is more than 1000000000000 MB, the most that is read");
  EXPECT_EQ(sound<subject_record>(R"({"kind":"meter","id":"m","unit":"TB","used":1000000})").value.name.id, "m");
}

TEST(parse_record, keeps_unit_and_time_of_a_meter) {
  const auto meter =
      sound<subject_record>(R"({"kind":"meter","id":"m","used":1,"unit":"GB","at":"2026-11-21T12:00:00Z"})").value;
  EXPECT_EQ(meter.name.kind, subject_kind::meter);
  EXPECT_THAT(meter.fields, ElementsAre(Pair("at", ElementsAre("2026-11-21T12:00:00Z")),
                                        Pair("unit", ElementsAre("GB")), Pair("used", ElementsAre("1"))));
}

}  // namespace
}  // namespace licaudit::sdk

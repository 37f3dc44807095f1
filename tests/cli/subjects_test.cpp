#include "cli/rendering/subjects_page.hpp"

#include "cli/rendering/listings.hpp"
#include "tests/cli/golden.hpp"

#include <gmock/gmock.h>

namespace licaudit::cli {

using namespace rendering;

TEST(subjects, shows_what_each_is_worth_what_meters_read_and_what_is_counted) {
  EXPECT_EQ(subjects_page(golden_json("subjects.json"), plain_view()), golden_text("subjects.txt"));
}

TEST(subjects, of_an_older_daemon_shows_them_without_a_worth) {
  const auto page =
      parse_json(R"({"tenant":"t","subjects":[{"kind":"user","subject":"ann","licence":"ump"}]})").value();
  EXPECT_THAT(subjects_page(page.as_object(), plain_view()), testing::HasSubstr("ann"));
  EXPECT_EQ(subjects_page(parse_json(R"({"tenant":"t","subjects":[]})").value().as_object(), plain_view()),
            "t\nno subjects\n");
}

TEST(subjects, as_csv_have_the_new_columns_behind_those_that_scripts_know) {
  EXPECT_EQ(subject_list().csv_header(),
            "kind,subject,key,quantity,licence,factor,configured,eligible,worth,used,unit,at\r\n");
  EXPECT_THAT(subject_list().csv(golden_json("subjects.json")),
              testing::HasSubstr("meter,disk,k4,1,storage,gigabytes,gigabytes,gigabytes,1200,1200000,MB,"
                                 "2026-11-22T02:00:00Z\r\n"));
}

}  // namespace licaudit::cli

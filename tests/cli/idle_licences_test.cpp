#include "cli/rendering/idle_licences.hpp"

#include "cli/rendering/json_access.hpp"
#include "cli/rendering/licence_page.hpp"
#include "cli/rendering/usage_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::cli::rendering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* nothing = R"({"licence":"zoom","acquired":null,"licensed":0,
  "factors":[{"factor":"f","calculated":0,"configured":0,"pending":null}]})";
constexpr const char* something = R"({"licence":"storage","title":"Storage","acquired":3,"licensed":3,"available":0,
  "use":"ok","factors":[{"factor":"used","priority":1,"calculated":3,"configured":1200}]})";

json::value page_with(const std::string& licences) {
  return parse_json(R"({"tenant":"lamna","name":"Lamna","state":"ok","monitored":3,"licences":[)" + licences + "]}")
      .value();
}

/// Of two licences the second.
bool is_idle_beside(const std::string& licence) {
  const auto all = parse_json("[" + std::string(something) + "," + licence + "]").value();
  return is_idle(all.as_array().at(1), all.as_array());
}

TEST(idle_licences, are_those_of_which_there_is_nothing_at_all) {
  EXPECT_TRUE(is_idle_beside(nothing));
  EXPECT_TRUE(is_idle_beside(R"({"licence":"zoom"})"));
  for (const auto* in_use : {R"({"acquired":0})", R"({"limit":5})", R"({"limit":{"setting":5}})",
                             R"({"factors":[{"calculated":1}]})", R"({"factors":[{"calculated":0,"configured":2}]})",
                             R"({"factors":[{"calculated":0,"configured":0,"pending":false}]})"})
    EXPECT_FALSE(is_idle_beside(in_use)) << in_use;
}

TEST(idle_licences, are_named_in_one_line_and_take_no_room_of_their_own) {
  const auto page = page_with(std::string(nothing) + "," + something + R"(,{"licence":"chat","factors":[]})");
  const view as;
  for (const auto& text : {licence_page(page.as_object(), as), usage_page(page.as_object(), as)}) {
    EXPECT_THAT(text, HasSubstr("not in use: zoom chat\n"));
    EXPECT_THAT(text, HasSubstr("storage"));
  }
  EXPECT_THAT(licence_page(page.as_object(), as), Not(HasSubstr("0 (0)")));
  EXPECT_THAT(licence_page(page.as_object(), as), HasSubstr("monitored 3 (never billed)"));
}

TEST(idle_licences, a_licence_that_is_alone_is_shown) {
  const auto text = licence_page(page_with(nothing).as_object(), view());
  EXPECT_THAT(text, HasSubstr("0 (0)"));
  EXPECT_THAT(text, Not(HasSubstr("not in use")));
}

}  // namespace
}  // namespace licaudit::cli::rendering

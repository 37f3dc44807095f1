#include "daemon/api/problem.hpp"

#include "sample_api.hpp"

#include <gtest/gtest.h>

#include <map>

namespace licaudit::api {
namespace {

TEST(problem_test, follows_rfc_9457) {
  const response answer = problem(404, "there is no tenant x");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.content_type, "application/problem+json");
  EXPECT_EQ(answer.body, R"({"type":"about:blank","title":"Not Found","status":404,"detail":"there is no tenant x"})");
}

TEST(problem_test, maps_each_kind_of_failure_to_one_status) {
  const std::map<errc, int> table{{errc::malformed, 400}, {errc::unknown, 404},     {errc::conflict, 409},
                                  {errc::refused, 422},   {errc::unreachable, 503}, {errc::timed_out, 504},
                                  {errc::corrupt, 500}};
  for (const auto& row : table) {
    const response answer = problem(failure{row.first, "why"});
    EXPECT_EQ(answer.status, row.second);
    EXPECT_EQ(parse_json(answer.body).value().at("detail").as_string(), "why");
    EXPECT_FALSE(reason_of(row.second).empty());
  }
}

TEST(problem_test, carries_further_members) {
  const response answer = problem(422, "two problems", {{"errors", json::array{"a", "b"}}});
  EXPECT_EQ(parse_json(answer.body).value().at("errors").as_array().size(), 2U);
}

TEST(problem_test, escapes_what_a_client_sent) {
  const response answer = problem(400, "found \"\n");
  EXPECT_EQ(parse_json(answer.body).value().at("detail").as_string(), "found \"\n");
}

TEST(problem_test, comes_out_of_the_api_with_the_status_of_every_failure) {
  for (const auto& [code, status] :
       {std::pair(errc::malformed, 400), std::pair(errc::unknown, 404), std::pair(errc::conflict, 409),
        std::pair(errc::refused, 422), std::pair(errc::corrupt, 500), std::pair(errc::unreachable, 503),
        std::pair(errc::timed_out, 504)}) {
    sample_api api;
    api.rooms.fails = failure{code, "the reason"};
    EXPECT_EQ(api.problem_of(method::get, "/v1/rules?at=2026-10-01"), std::to_string(status) + " the reason");
  }
}

}  // namespace
}  // namespace licaudit::api

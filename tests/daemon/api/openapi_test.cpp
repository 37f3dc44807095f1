#include "daemon/api/openapi.hpp"

#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>

namespace licaudit::api {
namespace {

using testing::HasSubstr;

class openapi_document_test : public testing::Test {
 protected:
  template <class Look>
  void each_operation(const Look& look) {
    const json::value document = parse_json(openapi_document(api.routes().routes(), "1.2.3")).value();
    for (const route& one : api.routes().routes().all()) {
      std::string verb(to_text(one.method));
      for (char& byte : verb) byte = static_cast<char>(byte - 'A' + 'a');
      SCOPED_TRACE(verb + " " + one.path);
      look(one, document.at("paths").at(one.path).at(verb));
    }
  }

  sample_api api;
};

TEST_F(openapi_document_test, gives_every_json_answer_a_schema) {
  each_operation([](const route& one, const json::value& described) {
    const json::value& content = described.at("responses").at("200").at("content").at(one.content_type);
    EXPECT_TRUE(content.at("schema").as_object().contains("type"));
    if (one.content_type == "application/json" && one.path != "/v1/openapi.json") {
      EXPECT_EQ(content.at("schema").at("type").as_string(), "object");
      EXPECT_TRUE(content.at("schema").as_object().contains("properties"));
    }
  });
}

TEST_F(openapi_document_test, names_exactly_the_parameters_of_the_template) {
  each_operation([](const route& one, const json::value& described) {
    std::multiset<std::string> told, templated;
    for (const std::string_view segment : segments_of(one.path)) {
      if (!parameter_name(segment).empty()) templated.emplace(parameter_name(segment));
    }
    if (const json::value* all = described.as_object().if_contains("parameters")) {
      for (const json::value& p : all->as_array()) {
        if (p.at("in").as_string() != "path") continue;
        EXPECT_TRUE(p.at("required").as_bool());
        EXPECT_FALSE(p.at("description").as_string().empty());
        told.emplace(p.at("name").as_string());
      }
    }
    EXPECT_EQ(told, templated);
  });
}

TEST_F(openapi_document_test, describes_a_body_only_where_one_is_taken) {
  each_operation([](const route& one, const json::value& described) {
    const json::value* body = described.as_object().if_contains("requestBody");
    ASSERT_EQ(body != nullptr, !one.request_schema.empty());
    if (one.method == method::get) {
      EXPECT_EQ(body, nullptr);
    }
    if (body != nullptr) {
      EXPECT_EQ(body->at("required").as_bool(), !one.body_optional);
    }
  });
}

TEST_F(openapi_document_test, says_of_every_operation_what_it_needs_and_how_it_fails) {
  each_operation([](const route& one, const json::value& described) {
    EXPECT_THAT(std::string(described.at("description").as_string()), HasSubstr(access::to_text(one.right)));
    const json::value& failed = described.at("responses").at("default").at("content").at("application/problem+json");
    EXPECT_EQ(failed.at("schema").at("$ref").as_string(), "#/components/schemas/problem");
  });
}

TEST_F(openapi_document_test, writes_a_page_parameter_for_everything_that_has_a_next) {
  each_operation([](const route& one, const json::value&) {
    const bool has_next = one.response_schema.find(R"("next")") != std::string::npos;
    const auto is_after = [](const query_parameter& p) { return p.name == "after"; };
    const bool takes_after = std::any_of(one.query.begin(), one.query.end(), is_after);
    EXPECT_EQ(takes_after, has_next);
  });
}

TEST(openapi_test, merges_the_methods_of_one_path_and_calls_text_a_string) {
  route_table routes;
  for (const method how : {method::get, method::remove}) {
    route one;
    one.method = how;
    one.path = "/v1/things/{id}";
    one.content_type = "text/plain";
    routes.add(std::move(one));
  }
  const json::value document = parse_json(openapi_document(routes, "9")).value();
  const json::object& path = document.at("paths").at("/v1/things/{id}").as_object();
  ASSERT_EQ(path.size(), 2U);
  EXPECT_EQ(json::serialize(path.at("delete").at("responses").at("200").at("content")),
            R"({"text/plain":{"schema":{"type":"string"}}})");
  EXPECT_EQ(document.at("info").at("version").as_string(), "9");
}

}  // namespace
}  // namespace licaudit::api

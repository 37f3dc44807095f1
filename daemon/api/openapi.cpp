#include "daemon/api/openapi.hpp"

#include "model/json.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>

namespace licaudit::api {
namespace {

json::object parameter(std::string_view name, std::string_view in, std::string_view description) {
  json::object one{{"name", name}, {"in", in}, {"required", in == "path"}, {"schema", {{"type", "string"}}}};
  if (!description.empty()) one["description"] = description;
  return one;
}

std::string_view meaning_of(std::string_view name) {
  if (name == "t") return "Id of a tenant";
  if (name == "s") return "Name of a source";
  if (name == "id") return "Id of a subject, percent-encoded";
  if (name == "licence") return "Id of a licence";
  if (name == "factor") return "Id of a factor";
  if (name == "month") return "A month: 2026-11";
  return "";
}

json::array parameters_of(const route& one) {
  json::array all;
  for (const std::string_view segment : segments_of(one.path)) {
    const std::string_view name = parameter_name(segment);
    if (!name.empty()) all.push_back(parameter(name, "path", meaning_of(name)));
  }
  for (const query_parameter& query : one.query) all.push_back(parameter(query.name, "query", query.description));
  return all;
}

json::object content(std::string_view type, std::string_view schema) {
  json::value form = schema.empty() ? json::value{{"type", "string"}} : json::parse(json::string_view(schema));
  return {{std::string(type), {{"schema", std::move(form)}}}};
}

json::object operation_of(const route& one) {
  json::object described;
  described["summary"] = one.summary;
  described["description"] = "Needs the right to " + std::string(access::to_text(one.right)) + ".";
  if (json::array parameters = parameters_of(one); !parameters.empty()) described["parameters"] = std::move(parameters);
  if (!one.request_schema.empty()) {
    described["requestBody"] = {{"required", !one.body_optional},
                                {"content", content("application/json", one.request_schema)}};
  }
  json::object answers = content(one.content_type, one.response_schema);
  if (!one.bytes_type.empty())
    answers[one.bytes_type] = {{"schema", {{"type", "string"}, {"contentMediaType", one.bytes_type}}}};
  described["responses"] = {
      {"200", {{"description", "Done"}, {"content", std::move(answers)}}},
      {"default",
       {{"description", "What went wrong and what to do (RFC 9457)"},
        {"content", content("application/problem+json", R"({"$ref":"#/components/schemas/problem"})")}}}};
  return described;
}

constexpr std::string_view problem_schema = R"({"type":"object","required":["title","status","detail"],"properties":{
  "type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},
  "errors":{"type":"array","items":{"type":"string"}}}})";

}  // namespace

std::string openapi_document(const route_table& routes, std::string_view version) {
  json::object paths;
  for (const route& one : routes.all()) {
    std::string verb(to_text(one.method));
    std::transform(verb.begin(), verb.end(), verb.begin(), [](unsigned char c) { return std::tolower(c); });
    json::value& path = paths[one.path];
    if (!path.is_object()) path.emplace_object();
    path.as_object()[verb] = operation_of(one);
  }
  const json::object document{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "licaudit"}, {"version", version}, {"summary", "Licences in use, by which rule, and since when"}}},
      {"paths", std::move(paths)},
      {"security", {json::object{}, json::object{{"token", json::array{}}}}},
      {"components",
       {{"schemas", {{"problem", json::parse(json::string_view(problem_schema))}}},
        {"securitySchemes",
         {{"token",
           {{"type", "http"},
            {"scheme", "bearer"},
            {"description", "At http.listen. At the socket the kernel says who is asking."}}}}}}}};
  return json::serialize(document);
}

}  // namespace licaudit::api

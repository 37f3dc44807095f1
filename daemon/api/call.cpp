#include "daemon/api/call.hpp"

namespace licaudit::api {

const std::string& call::parameter(std::string_view name) const {
  static const std::string none;
  for (const path_parameter& one : parameters_) {
    if (one.name == name) return *one.text;
  }
  return none;
}

std::optional<std::string_view> call::query(std::string_view name) const {
  const auto found = asked_.query.find(name);
  if (found == asked_.query.end()) return std::nullopt;
  return std::string_view(found->second);
}

result<json::value> call::body() const {
  if (asked_.body.empty()) return json::value(json::object());
  auto parsed = parse_json(asked_.body);
  if (!parsed) return failure{errc::malformed, "the body is no JSON: " + parsed.error().detail};
  if (!parsed->is_object()) return failure{errc::malformed, "the body must be a JSON object"};
  return parsed;
}

result<date_range> call::range(std::string_view tenant) const {
  return parse_date_range(query("since"), query("until"), view_->zone_of(tenant), now_);
}

}  // namespace licaudit::api

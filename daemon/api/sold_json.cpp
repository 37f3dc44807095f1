#include "daemon/api/sold_json.hpp"

#include "model/amount.hpp"

#include <string_view>

namespace licaudit::api {
namespace {

std::string_view field_of(const subject& of, std::string_view name) {
  const auto known = of.fields.find(name);
  return known == of.fields.end() || known->second.empty() ? std::string_view()
                                                           : std::string_view(known->second.front());
}

}  // namespace

void add_reading(json_text& out, const subject& meter) {
  const auto used = field_of(meter, "used");
  out.key("used");
  if (const auto exact = parse_amount(used)) {
    out.raw(to_text(*exact));
  } else {
    out.add(nullptr);
  }
  out.text_or_null("unit", field_of(meter, "unit")).text_or_null("at", field_of(meter, "at"));
}

void add_package(json_text& out, const std::optional<package_terms>& package) {
  if (!package) {
    out.add(nullptr);
    return;
  }
  out.begin_object().member("size", package->size).text_or_null("unit", package->unit).end_object();
}

}  // namespace licaudit::api

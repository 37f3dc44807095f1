#include "daemon/api/sold_json.hpp"

#include "model/amount.hpp"

#include <string>

namespace licaudit::api {
namespace {

std::string_view field_of(const subject& of, std::string_view name) {
  const auto known = of.fields.find(name);
  return known == of.fields.end() || known->second.empty() ? std::string_view()
                                                           : std::string_view(known->second.front());
}

}  // namespace

void add_decimal(json_text& out, std::string_view name, std::string_view decimal) {
  out.key(name).raw(decimal.empty() ? "null" : decimal);
}

void add_reading(json_text& out, const subject& meter) {
  const auto used = parse_amount(field_of(meter, "used"));
  add_decimal(out, "used", used ? to_text(*used) : std::string());
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

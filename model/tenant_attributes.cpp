#include "model/tenant_attributes.hpp"

#include "model/names.hpp"
#include "model/time_zone.hpp"

#include <algorithm>
#include <array>

namespace licaudit {

namespace {

constexpr std::array known = {
    known_attribute{"contract_number", attribute_form::text, "Number of the contract"},
    known_attribute{"country", attribute_form::country, "Country, such as GB"},
    known_attribute{"onboarding_date", attribute_form::date, "When it was taken on, such as 2026-11-21"},
    known_attribute{"training_date", attribute_form::date, "When it was trained"},
    known_attribute{"billing_date", attribute_form::date, "From when it is billed"},
    known_attribute{"support_notes", attribute_form::text, "What the support has to know"},
    known_attribute{"system_id", attribute_form::text, "Its id in another system"},
    known_attribute{"support_team", attribute_form::text, "Who supports it"},
    known_attribute{"domain", attribute_form::text, "Its domain"},
    known_attribute{"mail", attribute_form::mail, "Where mail reaches it"},
};

bool is_country(std::string_view text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() == 2 && is_capital(text[0]) && is_capital(text[1]);
}

bool is_mail(std::string_view text) {
  const auto at = text.find('@');
  return at != 0 && at != std::string_view::npos && at + 1 < text.size() && text.find('@', at + 1) == text.npos &&
         text.find(' ') == text.npos;
}

/// What it should be; empty: it is.
std::string_view missed(attribute_form form, std::string_view text) {
  switch (form) {
    case attribute_form::date:
      return parse_day(text) ? "" : "a day like 2026-11-21";
    case attribute_form::country:
      return is_country(text) ? "" : "two capitals like GB (ISO 3166)";
    case attribute_form::mail:
      return is_mail(text) ? "" : "an address like desk@example.com";
    case attribute_form::text:
      break;
  }
  return {};
}

}  // namespace

std::span<const known_attribute> known_attributes() {
  return known;
}

std::optional<failure> check_attributes(const json::object& attributes) {
  for (const auto& one : known) {
    const auto* value = attributes.if_contains(one.name);
    if (value == nullptr) continue;
    const auto* text = value->if_string();
    const auto expected = text == nullptr ? std::string_view("a text") : missed(one.form, *text);
    if (!expected.empty())
      return failure{errc::malformed, "attributes: " + std::string(one.name) + ": expected " + std::string(expected) +
                                          ", found " + description_of(*value)};
  }
  return std::nullopt;
}

}  // namespace licaudit

#include "daemon/settings/terms_reader.hpp"

#include "daemon/settings/duration.hpp"
#include "model/quantity.hpp"

#include <optional>
#include <utility>

namespace licaudit::settings {

namespace {

constexpr const char* some_months = "a number of months or years, as '3 months'";
constexpr const char* some_days = "a number of days or weeks, as '14 days'";
constexpr std::int64_t longest_grace_days = 3650;

/// `size`: a whole number that may stand in quotes or not.
std::optional<std::int64_t> quantity(const yaml_value& value, std::int64_t least = 0) {
  return value.integer(least, most_quantity);
}

std::optional<limit_terms> read_limit(const yaml_value& value) {
  yaml_map in(value);
  limit_terms limit;
  if (const auto included = in.find("included")) limit.included = quantity(*included).value_or(0);
  if (const auto unit = in.find("unit")) limit.unit = unit->text().value_or("");
  if (const auto period = in.find("period")) {
    const auto word = period->parsed(
        [](std::string_view text) -> result<bool> {
          if (text == "month") return true;
          return failure{errc::malformed, "month"};
        },
        "month; leave it out where the limit is of what there is at one time");
    limit.monthly = word.value_or(false);
  }
  in.finish();
  return limit;
}

std::vector<std::string> read_licences(const yaml_value& value) {
  std::vector<std::string> names;
  for (const auto& item : value.items())
    if (auto name = item.name()) names.push_back(std::move(*name));
  return names;
}

std::optional<std::vector<std::string>> read_successors(const yaml_value& value) {
  yaml_map in(value);
  std::vector<std::string> names;
  if (const auto successor = in.find("successor")) names = read_licences(*successor);
  in.finish();
  return names;
}

std::optional<warning_terms> read_warning(const yaml_value& value) {
  yaml_map in(value);
  std::optional<warning_terms> made;
  if (const auto available = in.require("available", "below which it warns")) {
    if (available->kind() == yaml_kind::text) {
      if (const auto percent = available->parsed(parse_percentage, "a percentage, as 5%, or a whole number"))
        made = warning_terms{*percent, true};
    } else if (const auto count = quantity(*available)) {
      made = warning_terms{*count, false};
    }
  }
  in.finish();
  return made;
}

std::optional<grace_terms> read_grace(const yaml_value& value) {
  yaml_map in(value);
  grace_terms grace;
  if (const auto percent = in.require("percent", "how much over what was acquired"))
    grace.percent = percent->integer(0, 1000).value_or(0);
  if (const auto days = in.require("days", "how long")) grace.days = days->integer(0, longest_grace_days).value_or(0);
  in.finish();
  return grace;
}

std::optional<unit_scale> read_scale(const yaml_value& value) {
  yaml_map in(value);
  unit_scale scale;
  if (const auto per = in.require("per", "the setting of the tenant that decides"))
    scale.per = per->name().value_or("");
  if (const auto step = in.require("step", "for which one unit is counted")) {
    scale.step = step->parsed(parse_term, some_months).value_or(term{0, 1});
    if (scale.step.months == 0) step->refuse(some_months);
  }
  if (const auto free = in.find("free")) {
    scale.free = free->parsed(parse_term, some_days).value_or(term{});
    if (scale.free.months != 0) free->refuse(some_days);
  }
  in.finish();
  return scale;
}

std::optional<package_terms> read_package(const yaml_value& value) {
  yaml_map in(value);
  package_terms package;
  if (const auto size = in.require("size", "how much one package holds")) package.size = quantity(*size, 1).value_or(1);
  if (const auto unit = in.find("unit")) package.unit = unit->text().value_or("");
  in.finish();
  return package;
}

void refuse_other(const yaml_value& value, const std::string& earlier) {
  value.refuse("what " + earlier + " says of this licence", "something else");
}

/// Takes what a file says of a key, unless an earlier one said something else.
template <class Value>
void settle(std::optional<Value>& current, std::optional<Value> given, const char* key, const yaml_value& value,
            const said_before& before) {
  const auto earlier = before(key, value);
  if (!given) return;
  if (!earlier.empty() && current && *current != *given)
    refuse_other(value, earlier);
  else
    current = std::move(given);
}

}  // namespace

void read_licence_terms(yaml_map& in, licence_terms& into, const said_before& before) {
  if (const auto value = in.find("limit")) settle(into.limit, read_limit(*value), "limit", *value, before);
  if (const auto value = in.find("deprecated"))
    settle(into.successors, read_successors(*value), "deprecated", *value, before);
  if (const auto value = in.find("warn")) settle(into.warn, read_warning(*value), "warn", *value, before);
  if (const auto value = in.find("grace")) settle(into.grace, read_grace(*value), "grace", *value, before);
  if (const auto value = in.find("multiple")) {
    const auto earlier = before("multiple", *value);
    const auto count = quantity(*value, 2).value_or(into.multiple);
    if (!earlier.empty() && count != into.multiple) refuse_other(*value, earlier);
    into.multiple = count;
  }
  if (const auto value = in.find("requires")) {
    auto current = into.needs.empty() ? std::nullopt : std::optional(into.needs);
    settle(current, std::optional(read_licences(*value)), "requires", *value, before);
    into.needs = current.value_or(std::vector<std::string>());
  }
  if (const auto value = in.find("pool")) {
    const auto earlier = before("pool", *value);
    const auto kind = value->parsed(parse_pool_kind, "units or tenants").value_or(into.pool);
    if (!earlier.empty() && kind != into.pool) refuse_other(*value, earlier);
    into.pool = kind;
  }
}

void read_counting_terms(yaml_map& in, counting_terms& into) {
  if (const auto unit = in.find("unit")) into.unit = unit->text().value_or("");
  if (const auto units = in.find("units")) into.units = read_scale(*units);
  if (const auto package = in.find("package")) into.package = read_package(*package);
  if (const auto count = in.find("count")) {
    const auto word = count->parsed(
        [](std::string_view text) -> result<bool> {
          if (text == "expanded") return true;
          return failure{errc::malformed, "expanded"};
        },
        "expanded; leave it out where each rule counts once");
    into.expanded = word.value_or(false);
  }
}

}  // namespace licaudit::settings

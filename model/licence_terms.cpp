#include "model/licence_terms.hpp"

#include "model/names.hpp"
#include "model/quantity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace licaudit {

namespace {

constexpr const char* a_term =
    "a number of days, weeks, months or years, as '14 days', '3 months' or '1 year and 3 months'";
constexpr std::int64_t longest_term = 100'000;  // in days or months: a contract of 273 years

struct term_word {
  std::string_view one;
  std::int64_t days, months;
};
constexpr std::array<term_word, 4> term_words{{{"day", 1, 0}, {"week", 7, 0}, {"month", 0, 1}, {"year", 0, 12}}};

/// What `read` makes of the map at `key`; a member that is wrong is told as what the map should be.
template <class Read>
auto read_part(json_reader& in, std::string_view key, std::string_view expected, const Read& read)
    -> std::optional<decltype(read(in))> {
  const auto* form = in.optional_object(key);
  if (form == nullptr) return std::nullopt;
  json_reader part(*form, key);
  auto value = read(part);
  if (part.finish()) in.refuse(key, expected);
  return value;
}

std::int64_t read_quantity(json_reader& in, std::string_view key, std::int64_t least = 0) {
  const auto value = in.integer(key);
  if (!is_quantity(value) || value < least)
    in.refuse(key, least < 2 ? std::string(a_quantity) : "a whole number from " + std::to_string(least) + " on");
  return value;
}

std::vector<std::string> read_names(json_reader& in, std::string_view key) {
  std::vector<std::string> names;
  if (const auto* list = in.optional_array(key))
    for (const auto& each : *list) {
      const auto name = each.is_string() ? trimmed(each.get_string()) : std::string_view();
      if (!is_name(name)) in.refuse(key, "a list of ids of licences");
      names.emplace_back(name);
    }
  return names;
}

term read_term(json_reader& in, std::string_view key) {
  const auto read = parse_term(in.text(key));
  if (!read) in.refuse(key, a_term);
  return read ? *read : term{};
}

unit_scale read_scale(json_reader& in) {
  unit_scale scale{in.text("per"), read_term(in, "step"), {}};
  if (in.has("free")) scale.free = read_term(in, "free");
  if (scale.step.months == 0) in.refuse("step", "a number of months");
  if (scale.free.months != 0) in.refuse("free", "a number of days");
  return scale;
}

limit_terms read_limit(json_reader& in) {
  limit_terms limit;
  if (in.has("included")) limit.included = read_quantity(in, "included");
  limit.unit = in.optional_text("unit");
  const auto period = in.optional_text("period");
  if (!period.empty() && period != "month") in.refuse("period", "month");
  limit.monthly = period == "month";
  return limit;
}

/// `5%` or `20`.
std::optional<warning_terms> warning_of(const json::value& value) {
  if (const auto* number = value.if_int64())
    return is_quantity(*number) ? std::optional(warning_terms{*number, false}) : std::nullopt;
  const auto* text = value.if_string();
  if (text == nullptr || !text->ends_with('%')) return std::nullopt;
  warning_terms made{0, true};
  const auto* end = text->data() + text->size() - 1;
  const auto read = std::from_chars(text->data(), end, made.available);
  const bool sound = read.ec == std::errc() && read.ptr == end && made.available >= 0 && made.available <= 100;
  return sound ? std::optional(made) : std::nullopt;
}

warning_terms read_warning(json_reader& in) {
  const auto* available = in.optional_value("available");
  const auto made = available == nullptr ? std::nullopt : warning_of(*available);
  if (!made) in.refuse("available", "a percentage of what was acquired, as '5%', or a whole number");
  return made.value_or(warning_terms{});
}

/// `1 year` off `1 year and 3 months`.
std::optional<term> take_part(std::string_view& rest) {
  std::int64_t count = 0;
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), count);
  if (read.ec != std::errc() || count < 0 || count > longest_term) return std::nullopt;
  rest = trimmed(rest.substr(static_cast<std::size_t>(read.ptr - rest.data())));
  auto word = rest.substr(0, rest.find_first_of(" \t"));
  rest = trimmed(rest.substr(word.size()));
  if (rest.starts_with("and ")) rest = trimmed(rest.substr(4));
  if (word.ends_with('s')) word.remove_suffix(1);
  const auto known =
      std::find_if(term_words.begin(), term_words.end(), [word](const term_word& one) { return one.one == word; });
  if (known == term_words.end()) return std::nullopt;
  return term{count * known->days, count * known->months};
}

}  // namespace

result<term> parse_term(std::string_view text) {
  const failure wrong{errc::malformed, in_quotes(text) + ": expected " + a_term};
  term sum;
  auto rest = trimmed(text);
  do {
    const auto part = take_part(rest);
    if (!part) return wrong;
    sum.days += part->days;
    sum.months += part->months;
  } while (!rest.empty());
  if ((sum.days != 0 && sum.months != 0) || sum.days > longest_term || sum.months > longest_term) return wrong;
  return sum;
}

std::string to_text(const term& value) {
  const bool months = value.months != 0;
  const auto count = months ? value.months : value.days;
  return std::to_string(count) + (months ? " month" : " day") + (count == 1 ? "" : "s");
}

result<std::int64_t> units_of(const unit_scale& scale, const term& setting) {
  if (setting.months == 0 && setting.days <= scale.free.days) return std::int64_t{0};
  if (setting.months != 0 && setting.months % scale.step.months == 0) return setting.months / scale.step.months;
  return failure{errc::refused, scale.per + ": " + to_text(setting) + " is neither " + to_text(scale.free) +
                                    " or fewer nor a multiple of " + to_text(scale.step)};
}

std::string_view to_text(pool_kind value) {
  switch (value) {
    case pool_kind::units:
      return "units";
    case pool_kind::tenants:
      return "tenants";
    case pool_kind::none:
      break;
  }
  return "none";
}

result<pool_kind> parse_pool_kind(std::string_view text) {
  for (const auto kind : {pool_kind::none, pool_kind::units, pool_kind::tenants})
    if (to_text(kind) == text) return kind;
  return failure{errc::malformed, in_quotes(text) + ": expected units or tenants"};
}

void add_json(json::object& to, const licence_terms& terms) {
  if (terms.limit) {
    json::object limit{{"included", terms.limit->included}};
    if (!terms.limit->unit.empty()) limit["unit"] = terms.limit->unit;
    if (terms.limit->monthly) limit["period"] = "month";
    to["limit"] = std::move(limit);
  }
  if (!terms.needs.empty()) to["requires"] = text_array(terms.needs);
  if (terms.successors) to["deprecated"] = json::object{{"successor", text_array(*terms.successors)}};
  if (terms.pool != pool_kind::none) to["pool"] = to_text(terms.pool);
  if (terms.multiple > 1) to["multiple"] = terms.multiple;
  if (terms.warn) {
    const auto available = terms.warn->percent ? json::value(std::to_string(terms.warn->available) + "%")
                                               : json::value(terms.warn->available);
    to["warn"] = json::object{{"available", available}};
  }
  if (terms.grace) to["grace"] = json::object{{"percent", terms.grace->percent}, {"days", terms.grace->days}};
}

void add_json(json::object& to, const counting_terms& terms) {
  if (!terms.unit.empty()) to["unit"] = terms.unit;
  if (terms.units) {
    json::object units{{"per", terms.units->per}, {"step", to_text(terms.units->step)}};
    if (terms.units->free.days != 0) units["free"] = to_text(terms.units->free);
    to["units"] = std::move(units);
  }
  if (terms.package) to["package"] = json::object{{"size", terms.package->size}, {"unit", terms.package->unit}};
  if (terms.expanded) to["count"] = "expanded";
}

licence_terms licence_terms_from(json_reader& in) {
  licence_terms terms;
  terms.limit = read_part(in, "limit", "a map with included, unit, period", read_limit);
  terms.needs = read_names(in, "requires");
  terms.successors = read_part(in, "deprecated", "a map with successor: a list of ids of licences",
                               [](json_reader& part) { return read_names(part, "successor"); });
  if (const auto pool = parse_pool_kind(in.optional_text("pool", "none")))
    terms.pool = *pool;
  else
    in.refuse("pool", "units or tenants");
  if (in.has("multiple")) terms.multiple = read_quantity(in, "multiple", 2);
  terms.warn = read_part(in, "warn", "a map with available: a percentage, as '5%', or a whole number", read_warning);
  terms.grace = read_part(in, "grace", "a map with percent and days", [](json_reader& part) {
    return grace_terms{read_quantity(part, "percent"), read_quantity(part, "days")};
  });
  return terms;
}

counting_terms counting_terms_from(json_reader& in) {
  counting_terms terms;
  terms.unit = in.optional_text("unit");
  terms.units = read_part(in, "units", "a map with per, step (months) and free (days)", read_scale);
  terms.package = read_part(in, "package", "a map with size (at least 1) and unit", [](json_reader& part) {
    return package_terms{read_quantity(part, "size", 1), part.optional_text("unit")};
  });
  const auto count = in.optional_text("count");
  if (!count.empty() && count != "expanded") in.refuse("count", "expanded");
  terms.expanded = count == "expanded";
  return terms;
}

}  // namespace licaudit

#include "daemon/audit/metering.hpp"

#include "factors/engine.hpp"
#include "factors/row_measure.hpp"
#include "model/measure_unit.hpp"

#include <algorithm>
#include <string>

namespace licaudit::audit {

namespace {

std::string text_of(const field_map& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() || found->second.empty() ? std::string() : found->second.front();
}

/// In millionths of its unit's base; none: it cannot be read.
std::optional<std::int64_t> in_base(const std::string& used, const std::string& unit) {
  const auto read = parse_amount(used);
  if (!read || !is_reading(*read, unit)) return std::nullopt;
  return read->millionths * measure_unit_of(unit).of_base;
}

/// `90 minute`, as `fell_from` says it.
struct height {
  std::string used, unit;
};

height highest(const field_map& before) {
  const auto fell_from = text_of(before, factors::fell_from_field);
  const auto blank = fell_from.find(' ');
  if (blank == std::string::npos) return {text_of(before, "used"), text_of(before, "unit")};
  return {fell_from.substr(0, blank), fell_from.substr(blank + 1)};
}

bool is_below(const field_map& now, const height& then) {
  if (!converts(text_of(now, "unit"), then.unit)) return false;
  const auto is = in_base(text_of(now, "used"), text_of(now, "unit"));
  const auto was = in_base(then.used, then.unit);
  return is && was && *is < *was;
}

bool says_the_same(const field_map& a, const field_map& b) {
  return text_of(a, "used") == text_of(b, "used") && text_of(a, "unit") == text_of(b, "unit");
}

}  // namespace

instant month_start(const time_zone& zone, instant at) {
  const auto day = zone.civil(at).day;
  return zone.start_of(day.year() / day.month() / std::chrono::day{1});
}

instant month_starts::of(const tenant_slot& slot) {
  const auto* decides = tenants_.nearest_with_zone(slot);
  const auto [known, is_new] = known_.try_emplace(decides);
  if (is_new) {
    const auto zone = decides == nullptr ? time_zone() : time_zone::find(decides->record->time_zone).value();
    known->second = month_start(zone, at_);
  }
  return known->second;
}

bool counts_meters(const licence& of) {
  return std::any_of(of.factors.begin(), of.factors.end(),
                     [](const factor& one) { return one.kind == subject_kind::meter; });
}

bool counts_by_month(const factor_set& rules) {
  return std::any_of(rules.licences.begin(), rules.licences.end(), [](const licence& one) {
    return one.terms.limit && one.terms.limit->monthly && counts_meters(one);
  });
}

bool is_monthly_counter(const factors::rules& under, const tenant& whose, const subject& meter, instant now) {
  if (!counts_by_month(under.set())) return false;
  const auto on = [](const licence&, const factor&) { return true; };
  const auto found = factors::holdings(under, whose, now, on, {meter});
  return std::any_of(found.begin(), found.end(), [](const factors::holding& one) {
    return one.of_licence->terms.limit && one.of_licence->terms.limit->monthly;
  });
}

std::optional<field_map> newer_reading(const field_map* before, field_map given, const reading_context& around) {
  const auto own = parse_rfc3339(text_of(given, "at"));
  const auto last = before == nullptr ? result<instant>(instant::min()) : parse_rfc3339(text_of(*before, "at"));
  const instant known = last ? *last : instant::min();
  const instant at = own ? *own : std::max(around.dated, known);
  if (before != nullptr && at < known) return std::nullopt;
  const bool same_month = before != nullptr && last && known >= month_start(around.zone, at);
  // Without a time of its own it is the reading that is known, until a month has begun that it may be of.
  const bool is_of_then = own ? at == known : same_month;
  if (before != nullptr && is_of_then && says_the_same(*before, given)) return std::nullopt;
  given["at"] = {own ? text_of(given, "at") : to_rfc3339(at)};
  if (!same_month) return given;
  const auto then = highest(*before);
  const bool knew = before->find(factors::fell_from_field) != before->end();
  if (is_below(given, then) && (knew || around.is_counter(given)))
    given[std::string(factors::fell_from_field)] = {then.used + " " + then.unit};
  return given;
}

}  // namespace licaudit::audit

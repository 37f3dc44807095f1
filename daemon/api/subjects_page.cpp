#include "daemon/api/subjects_page.hpp"

#include "daemon/api/json_text.hpp"
#include "daemon/api/sold_json.hpp"

#include <algorithm>
#include <charconv>

namespace licaudit::api {
namespace {

bool is_wanted(const subject_filter& filter, const dated_inventory& then, const subject_holding& one) {
  if (filter.kind && then.subjects[one.subject].value.name.kind != *filter.kind) return false;
  if (!filter.licence.empty() && one.licence != filter.licence) return false;
  return filter.factor.empty() || one.factor == filter.factor;
}

void add_row(json_text& out, const ledger::dated_subject& who, const subject_holding& what, bool names) {
  out.begin_object().member("kind", to_text(who.value.name.kind));
  out.text_or_null("subject", names ? who.value.name.id : std::string()).member("key", who.key);
  out.member("quantity", who.value.quantity).member("licence", what.licence).text_or_null("factor", what.factor);
  add_decimal(out, "worth", what.worth);
  out.member("configured", what.configured).member("eligible", what.eligible);
  if (who.value.name.kind == subject_kind::meter) {
    out.key("reading").begin_object();
    add_reading(out, who.value);
    out.end_object();
  }
  out.end_object();
}

void add_factor(json_text& out, const factor_account& one) {
  out.begin_object().member("licence", one.licence).member("factor", one.factor);
  add_decimal(out, "worth", one.worth);
  out.text_or_null("unit", one.unit).key("units");
  if (one.units) {
    out.begin_object().member("per", one.units->per).text_or_null("setting", one.units->setting);
    out.member("each", one.units->each).end_object();
  } else {
    out.add(nullptr);
  }
  out.key("package");
  add_package(out, one.package);
  out.member("counted", one.counted).end_object();
}

bool is_wanted(const subject_filter& filter, const dated_inventory& then, const factor_account& account) {
  return std::any_of(then.holdings.begin(), then.holdings.end(), [&](const subject_holding& one) {
    return one.factor == account.factor && one.licence == account.licence && is_wanted(filter, then, one);
  });
}

/// Of the whole tenant, whatever page it is: the sum of the worths, and what is counted for it.
void add_factors(json_text& out, const subject_filter& filter, const dated_inventory& then) {
  out.key("factors").begin_array();
  for (const factor_account& one : then.factors)
    if (is_wanted(filter, then, one)) add_factor(out, one);
  out.end_array();
}

template <class Number>
bool read_number(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::string subjects_page(const subjects_question& asked, const dated_inventory& then) {
  json_text out;
  out.begin_object()
      .member("tenant", asked.tenant)
      .member("time_zone", asked.zone)
      .member("at", asked.at)
      .member("calculated_at", then.tenant.at);
  out.key("subjects").begin_array();
  std::size_t row = 0;
  std::string next;
  for (const subject_holding& one : then.holdings) {
    if (!is_wanted(asked.filter, then, one)) continue;
    if (row >= asked.first + asked.limit) {
      next = std::to_string(to_milliseconds(asked.at)) + "." + std::to_string(row);
      break;
    }
    if (row++ >= asked.first) add_row(out, then.subjects[one.subject], one, asked.names);
  }
  out.end_array();
  add_factors(out, asked.filter, then);
  out.text_or_null("next", next).end_object();
  return out.take();
}

result<subjects_place> parse_subjects_place(std::string_view text) {
  const std::size_t dot = text.find('.');
  std::int64_t at = 0;
  std::size_t row = 0;
  if (dot == std::string_view::npos || !read_number(text.substr(0, dot), at) ||
      !read_number(text.substr(dot + 1), row)) {
    return failure{errc::malformed, "after: expected the `next` of the page before, found " + std::string(text)};
  }
  return subjects_place{from_milliseconds(at), row};
}

}  // namespace licaudit::api

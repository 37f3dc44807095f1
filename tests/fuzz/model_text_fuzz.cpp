// The small forms in which values are written: JSON, instants, dates, spans, durations.
#include "daemon/settings/duration.hpp"
#include "model/date_range.hpp"
#include "model/json.hpp"
#include "model/time_span.hpp"
#include "plugins/sdk/exact_decimal.hpp"
#include "plugins/sdk/utf8.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/promise.hpp"

#include <boost/json/serialize.hpp>

namespace licaudit::fuzz {
namespace {

/// A failure is a sentence; whether there was a value.
template <class T>
bool read(const result<T>& what, std::string_view text) {
  if (!what) promise_sentence(what.error().detail, text);
  return what.has_value();
}

void check_json(std::string_view text) {
  const auto value = parse_json(text);
  if (!read(value, text)) return;
  const auto written = canonical_json(*value);
  const auto again = parse_json(written);
  promise(again.has_value(), "canonical JSON is JSON", written);
  promise(canonical_json(*again) == written, "canonical JSON stays as it is", written);
  const auto plain = parse_json(json::serialize(*value));
  promise(plain && canonical_json(*plain) == written, "a value has one canonical form", written);
}

void check_times(std::string_view text) {
  static const auto zone = time_zone::find("Europe/Berlin").value();
  static const auto now = parse_rfc3339("2026-11-21T12:00:00Z").value();
  if (const auto at = parse_rfc3339(text); read(at, text)) {
    const auto again = parse_rfc3339(to_rfc3339(*at));
    promise(again && *again == *at, "an instant reads back as it was written", text);
  }
  if (const auto day = parse_day(text); read(day, text)) {
    promise(to_text(*day) == text, "a day is written one way", text);
  }
  for (const auto end : {range_end::since, range_end::until}) {
    const auto at = parse_date(text, end, zone, now);
    if (read(at, text))
      promise(parse_rfc3339(to_rfc3339(*at)).has_value(), "a date that is taken can be written", text);
  }
  if (const auto range = parse_date_range(text, {}, zone, now); read(range, text)) {
    promise(range->since <= range->until, "a range ends after it begins", text);
  }
  if (const auto span = parse_time_span(text); read(span, text))
    promise(span->count() >= 0, "no span is negative", text);
}

void check_settings_texts(std::string_view text) {
  if (const auto time = settings::parse_duration(text); read(time, text)) {
    promise(time->count() >= 1, "a duration is a second at least", text);
  }
  if (const auto months = settings::parse_months(text); read(months, text)) promise(*months >= 1, "a month at least");
  if (const auto share = settings::parse_percentage(text); read(share, text)) {
    promise(*share >= 0 && *share <= 100, "a percentage is one", text);
  }
  if (const auto mode = settings::parse_mode(text); read(mode, text)) promise(*mode <= 0777, "permissions alone", text);
  (void)read(settings::parse_expiry(text), text);
}

void check_decimal(std::string_view text) {
  const auto value = sdk::exact_decimal(text);
  if (!read(value, text)) return;
  const auto again = sdk::exact_decimal(*value);
  promise(again && *again == *value, "a canonical decimal stays as it is", *value);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto text = text_of(bytes, size);
  check_json(text);
  check_times(text);
  check_settings_texts(text);
  check_decimal(text);
  (void)sdk::is_utf8_text(text);
  return 0;
}

}  // namespace licaudit::fuzz

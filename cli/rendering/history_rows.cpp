#include "cli/rendering/history_rows.hpp"

#include "cli/rendering/json_access.hpp"
#include "cli/rendering/printable.hpp"

#include <algorithm>
#include <charconv>

namespace licaudit::cli::rendering {

namespace {

history_row read_row(const json::value& calculation, const json::value& licence) {
  history_row row;
  row.at = text_at(calculation, "at");
  row.bucket = text_at(calculation, "bucket");
  row.cause = text_at(calculation, "cause.text");
  row.state = text_at(licence, "state");
  if (row.state.empty()) row.state = text_at(calculation, "state");
  row.acquired = integer_at(licence, "acquired");
  row.licensed = integer_at(licence, "licensed");
  row.available = integer_at(licence, "available");
  row.peak = integer_at(licence, "peak.licensed");
  row.peak_at = text_at(licence, "peak.at");
  row.factors = &elements(licence, "factors");
  return row;
}

bool says_the_same(const history_row& a, const history_row& b) {
  return a.acquired == b.acquired && a.licensed == b.licensed && a.state == b.state && *a.factors == *b.factors;
}

licence_history& history_of(std::vector<licence_history>& all, std::string_view licence) {
  const auto found = std::ranges::find(all, licence, &licence_history::licence);
  if (found != all.end()) return *found;
  all.emplace_back();
  all.back().licence = licence;
  return all.back();
}

void note_factors(licence_history& of, const history_row& row) {
  for (const auto& factor : *row.factors) {
    const auto id = text_at(factor, "factor");
    if (std::ranges::find(of.factors, id) == of.factors.end()) of.factors.emplace_back(id);
  }
}

void leave_out_unchanged(licence_history& of) {
  std::vector<history_row> kept;
  for (const auto& row : of.rows) {
    if (kept.empty() || !says_the_same(kept.back(), row)) kept.push_back(row);
  }
  of.rows = std::move(kept);
}

std::string bucket_text(std::string_view bucket, bool by_month) {
  int numbers[3] = {0, 1, 1};
  const char* at = bucket.data();
  const char* const end = at + bucket.size();
  for (int& number : numbers) {
    at = std::from_chars(at, end, number).ptr;
    if (at != end && *at == '-') ++at;
  }
  const std::chrono::year_month_day day{std::chrono::year{numbers[0]},
                                        std::chrono::month{static_cast<unsigned>(numbers[1])},
                                        std::chrono::day{static_cast<unsigned>(numbers[2])}};
  if (at != end || !day.ok()) return printable(bucket);
  const auto text = day_text(day);
  // Behind weekday and day of `Thu  1 Oct` stands the month.
  return by_month ? text.substr(7) + ' ' + std::to_string(numbers[0]) : text;
}

/// What a row's time needs so that no two rows say the same, and none seems to go back.
struct time_style {
  bool year = false, seconds = false, abbreviation = false;
};

std::string row_time(instant at, const wall_clock& clock, time_style style) {
  const auto time = clock.civil(at);
  auto text = day_text(time.day);
  if (style.year) text += ' ' + std::to_string(static_cast<int>(time.day.year()));
  text += ' ' + clock_text(time, style.seconds);
  return style.abbreviation ? text + ' ' + time.abbreviation : text;
}

time_style style_of(const std::vector<std::optional<instant>>& instants, const wall_clock& clock) {
  time_style style;
  for (std::size_t i = 1; i < instants.size(); ++i) {
    if (!instants[i - 1] || !instants[i]) continue;
    const auto before = clock.civil(*instants[i - 1]);
    const auto now = clock.civil(*instants[i]);
    const bool same_minute = before.day == now.day && clock_text(before) == clock_text(now);
    style.year = style.year || before.day.year() != now.day.year();
    style.seconds = style.seconds || (same_minute && before.offset == now.offset);
    style.abbreviation = style.abbreviation || *instants[i] + now.offset <= *instants[i - 1] + before.offset;
  }
  return style;
}

}  // namespace

const json::value* history_row::find(std::string_view factor) const {
  const auto found =
      std::ranges::find_if(*factors, [factor](const json::value& one) { return text_at(one, "factor") == factor; });
  return found == factors->end() ? nullptr : &*found;
}

std::vector<licence_history> licence_histories(const json::object& history) {
  std::vector<licence_history> all;
  const auto by = text_at(history, "by");
  const auto add = [&all, by](const json::value& calculation) {
    for (const auto& licence : elements(calculation, "licences")) {
      auto& of = history_of(all, text_at(licence, "licence"));
      of.by = by;
      of.rows.push_back(read_row(calculation, licence));
      note_factors(of, of.rows.back());
    }
  };
  // What was calculated before the range holds at its beginning, and is shown as of then. Days and months carry it
  // over.
  if (const auto* before = value_at(history, "before"); before != nullptr && by != "day" && by != "month") {
    add(*before);
    for (auto& of : all) {
      of.rows.front().at = text_at(history, "since");
      of.rows.front().cause = "in force at start";
    }
  }
  for (const auto& calculation : elements(history, "calculations")) add(calculation);
  // With one licence the daemon has left them out already, and what it keeps (`stale to`) is worth its line.
  if (by == "change" && all.size() > 1) std::ranges::for_each(all, leave_out_unchanged);
  return all;
}

std::vector<std::string> row_times(const licence_history& of, const wall_clock& clock) {
  std::vector<std::string> texts;
  std::vector<std::optional<instant>> instants;
  for (const auto& row : of.rows) {
    const auto at = parse_rfc3339(row.at);
    instants.push_back(at ? std::optional(*at) : std::nullopt);
  }
  const auto style = style_of(instants, clock);
  for (std::size_t i = 0; i < of.rows.size(); ++i) {
    if (of.bucketed()) {
      texts.push_back(bucket_text(of.rows[i].bucket, of.by == "month"));
    } else {
      texts.push_back(instants[i] ? row_time(*instants[i], clock, style) : printable(of.rows[i].at));
    }
  }
  return texts;
}

}  // namespace licaudit::cli::rendering

#include "cli/rendering/history_page.hpp"

#include "cli/rendering/factor_headings.hpp"
#include "cli/rendering/flow.hpp"
#include "cli/rendering/history_rows.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/printable.hpp"
#include "cli/rendering/table.hpp"
#include "cli/rendering/tally_text.hpp"

#include <algorithm>

namespace licaudit::cli::rendering {

namespace {

constexpr std::size_t least_when_width = 16;

std::string number_text(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "-";
}

std::string header(const json::object& history, std::string_view licence, const wall_clock& clock, const view& as) {
  const auto since = parse_rfc3339(text_at(history, "since"));
  const auto until = parse_rfc3339(text_at(history, "until"));
  flow line;
  line.add(printable(text_at(history, "tenant")), 0, colour::bold).add(printable(licence), 2, colour::bold);
  if (since && until) line.add(clock.range(*since, *until), 2);
  return line.add("by " + printable(text_at(history, "by"))).add(printable(clock.zone_name())).text(as);
}

std::vector<table_column> columns_of(const licence_history& of, const std::vector<std::string>& headings) {
  std::vector<table_column> columns = {
      {"", side::left, 0, 1, false},
      {of.bucketed() ? "on" : "when", side::left, 1, of.bucketed() ? 0 : least_when_width, false},
      {"licensed", side::right, 2, 0, false},
      {"acquired", side::right, 1, 0, false},
      {"avail", side::right, 1, 0, false}};
  if (of.bucketed()) {
    columns.push_back({"peak", side::right, 2, 0, false});
    columns.push_back({"at", side::left, 1, 0, false});
  }
  bool first = true;
  for (const auto& heading : headings) {
    columns.push_back({heading, side::left, first ? std::size_t{2} : std::size_t{1}, 0, false});
    first = false;
  }
  columns.push_back({"cause", side::left, 1});
  return columns;
}

bool is_unsound(const history_row& row) {
  return row.state == "degraded" || row.state == "held";
}

/// `.` for a factor that says the same as in the row before.
cell factor_cell(const history_row& row, const history_row* before, const std::string& factor) {
  const auto* now = row.find(factor);
  if (now == nullptr) return {"-"};
  const auto text = tally_text(*now);
  const auto* was = before == nullptr ? nullptr : before->find(factor);
  return {was != nullptr && tally_text(*was) == text ? "." : text};
}

std::vector<cell> cells_of(const licence_history& of, std::size_t index, const std::vector<std::string>& when,
                           const wall_clock& clock) {
  const auto& row = of.rows[index];
  const auto* before = index == 0 ? nullptr : &of.rows[index - 1];
  std::vector<cell> cells = {{is_unsound(row) ? "~" : "", colour_of_state(row.state)},
                             {when[index]},
                             {number_text(row.licensed)},
                             {number_text(row.acquired)},
                             {number_text(row.available), row.available.value_or(0) < 0 ? colour::red : colour::plain}};
  if (of.bucketed()) {
    cells.push_back({number_text(row.peak)});
    cells.push_back({row.peak_at.empty() ? "" : clock.brief(row.peak_at)});
  }
  for (const auto& factor : of.factors) cells.push_back(factor_cell(row, before, factor));
  cells.push_back({printable(row.cause)});
  return cells;
}

std::string legend(const licence_history& of, const std::vector<std::string>& headings, const view& as) {
  flow line;
  for (std::size_t i = 0; i < headings.size(); ++i) {
    if (headings[i] != of.factors[i]) line.add(headings[i] + " = " + printable(of.factors[i]));
  }
  line.add(". = unchanged");
  if (std::ranges::any_of(of.rows, is_unsound)) line.add("~ = degraded or held");
  return line.text(as);
}

}  // namespace

std::string history_page(const json::object& history, const view& as) {
  const auto clock = as.clock_of(history);
  std::string text;
  for (const auto& of : licence_histories(history)) {
    const auto headings = factor_headings(of.factors);
    const auto when = row_times(of, clock);
    table shown(columns_of(of, headings));
    for (std::size_t i = 0; i < of.rows.size(); ++i) shown.add_row(cells_of(of, i, when, clock));
    if (!text.empty()) text += '\n';
    text += header(history, of.licence, clock, as) + shown.text(as) + legend(of, headings, as);
  }
  if (text.empty()) text = header(history, "no calculation", clock, as);
  return text;
}

}  // namespace licaudit::cli::rendering

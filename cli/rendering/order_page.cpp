#include "cli/rendering/order_page.hpp"

#include "cli/rendering/confirmations.hpp"
#include "cli/rendering/flow.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/printable.hpp"
#include "cli/rendering/table.hpp"

namespace licaudit::cli::rendering {

namespace {

std::string number_text(const json::value& line, std::string_view member) {
  const auto* value = value_at(line, member);
  return value == nullptr || value->is_null() ? "-" : printable(plain_text(*value, ""));
}

std::string change_of(const json::value& line) {
  const auto change = integer_at(line, "change").value_or(0);
  return (change > 0 ? "+" : "") + std::to_string(change);
}

std::string arrow_text(const json::value& line, std::string_view from, std::string_view to) {
  return number_text(line, from) + " -> " + number_text(line, to);
}

table lines_of(const json::object& answer) {
  table shown({{"licence", side::left, 0},
               {"change", side::right, 2, 0, false},
               {"acquired", side::right, 2, 0, false},
               {"this month", side::right, 2, 0, false},
               {"billed", side::left, 2}});
  for (const auto& line : elements(answer, "lines"))
    shown.add_row({{printable(text_at(line, "licence"))},
                   {change_of(line)},
                   {arrow_text(line, "now", "then")},
                   {arrow_text(line, "month_now", "month_then")},
                   {printable(text_at(line, "by")) + " of " + printable(text_at(line, "of"))}});
  return shown;
}

std::string first_line(const json::object& answer, const view& as) {
  const auto state = printable(text_at(answer, "state"));
  flow line;
  line.add(printable(text_at(answer, "tenant")), 0, colour::bold);
  line.add("cart, version " + std::to_string(integer_at(answer, "version").value_or(0)), 2);
  if (!state.empty() && state != "ok") line.add("counts are " + state, 3, colour_of_state(state));
  return line.text(as);
}

}  // namespace

listing order_list() {
  return {"lines",
          {{"licence", "licence", "licence"},
           {"now", "now", "now", cell_kind::number},
           {"change", "change", "change", cell_kind::number},
           {"then", "then", "then", cell_kind::number},
           {"month_now", "month now", "month_now", cell_kind::number},
           {"month_then", "month then", "month_then", cell_kind::number},
           {"blocked", "blocked", "blocked"}}};
}

std::string order_page(const json::object& answer, const view& as) {
  const auto tenant = printable(text_at(answer, "tenant"));
  const auto& lines = elements(answer, "lines");
  if (lines.empty()) return "nothing is staged for " + tenant + "; licaudit order add " + tenant + " LICENCE CHANGE\n";
  std::string text = first_line(answer, as) + lines_of(answer).text(as);
  bool blocked = false;
  for (const auto& line : lines) {
    const auto why = text_at(line, "blocked");
    if (why.empty()) continue;
    blocked = true;
    text += flow().add(" ! blocked  " + printable(why), 0, colour::red).text(as);
  }
  return text + (blocked ? "do:  what is blocked first, or: licaudit order cancel " + tenant + " LICENCE\n"
                         : "do:  licaudit order confirm " + tenant + '\n');
}

std::string ordered_text(const json::object& answer, const view& as) {
  std::string text;
  for (const auto& line : elements(answer, "lines"))
    text += (text.empty() ? "" : ", ") + std::string(text_at(line, "licence")) + ' ' + number_text(line, "now") +
            " -> " + number_text(line, "then");
  return change_text("ordered for " + std::string(text_at(answer, "tenant")) + ": " + text, answer, as);
}

listing limit_list() {
  return {"",
          {{"tenant", "tenant", "tenant"},
           {"licence", "licence", "licence"},
           {"limit", "limit", "limit", cell_kind::number},
           {"included", "included", "included", cell_kind::number},
           {"allowed", "allowed", "allowed", cell_kind::number},
           {"unit", "unit", "unit"},
           {"period", "period", "period"}}};
}

std::string limit_text(const json::object& answer, const view& as) {
  const auto limit = integer_at(answer, "limit");
  std::string did =
      "limit of " + std::string(text_at(answer, "licence")) + " for " + std::string(text_at(answer, "tenant")) + ": ";
  if (!limit) return change_text(did + "none", answer, as);
  did += std::to_string(*limit) + " above the " + std::to_string(integer_at(answer, "included").value_or(0)) +
         " included, " + std::to_string(integer_at(answer, "allowed").value_or(0));
  if (const auto unit = text_at(answer, "unit"); !unit.empty()) did += ' ' + std::string(unit);
  return change_text(did + " allowed" + (text_at(answer, "period").empty() ? "" : " a month"), answer, as);
}

}  // namespace licaudit::cli::rendering

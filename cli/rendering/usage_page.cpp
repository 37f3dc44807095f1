#include "cli/rendering/usage_page.hpp"

#include "cli/rendering/flow.hpp"
#include "cli/rendering/idle_licences.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/listing.hpp"
#include "cli/rendering/printable.hpp"
#include "cli/rendering/table.hpp"

namespace licaudit::cli::rendering {

namespace {

std::string quantity_text(const json::value& from, std::string_view member) {
  const auto quantity = integer_at(from, member);
  return quantity ? std::to_string(*quantity) : "-";
}

/// `4100 of 7000 minute, until Tue 1 Dec`; empty: the licence has no limit.
std::string limit_text(const json::value& licence, const wall_clock& clock) {
  if (!integer_at(licence, "limit.included")) return {};
  const auto unit = printable(text_at(licence, "limit.unit"));
  auto text = quantity_text(licence, "limit.used");
  const auto allowed = integer_at(licence, "limit.allowed");
  text += allowed ? " of " + std::to_string(*allowed) : std::string();
  if (!unit.empty()) text += ' ' + unit;
  if (!allowed) return text + ", no limit";
  const auto until = text_at(licence, "limit.until");
  return until.empty() ? text : text + ", until " + clock.brief(until);
}

std::string licence_text(const json::value& licence) {
  auto text = printable(text_at(licence, "licence"));
  const auto* successors = value_at(licence, "successors");
  if (successors == nullptr || !successors->is_array()) return text;
  text += " (deprecated";
  if (!successors->get_array().empty()) text += ": " + printable(plain_text(*successors, ", "));
  return text + ')';
}

colour colour_of_use(std::string_view use) {
  if (use == "ok") return colour::plain;
  return use == "near" ? colour::yellow : colour::red;
}

/// ` = 1200 GB`: its reading as the factor counts it; empty where that is the same, or nothing.
std::string worth_text(const json::value& licence, const json::value& meter) {
  const auto* worth = value_at(meter, "worth");
  const auto* used = value_at(meter, "used");
  if (worth == nullptr || worth->is_null() || used == nullptr) return {};
  const auto text = plain_text(*worth, "");
  if (text == plain_text(*used, "")) return {};
  for (const auto& one : elements(licence, "factors")) {
    if (text_at(one, "factor") != text_at(meter, "factor")) continue;
    const auto own = text_at(one, "unit");
    const auto packed = text_at(one, "package.unit");
    return " = " + printable(text) + ' ' + printable(packed.empty() ? own : packed);
  }
  return {};
}

std::string meter_lines(const json::value& licence, const wall_clock& clock, const view& as) {
  std::string lines;
  for (const auto& meter : elements(licence, "meters")) {
    const auto* used = value_at(meter, "used");
    const auto name = printable(text_at(meter, "meter"));
    const auto of = printable(text_at(licence, "licence"));
    auto text = "  " + of + (name.empty() || name == of ? "" : " " + name) + ": " +
                (used == nullptr ? "-" : printable(plain_text(*used, ""))) + ' ' + printable(text_at(meter, "unit")) +
                worth_text(licence, meter);
    if (const auto at = text_at(meter, "at"); !at.empty()) text += ", read " + clock.brief(at);
    lines += flow().add(std::move(text)).text(as);
  }
  return lines;
}

}  // namespace

std::string usage_page(const json::object& page, const view& as) {
  const auto clock = as.clock_of(page);
  flow head;
  head.add(printable(text_at(page, "tenant")), 0, colour::bold).add(printable(text_at(page, "name")), 2);
  if (flag_at(page, "aggregated", false)) head.add("with its subtree");
  const auto at = text_at(page, "calculated_at");
  head.add(at.empty() ? "never calculated" : "as of " + clock.full(at));
  const auto state = text_at(page, "state");
  head.add(printable(state), 3, colour_of_state(state));
  table shown({{"licence", side::left, 0},
               {"used", side::left, 2},
               {"acquired", side::right, 2, 0, false},
               {"left", side::right, 2, 0, false},
               {"limit", side::left, 2},
               {"use", side::left, 2, 0, false}});
  std::string meters;
  const auto& licences = elements(page, "licences");
  for (const auto& licence : licences) {
    if (is_idle(licence, licences)) continue;
    const auto use = text_at(licence, "use");
    shown.add_row({{licence_text(licence)},
                   {printable(text_at(licence, "text"))},
                   {quantity_text(licence, "acquired")},
                   {quantity_text(licence, "available")},
                   {limit_text(licence, clock)},
                   {printable(use), colour_of_use(use)}});
    meters += meter_lines(licence, clock, as);
  }
  if (licences.empty()) return head.text(as) + "no licence counts for this tenant\n";
  return head.text(as) + (shown.empty() ? std::string() : shown.text(as)) + idle_line(licences, as) + meters;
}

std::string check_text(const json::object& answer, const view& as) {
  const auto clock = as.clock_of(answer);
  const auto available = integer_at(answer, "available");
  const bool allowed = flag_at(answer, "allowed", false);
  std::string text = allowed ? "yes" : "no: " + printable(text_at(answer, "reason"));
  if (allowed) text += available ? ", " + std::to_string(*available) + " left" : ", nothing bounds it";
  if (const auto until = text_at(answer, "until"); !until.empty()) text += "; again from " + clock.full(until);
  const auto at = text_at(answer, "calculated_at");
  text += " (" + printable(text_at(answer, "state")) + (at.empty() ? "" : ", as of " + clock.full(at)) + ")";
  return flow().add(std::move(text), 0, allowed ? colour::plain : colour::red).text(as);
}

}  // namespace licaudit::cli::rendering

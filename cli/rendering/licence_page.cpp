#include "cli/rendering/licence_page.hpp"

#include "cli/rendering/finding_lines.hpp"
#include "cli/rendering/flow.hpp"
#include "cli/rendering/idle_licences.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/listing.hpp"
#include "cli/rendering/printable.hpp"
#include "cli/rendering/table.hpp"
#include "cli/rendering/tally_text.hpp"

#include <algorithm>
#include <cctype>

namespace licaudit::cli::rendering {

namespace {

/// Where the first line ends, so that the zones of several pages stand below each other.
constexpr std::size_t page_width = 97;
/// The titles of UMP fit into this; pages of different tenants then line up.
constexpr std::size_t least_title_width = 35;
constexpr std::size_t least_width_for_titles = 80;
constexpr std::size_t least_count_width = 15;
constexpr std::size_t least_changed_width = 11;

std::string shown(const json::object& page, std::string_view member) {
  return printable(text_at(page, member));
}

std::string first_line(const json::object& page, const wall_clock& clock, const view& as) {
  flow line;
  line.add(shown(page, "tenant"), 0, colour::bold).add(shown(page, "name"), 2).add(shown(page, "service"));
  if (const auto parent = shown(page, "parent"); !parent.empty()) {
    const auto type = shown(page, "parent_type");
    line.add((type.empty() ? "parent" : type) + ' ' + parent);
  }
  if (flag_at(page, "aggregated", false)) line.add("with its subtree");
  return line.add_ending_at(page_width, "times: " + printable(clock.zone_name())).text(as);
}

std::string state_text(const json::object& page, const wall_clock& clock) {
  std::string word(text_at(page, "state"));
  if (word == "ok") return word;
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (const auto since = text_at(page, "degraded_since"); !since.empty()) word += " since " + clock.brief(since);
  return printable(word);
}

std::string second_line(const json::object& page, const wall_clock& clock, const view& as) {
  const auto at = text_at(page, "calculated_at");
  const auto when = at.empty() ? "never" : clock.full(at) + " (" + clock.distance(at) + ")";
  flow line;
  line.add("License Calculation Time").add(when, 2);
  return line.add(state_text(page, clock), 6, colour_of_state(text_at(page, "state"))).text(as);
}

std::string quantity_text(const json::value& licence, std::string_view member) {
  const auto quantity = integer_at(licence, member);
  return quantity ? std::to_string(*quantity) : "-";
}

std::string licence_line(const json::object& page, const json::value& licence, bool first, const view& as) {
  const bool over_use = integer_at(licence, "available").value_or(0) < 0;
  flow line;
  line.add(printable(text_at(licence, "licence")), 0, colour::bold).add(printable(text_at(licence, "title")), 2);
  if (const auto* successors = value_at(licence, "successors"))
    line.add(elements(licence, "successors").empty() ? "deprecated"
                                                     : "deprecated: " + printable(plain_text(*successors, ", ")),
             3, colour::yellow);
  line.add("acquired " + quantity_text(licence, "acquired")).add("licensed " + quantity_text(licence, "licensed"));
  line.add("available " + quantity_text(licence, "available"), 3, over_use ? colour::red : colour::plain);
  if (const auto handed_out = integer_at(licence, "handed_out")) line.add("handed out " + std::to_string(*handed_out));
  if (const auto* limit = value_at(licence, "limit"))
    line.add("limit " + (limit->is_null() ? std::string("none") : quantity_text(licence, "limit")));
  // Monitored users belong to the tenant, not to a licence; one line of the page says them.
  if (first) line.add("monitored " + std::to_string(integer_at(page, "monitored").value_or(0)) + " (never billed)");
  return line.text(as);
}

std::string factor_table(const json::value& licence, const wall_clock& clock, const view& as) {
  // UMP's titles differ only at their ends, which is where a narrow screen cuts; ids are short.
  const bool narrow = as.width && *as.width < least_width_for_titles;
  table shown({{"prio", side::right, 0, 4, false},
               {"factor", side::left, 1, narrow ? 0 : least_title_width, !narrow},
               {"n1 (n2)", side::left, 2, least_count_width, false},
               {"changed", side::left, 2, least_changed_width, false},
               {"cause", side::left, 2}});
  const auto& factors = elements(licence, "factors");
  const auto n1_width = widest_calculated(factors);
  for (const auto& factor : factors) {
    const auto priority = integer_at(factor, "priority");
    const auto title = text_at(factor, narrow ? "factor" : "title");
    const auto changed = text_at(factor, "changed");
    shown.add_row({{priority ? std::to_string(*priority) : ""},
                   {printable(title.empty() ? text_at(factor, "factor") : title)},
                   {tally_text(factor, n1_width)},
                   {changed.empty() ? "" : clock.brief(changed)},
                   {printable(text_at(factor, "cause"))}});
  }
  return shown.empty() ? "(no factor counts towards it here)\n" : shown.text(as);
}

/// `lifecycle-management off`, all of them, with the licence where a factor's id alone could mean two.
std::string pending_switches(const json::object& page) {
  const auto& licences = elements(page, "licences");
  std::string list;
  for (const auto& licence : licences) {
    for (const auto& factor : elements(licence, "factors")) {
      const auto* pending = value_at(factor, "pending");
      if (pending == nullptr || !pending->is_bool()) continue;
      if (!list.empty()) list += ", ";
      if (licences.size() > 1) list += std::string(text_at(licence, "licence")) + '/';
      list += std::string(text_at(factor, "factor")) + (pending->get_bool() ? " on" : " off");
    }
  }
  return printable(list);
}

std::string footer(const json::object& page, const view& as) {
  const auto pending = pending_switches(page);
  flow line;
  line.add("n1 = counted, billed").add("n2 = configured").add("(n/a) = switched off");
  if (pending.empty()) {
    line.add("pending switches: none");
  } else {
    line.add("pending switches: " + pending + " (licaudit apply " + shown(page, "tenant") + ")", 3, colour::yellow);
  }
  if (flag_at(page, "pending_rules", false))
    line.add("pending rules (licaudit apply --all --rules)", 3, colour::yellow);
  return line.text(as);
}

}  // namespace

std::string licence_page(const json::object& page, const view& as) {
  const auto clock = as.clock_of(page);
  auto text = first_line(page, clock, as) + second_line(page, clock, as);
  if (!flag_at(page, "enabled", true)) {
    const auto what_to_do = "licaudit tenant enable " + shown(page, "tenant");
    text += flow().add(" ! disabled  nothing is counted for this tenant").add("do:  " + what_to_do).text(as);
  }
  const auto& findings = elements(page, "findings");
  const auto reason = shown(page, "reason");
  if (findings.empty() && !reason.empty()) text += flow().add(" ! " + reason).text(as);
  text += finding_lines(findings, clock, as);
  bool first = true;
  const auto& licences = elements(page, "licences");
  for (const auto& licence : licences) {
    if (is_idle(licence, licences)) continue;
    text += licence_line(page, licence, first, as) + factor_table(licence, clock, as);
    first = false;
  }
  if (licences.empty()) text += "no licence counts for this tenant\n";
  return text + idle_line(licences, as) + footer(page, as);
}

}  // namespace licaudit::cli::rendering

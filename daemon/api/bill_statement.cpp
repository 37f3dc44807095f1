#include "daemon/api/bill_statement.hpp"

#include "daemon/api/bill_document.hpp"
#include "daemon/api/bill_explanation.hpp"
#include "daemon/api/bill_page.hpp"

#include <set>
#include <vector>

namespace licaudit::api {
namespace {

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
@page { size: A4; margin: 15mm }
body { font: 11pt/1.4 system-ui, sans-serif; color: #111; max-width: 60em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.4em; margin: 0 }
.part { color: #444; margin: .2em 0 1.5em }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .4em .6em; border-bottom: 1px solid #bbb }
th { font-weight: 600; border-bottom: 2px solid #111 }
.quantity { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
td p { margin: 0; color: #444; font-size: .9em }
tr { break-inside: avoid }
footer { margin-top: 2em; color: #444; font-size: .8em; overflow-wrap: anywhere }
thead { display: table-header-group }
@media print { body { font-size: 9pt; line-height: 1.25; margin: 0; max-width: none; padding: 0 }
  th, td { padding: .2em .4em }
  .part { margin-bottom: .8em }
  footer { margin-top: .8em; break-inside: avoid } }
</style>
)";

std::string escaped(std::string_view text) {
  std::string made;
  for (const char c : text) {
    switch (c) {
      case '&':
        made += "&amp;";
        break;
      case '<':
        made += "&lt;";
        break;
      case '>':
        made += "&gt;";
        break;
      case '"':
        made += "&quot;";
        break;
      default:
        made += c;
    }
  }
  return made;
}

std::string text_in(const json::object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// A quantity or a number as the document writes it.
std::string number_in(const json::object& from, std::string_view name, const std::string& otherwise) {
  const auto* value = from.if_contains(name);
  const auto quantity = value == nullptr ? std::nullopt : amount_of(*value);
  return quantity ? to_text(*quantity) : otherwise;
}

std::string local_in(const json::object& from, std::string_view name, const time_zone& zone) {
  const auto at = parse_rfc3339(text_in(from, name));
  return at ? local_text(*at, zone) : std::string();
}

std::string row_of(const std::string& what, const std::vector<std::string>& sentences, const std::string& quantity) {
  std::string made = "<tr><td>" + escaped(what);
  for (const auto& one : sentences) made += "<p>" + escaped(one) + "</p>";
  return made + "</td><td class=\"quantity\">" + escaped(quantity) + "</td></tr>\n";
}

std::string line_row(const json::object& line, const time_zone& zone) {
  std::vector<std::string> said;
  for (const auto& sentence : line.at("explanation").as_array()) said.emplace_back(sentence.as_string());
  for (const auto& one : line.at("accepted").as_array()) {
    const auto& accepted = one.as_object();
    if (accepted.if_contains("by") != nullptr)
      said.push_back("Accepted by " + text_in(accepted, "by") + " on " + local_in(accepted, "at", zone) +
                     ", operation " + number_in(accepted, "operation", "") + ".");
  }
  return row_of(text_in(line, "title"), said, number_in(line, "quantity", "held"));
}

/// Nothing of it was there in this part of the month, and nothing more is to be said.
bool is_idle(const json::object& line) {
  const auto is_nothing = [](const json::value& quantity) { return amount_of(quantity) == amount(); };
  const auto is_none = [&line](const char* list) { return line.at(list).as_array().empty(); };
  const auto* together = line.at("peak_of_sum").if_object();
  return is_nothing(line.at("quantity")) && (together == nullptr || is_nothing(together->at("quantity"))) &&
         is_none("unobserved") && is_none("degraded") && is_none("held") && is_none("accepted") &&
         is_none("not_billable");
}

/// Licences that the tenant has nothing of share a row: there may be thirty, and the page is one.
std::string line_rows(const json::array& lines, const time_zone& zone) {
  std::set<std::string> used, named;
  for (const auto& line : lines)
    if (!is_idle(line.as_object())) used.insert(text_in(line.as_object(), "licence"));
  std::string made, idle;
  for (const auto& line : lines) {
    const auto licence = text_in(line.as_object(), "licence");
    if (used.contains(licence))
      made += line_row(line.as_object(), zone);
    else if (named.insert(licence).second)
      idle += (idle.empty() ? "" : ", ") + text_in(line.as_object(), "title");
  }
  return idle.empty() ? made : made + row_of("Nothing all the month", {idle}, "0");
}

std::string correction_row(const json::object& one, const time_zone& zone) {
  return row_of(
      "Correction of " + text_in(one, "licence") + " of " + text_in(one, "tenant"),
      {text_in(one, "reason"), "By " + text_in(one, "by") + " on " + local_in(one, "at", zone) + ", operation " +
                                   number_in(one, "operation", "") + ": " + number_in(one, "quantity", "") +
                                   " instead of " + number_in(one, "was", "nothing") + "."},
      number_in(one, "difference", ""));
}

/// What is to be paid for, where that is not what the lines say.
std::string charged_rows(const json::object& bill) {
  std::string made;
  if (bill.at("corrections").as_array().empty()) return made;
  for (const auto& one : bill.at("charged").as_array())
    made += row_of("Charged in all: " + text_in(one.as_object(), "licence"), {},
                   number_in(one.as_object(), "quantity", "held"));
  return made;
}

std::string state_text(const json::object& bill, const time_zone& zone) {
  auto state = text_in(bill, "state");
  if (state == "open") return "open: the month is still running, or not calculated to its end";
  const auto* closed = bill.at("closed").if_object();
  if (closed == nullptr) return state;
  return "closed by " + text_in(*closed, "by") + " on " + local_in(*closed, "at", zone);
}

std::string footer_of(const bill_witness& witness) {
  return "<footer><p>Quantities, not prices. Ledger " + escaped(witness.ledger) + ", epoch " +
         std::to_string(witness.epoch) + ", up to entry " + std::to_string(witness.sequence) +
         ", whose hash is <code>" + escaped(witness.chain_head) +
         "</code>. Whoever holds this page can prove later that nothing before that entry was changed.</p></footer>\n";
}

}  // namespace

std::string bill_statement(const month_bills& all, const audit::view& seen) {
  std::string made(head);
  const auto title = [&](const std::string& of) {
    return "<title>Licences " + to_text(all.month) + " " + escaped(of) + "</title>\n</head>\n<body>\n";
  };
  if (all.sheets.empty()) {
    return made + title({}) + "<h1>No such tenant in " + to_text(all.month) + "</h1>\n</body>\n</html>\n";
  }
  const auto document = parse_json(bill_document(all, all.sheets.front())).value();
  const auto& bill = document.as_object();
  const auto known = time_zone::find(text_in(bill, "zone"));
  const auto zone = known ? *known : time_zone();
  const auto name = text_in(bill, "name");
  made += title(name) + "<h1>Licences of " + escaped(name) + ", " + to_text(all.month) + "</h1>\n";
  made += "<p class=\"part\">" + escaped(text_in(bill, "tenant")) + ", " + local_in(bill, "since", zone) + " to " +
          local_in(bill, "until", zone) + ", " + escaped(state_text(bill, zone)) +
          (bill.at("aggregated").as_bool() ? ", with all tenants under it" : "") + ", revision " +
          number_in(bill, "revision", "1") + "</p>\n";
  made += "<table>\n<thead><tr><th>Licence</th><th class=\"quantity\">Quantity</th></tr></thead>\n<tbody>\n";
  const auto& lines = bill.at("licences").as_array();
  made += line_rows(lines, zone);
  if (lines.empty()) made += "<tr><td>Nothing was counted in this month.</td><td></td></tr>\n";
  for (const auto& one : bill.at("corrections").as_array()) made += correction_row(one.as_object(), zone);
  made += charged_rows(bill);
  return made + "</tbody>\n</table>\n" + footer_of(witness_of(all, seen)) + "</body>\n</html>\n";
}

}  // namespace licaudit::api

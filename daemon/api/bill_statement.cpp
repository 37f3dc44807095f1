#include "daemon/api/bill_statement.hpp"

#include "daemon/api/bill_explanation.hpp"
#include "daemon/api/bill_page.hpp"

namespace licaudit::api {
namespace {

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
@page { size: A4; margin: 18mm }
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
@media print { body { margin: 0; max-width: none; padding: 0 } }
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

std::string row_of(const month_bills& all, const billing::tenant_bill& bill, const billing::bill_line& line,
                   const time_zone& zone) {
  std::string made = "<tr><td>" + escaped(title_of(all, line.licence));
  for (const auto& sentence : explain(line, bill.month, zone, cause_of(all, line)))
    made += "<p>" + escaped(sentence) + "</p>";
  const auto& quantity = line.charged.quantity;
  made += "</td><td class=\"quantity\">" + (quantity ? to_text(*quantity) : std::string("held")) + "</td></tr>\n";
  return made;
}

std::string footer_of(const month_bills& all, const audit::view& seen) {
  return "<footer><p>Quantities, not prices. Ledger " + escaped(seen.ledger) + ", epoch " + std::to_string(seen.epoch) +
         ", up to entry " + std::to_string(all.sequence) + ", whose hash is <code>" + escaped(all.chain_head) +
         "</code>. Whoever holds this page can prove later that nothing before that entry was changed.</p></footer>\n";
}

}  // namespace

std::string bill_statement(const month_bills& all, const audit::view& seen) {
  std::string made(head);
  const auto title = [&](const std::string& of) {
    return "<title>Licences " + to_text(all.month) + " " + escaped(of) + "</title>\n</head>\n<body>\n";
  };
  if (all.tenants.empty()) {
    return made + title({}) + "<h1>No such tenant in " + to_text(all.month) + "</h1>\n</body>\n</html>\n";
  }
  const auto& bill = all.tenants.front();
  const auto zone = zone_of(bill);
  made += title(bill.name) + "<h1>Licences of " + escaped(bill.name) + ", " + to_text(all.month) + "</h1>\n";
  made += "<p class=\"part\">" + escaped(bill.tenant) + ", " + local_text(bill.month.from, zone) + " to " +
          local_text(bill.month.until, zone) + ", " + (bill.running ? "open: the month is still running" : "ready") +
          (bill.aggregated ? ", with all tenants under it" : "") + "</p>\n";
  made += "<table>\n<tr><th>Licence</th><th class=\"quantity\">Quantity</th></tr>\n";
  for (const auto& line : bill.lines) made += row_of(all, bill, line, zone);
  if (bill.lines.empty()) made += "<tr><td>Nothing was counted in this month.</td><td></td></tr>\n";
  return made + "</table>\n" + footer_of(all, seen) + "</body>\n</html>\n";
}

}  // namespace licaudit::api

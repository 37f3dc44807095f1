#include "cli/rendering/plan_page.hpp"

#include "cli/rendering/flow.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/printable.hpp"
#include "cli/rendering/table.hpp"

namespace licaudit::cli::rendering {

namespace {

/// Enough of a revision for a person to tell two apart.
constexpr std::size_t short_hash = 12;

bool is_switched_off(const json::object& answer, std::string_view tenant, std::string_view licence,
                     std::string_view factor) {
  for (const auto& pending : elements(answer, "pending_switches")) {
    if (text_at(pending, "tenant") == tenant && text_at(pending, "licence") == licence &&
        text_at(pending, "factor") == factor) {
      return !flag_at(pending, "on", true);
    }
  }
  return false;
}

/// `96 (404)` of a pair [n1, n2].
std::string pair_text(const json::value& factor, std::string_view member) {
  const std::string path(member);
  const auto n1 = integer_at(factor, path + ".0");
  const auto n2 = integer_at(factor, path + ".1");
  if (!n1) return "-";
  return std::to_string(*n1) + (n2 ? " (" + std::to_string(*n2) + ")" : " (n/a)");
}

std::string signed_text(std::int64_t number) {
  return (number >= 0 ? "+" : "") + std::to_string(number);
}

/// The totals where the daemon says them, else what the listed factors add up to.
std::string licensed_text(const json::value& licence) {
  const auto from = integer_at(licence, "licensed.0");
  const auto to = integer_at(licence, "licensed.1");
  if (from && to) {
    return "licensed " + std::to_string(*from) + " -> " + std::to_string(*to) + " (" + signed_text(*to - *from) + ")";
  }
  std::int64_t change = 0;
  for (const auto& factor : elements(licence, "factors")) {
    change += integer_at(factor, "to.0").value_or(0) - integer_at(factor, "from.0").value_or(0);
  }
  return change == 0 ? "licensed unchanged" : "licensed " + signed_text(change);
}

std::string factor_lines(const json::object& answer, std::string_view tenant, const json::value& licence,
                         const view& as) {
  table shown({{"", side::left, 0, 3, false},
               {"factor", side::left, 1, 0},
               {"from", side::right, 2, 0, false},
               {"", side::left, 1, 2, false},
               {"to", side::left, 1, 0, false}});
  for (const auto& factor : elements(licence, "factors")) {
    const auto id = text_at(factor, "factor");
    auto to = pair_text(factor, "to");
    if (is_switched_off(answer, tenant, text_at(licence, "licence"), id)) to += " (n/a)";
    shown.add_row({{""}, {printable(id)}, {pair_text(factor, "from")}, {"->"}, {to}});
  }
  auto bare = as;
  bare.headings = false;
  return shown.empty() ? std::string() : shown.text(bare);
}

std::string tenant_lines(const json::object& answer, const json::value& tenant, const view& as) {
  const auto id = text_at(tenant, "tenant");
  const auto moved = integer_at(tenant, "moved").value_or(0);
  flow head;
  head.add(printable(id), 0, colour::bold);
  std::string lines = head.add(std::to_string(moved) + (moved == 1 ? " subject moves" : " subjects move")).text(as);
  for (const auto& licence : elements(tenant, "licences")) {
    lines += flow().add("  " + printable(text_at(licence, "licence"))).add(licensed_text(licence)).text(as);
    lines += factor_lines(answer, id, licence, as);
  }
  return lines;
}

std::string effective_lines(const json::object& answer, const std::string& label, const view& as) {
  std::string lines;
  for (const auto& pending : elements(answer, "pending_switches")) {
    const auto on = flag_at(pending, "on", true) ? " on" : " off";
    flow line;
    line.add(label + ':').add(printable(text_at(pending, "factor")) + on, 1);
    line.add("for " + printable(text_at(pending, "tenant")), 1);
    lines += line.add('(' + printable(text_at(pending, "licence")) + ')', 1).text(as);
  }
  const auto to = printable(text_at(answer, "rules.to")).substr(0, short_hash);
  const auto from = printable(text_at(answer, "rules.from")).substr(0, short_hash);
  if (!to.empty()) lines += flow().add(label + ':').add("rules " + from + " -> " + to, 1).text(as);
  return lines;
}

}  // namespace

std::string plan_page(const json::object& answer, const view& as) {
  const auto plan = printable(text_at(answer, "plan"));
  const bool dry = !plan.empty() && value_at(answer, "calculation.at") == nullptr;
  std::string text = dry ? flow().add("plan " + plan + ':').add("nothing is changed yet", 1).text(as) : "";
  for (const auto& tenant : elements(answer, "tenants")) text += tenant_lines(answer, tenant, as);
  if (elements(answer, "tenants").empty()) text += dry ? "no count would change\n" : "no count changed\n";
  text += effective_lines(answer, dry ? "becomes effective" : "now effective", as);
  if (dry) return text + flow().add("to do this:").add("licaudit apply --plan " + plan, 1).text(as);
  const auto sequence = std::to_string(integer_at(answer, "calculation.sequence").value_or(0));
  const auto operation = integer_at(answer, "operation");
  flow done;
  done.add("applied: calculation " + sequence + " of " + as.clock_of(answer).full(text_at(answer, "calculation.at")) +
           (operation ? "," : ""));
  if (operation) done.add("operation " + std::to_string(*operation), 1);
  return text + done.text(as);
}

}  // namespace licaudit::cli::rendering

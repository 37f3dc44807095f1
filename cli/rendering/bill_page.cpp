#include "cli/rendering/bill_page.hpp"

#include "cli/rendering/flow.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/listing.hpp"
#include "cli/rendering/printable.hpp"

#include <algorithm>

namespace licaudit::cli::rendering {

namespace {

/// Quantities of one tenant end in one column.
std::size_t quantity_end(const json::value& tenant, const view& as) {
  std::size_t widest = 0;
  for (const auto& line : elements(tenant, "licences")) {
    flow head;
    head.add("  " + printable(text_at(line, "licence"))).add(printable(text_at(line, "title")), 2);
    widest = std::max(widest, head.width());
  }
  constexpr std::size_t room_for_quantity = 12;
  return std::min(widest + room_for_quantity, as.width.value_or(widest + room_for_quantity));
}

std::string line_text(const json::value& line, std::size_t end, const view& as) {
  const auto* quantity = value_at(line, "quantity");
  const bool none = quantity == nullptr || quantity->is_null();
  flow head;
  head.add("  " + printable(text_at(line, "licence")), 0, colour::bold).add(printable(text_at(line, "title")), 2);
  std::string text = head.add_ending_at(end, none ? "held" : plain_text(*quantity, "")).text(as);
  for (const auto& sentence : elements(line, "explanation"))
    text += flow().add("      " + printable(plain_text(sentence, ""))).text(as);
  return text;
}

/// Who closed it when, and who accepted or corrected what; whatever is not there has not happened.
std::string life_text(const json::value& tenant, const view& as) {
  std::string text;
  const auto& clock = as.clock_of(as_object(tenant));
  const auto said = [&](const std::string& line) { text += flow().add("  " + printable(line)).text(as); };
  const auto by = [&](const json::value& what) {
    return std::string(text_at(what, "by")) + " on " + clock.full(text_at(what, "at")) + ", operation " +
           std::to_string(integer_at(what, "operation").value_or(0));
  };
  for (const auto& line : elements(tenant, "licences"))
    for (const auto& one : elements(line, "accepted"))
      if (!text_at(one, "by").empty())
        said("accepted: " + std::to_string(integer_at(one, "quantity").value_or(0)) + " of " +
             std::string(text_at(line, "licence")) + " by " + by(one));
  for (const auto& one : elements(tenant, "corrections")) {
    const auto* was = value_at(one, "was");
    said("corrected: " + std::string(text_at(one, "licence")) + " of " + std::string(text_at(one, "tenant")) +
         " from " + (was == nullptr || was->is_null() ? "nothing" : plain_text(*was, "")) + " to " +
         std::to_string(integer_at(one, "quantity").value_or(0)) + " by " + by(one) + ": " +
         std::string(text_at(one, "reason")));
  }
  if (!elements(tenant, "corrections").empty())
    for (const auto& one : elements(tenant, "charged")) {
      const auto* quantity = value_at(one, "quantity");
      said("charged in all: " + std::string(text_at(one, "licence")) + " " +
           (quantity == nullptr || quantity->is_null() ? "held" : plain_text(*quantity, "")));
    }
  if (const auto* closed = value_at(tenant, "closed"); closed != nullptr && closed->is_object())
    said("closed by " + by(*closed));
  return text;
}

std::string tenant_text(const json::value& tenant, std::string_view month, const view& as) {
  flow head;
  head.add(printable(text_at(tenant, "tenant")), 0, colour::bold).add(printable(text_at(tenant, "name")), 2);
  head.add(std::string(month)).add(printable(text_at(tenant, "state")));
  if (flag_at(tenant, "aggregated", false)) head.add("with all under it");
  std::string text = head.add("times: " + printable(text_at(tenant, "zone"))).text(as);
  const auto end = quantity_end(tenant, as);
  for (const auto& line : elements(tenant, "licences")) text += line_text(line, end, as);
  if (elements(tenant, "licences").empty()) text += "  nothing was counted in this month\n";
  return text + life_text(tenant, as);
}

}  // namespace

std::string bill_page(const json::object& answer, const view& as) {
  std::string text;
  for (const auto& tenant : elements(answer, "tenants")) {
    if (!text.empty()) text += '\n';
    text += tenant_text(tenant, text_at(answer, "month"), as);
  }
  if (text.empty()) return "there was no such tenant in that month\n";
  flow witness;
  witness.add("up to entry " + std::to_string(integer_at(answer, "sequence").value_or(0)) + " of the chain,", 0);
  return text + '\n' + witness.add("head " + printable(text_at(answer, "chain_head")), 1).text(as);
}

}  // namespace licaudit::cli::rendering

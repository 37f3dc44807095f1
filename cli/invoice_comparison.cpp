#include "cli/invoice_comparison.hpp"

#include "cli/rendering/json_access.hpp"
#include "model/amount.hpp"

#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace licaudit::cli {

using namespace rendering;

namespace {

struct both_sides {
  std::set<std::string> tenants;
  std::optional<amount> billed, invoiced;
};
using comparison = std::map<std::pair<std::string, std::string>, both_sides>;

void add(std::optional<amount>& to, std::int64_t millionths) {
  to = amount{to.value_or(amount{}).millionths + millionths};
}

/// Those above a tenant that has a contract number of its own: its quantity is in their sums.
std::set<std::string> sums_of_others(const json::object& bills) {
  std::map<std::string, std::string> parents;
  for (const auto& bill : elements(bills, "tenants"))
    parents[std::string(text_at(bill, "tenant"))] = text_at(bill, "parent");
  std::set<std::string> made;
  for (const auto& bill : elements(bills, "tenants")) {
    if (text_at(bill, "contract_number").empty()) continue;
    for (auto above = parents.find(std::string(text_at(bill, "parent")));
         above != parents.end() && made.insert(above->first).second;)
      above = parents.find(above->second);
  }
  return made;
}

json::value number_of(const std::optional<amount>& value) {
  if (!value) return nullptr;
  if (value->millionths % millionths_of_one == 0) return value->millionths / millionths_of_one;
  return static_cast<double>(value->millionths) / double{millionths_of_one};
}

}  // namespace

json::array invoice_differences(const json::object& bills, const std::vector<invoice_line>& invoice) {
  comparison all;
  const auto sums = sums_of_others(bills);
  for (const auto& bill : elements(bills, "tenants")) {
    const std::string contract(text_at(bill, "contract_number")), tenant(text_at(bill, "tenant"));
    if (contract.empty() || sums.count(tenant) != 0) continue;
    for (const auto& charged : elements(bill, "charged")) {
      auto& one = all[{contract, std::string(text_at(charged, "licence"))}];
      one.tenants.insert(tenant);
      if (const auto* quantity = value_at(charged, "quantity"); quantity != nullptr && quantity->is_number())
        add(one.billed, quantity->is_int64() ? quantity->as_int64() * millionths_of_one
                                             : std::llround(quantity->to_number<double>() * double{millionths_of_one}));
    }
  }
  for (const auto& line : invoice) add(all[{line.contract, line.licence}].invoiced, line.millionths);
  json::array made;
  for (const auto& [key, one] : all) {
    // What comes to nothing need not stand on an invoice.
    if (one.billed.value_or(amount{}) == one.invoiced.value_or(amount{})) continue;
    const amount difference{one.invoiced.value_or(amount{}).millionths - one.billed.value_or(amount{}).millionths};
    json::array tenants;
    for (const auto& tenant : one.tenants) tenants.emplace_back(tenant);
    made.push_back(json::object{{"contract", key.first},
                                {"licence", key.second},
                                {"tenants", std::move(tenants)},
                                {"billed", number_of(one.billed)},
                                {"invoiced", number_of(one.invoiced)},
                                {"difference", number_of(difference)}});
  }
  return made;
}

}  // namespace licaudit::cli

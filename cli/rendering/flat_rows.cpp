#include "cli/rendering/flat_rows.hpp"

#include "cli/rendering/json_access.hpp"

#include <initializer_list>

namespace licaudit::cli::rendering {

namespace {

void take(json::object& row, const json::object& from, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    if (const auto* value = from.if_contains(name)) row[name] = *value;
  }
}

/// The row once per factor of the licence, with what the factor says.
void add_factors(json::array& rows, json::object row, const json::object& licence) {
  take(row, licence, {"licence", "acquired", "licensed", "available", "state"});
  if (const auto* peak = value_at(licence, "peak.licensed")) row["peak"] = *peak;
  if (const auto* at = value_at(licence, "peak.at")) row["peak_at"] = *at;
  const auto& factors = elements(licence, "factors");
  if (factors.empty()) rows.emplace_back(row);
  for (const auto& factor : factors) {
    json::object full = row;
    // In a plan `cause` is the calculation's; on a page it is the factor's, which is nearer and so holds.
    take(
        full, as_object(factor),
        {"factor", "title", "priority", "on", "pending", "calculated", "configured", "changed", "cause", "from", "to"});
    rows.emplace_back(std::move(full));
  }
}

}  // namespace

json::array licence_page_rows(const json::object& page) {
  json::array rows;
  json::object row;
  take(row, page, {"tenant", "calculated_at", "state"});
  for (const auto& licence : elements(page, "licences")) add_factors(rows, row, as_object(licence));
  return rows;
}

json::array history_rows(const json::object& history) {
  json::array rows;
  for (const auto& calculation : elements(history, "calculations")) {
    json::object row;
    take(row, history, {"tenant"});
    take(row, as_object(calculation), {"at", "sequence", "bucket", "state"});
    if (const auto* cause = value_at(calculation, "cause.text")) row["cause"] = *cause;
    for (const auto& licence : elements(calculation, "licences")) add_factors(rows, row, as_object(licence));
  }
  return rows;
}

json::array bill_rows(const json::object& bills) {
  json::array rows;
  for (const auto& tenant : elements(bills, "tenants")) {
    json::object row;
    take(row, bills, {"month"});
    take(row, as_object(tenant), {"tenant", "name", "zone", "aggregated", "revision", "contract_number"});
    row["bill"] = text_at(tenant, "state");
    for (const auto& line : elements(tenant, "licences")) {
      json::object full = as_object(line);
      for (const auto& [name, value] : row) full[name] = value;
      rows.emplace_back(std::move(full));
    }
    // What was corrected is a line of its own, so that a column of quantities sums to what is charged.
    for (const auto& one : elements(tenant, "corrections")) {
      json::object full = row;
      take(full, as_object(one), {"licence", "at", "operation"});
      full["by"] = "correction";
      full["title"] = text_at(one, "tenant");
      if (const auto* difference = value_at(one, "difference")) full["quantity"] = *difference;
      full["explanation"] = text_at(one, "reason");
      rows.emplace_back(std::move(full));
    }
  }
  return rows;
}

json::array closing_rows(const json::object& closed) {
  json::array rows;
  for (const auto& tenant : elements(closed, "tenants")) {
    json::object row;
    take(row, closed, {"month", "operation"});
    row["tenant"] = tenant;
    rows.emplace_back(std::move(row));
  }
  return rows;
}

json::array plan_rows(const json::object& plan) {
  json::array rows;
  for (const auto& tenant : elements(plan, "tenants")) {
    json::object row;
    take(row, plan, {"plan"});
    take(row, as_object(tenant), {"tenant", "moved"});
    for (const auto& licence : elements(tenant, "licences")) add_factors(rows, row, as_object(licence));
  }
  return rows;
}

json::array rule_rows(const json::object& rules) {
  json::array rows;
  for (const auto& licence : elements(rules, "rules.licences")) {
    for (const auto& factor : elements(licence, "factors")) {
      json::object row = as_object(factor);
      row["licence"] = text_at(licence, "id");
      rows.emplace_back(std::move(row));
    }
  }
  return rows;
}

json::array source_rows(const json::object& sources) {
  json::array rows;
  for (const auto& source : elements(sources, "sources")) {
    json::object row = as_object(source);
    json::array tenants;
    for (const auto& held : elements(source, "held")) tenants.emplace_back(text_at(held, "tenant"));
    row["held_for"] = std::move(tenants);
    rows.emplace_back(std::move(row));
  }
  return rows;
}

json::array run_rows(const json::object& runs) {
  json::array rows;
  for (const auto& run : elements(runs, "runs")) {
    json::object row = as_object(run);
    // The status names a run by `run`, the list of runs by `id`; both are read.
    if (!row.contains("id") && row.contains("run")) row["id"] = row["run"];
    json::array left_out;
    if (const auto* reasons = value_at(run, "left_out"); reasons != nullptr && reasons->is_object()) {
      for (const auto& [reason, count] : reasons->get_object()) {
        left_out.emplace_back(std::string(reason) + ' ' + std::to_string(as_integer(count).value_or(0)));
      }
    }
    row["left_out"] = std::move(left_out);
    rows.emplace_back(std::move(row));
  }
  return rows;
}

}  // namespace licaudit::cli::rendering

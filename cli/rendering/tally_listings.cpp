#include "cli/rendering/flat_rows.hpp"
#include "cli/rendering/listings.hpp"

namespace licaudit::cli::rendering {

using enum cell_kind;

listing tally_list() {
  return {"licences",
          {{"tenant", "tenant", "tenant"},
           {"calculated_at", "calculated", "calculated_at", time},
           {"state", "state", "state"},
           {"licence", "licence", "licence"},
           {"acquired", "acquired", "acquired", number},
           {"licensed", "licensed", "licensed", number},
           {"available", "available", "available", number},
           {"factor", "factor", "factor"},
           {"title", "title", "title"},
           {"priority", "prio", "priority", number},
           {"on", "on", "on", flag},
           {"pending", "pending", "pending", flag},
           {"calculated", "n1", "calculated", number},
           {"configured", "n2", "configured", number},
           {"changed", "changed", "changed", time},
           {"cause", "cause", "cause"}},
          licence_page_rows};
}

listing usage_list() {
  return {"licences",
          {{"licence", "licence", "licence"},
           {"title", "title", "title"},
           {"used", "used", "text"},
           {"acquired", "acquired", "acquired", number},
           {"licensed", "licensed", "licensed", number},
           {"available", "left", "available", number},
           {"state", "state", "state"},
           {"use", "use", "use"},
           {"included", "included", "limit.included", number},
           {"setting", "setting", "limit.setting", number},
           {"allowed", "allowed", "limit.allowed", number},
           {"unit", "unit", "limit.unit"},
           {"until", "until", "limit.until", time},
           {"successors", "successors", "successors"}}};
}

listing check_list() {
  return {"",
          {{"allowed", "allowed", "allowed", flag},
           {"available", "left", "available", number},
           {"reason", "reason", "reason"},
           {"until", "until", "until", time},
           {"state", "state", "state"},
           {"calculated_at", "calculated", "calculated_at", time}}};
}

listing history_list() {
  return {"calculations",
          {{"tenant", "tenant", "tenant"},
           {"at", "when", "at", time},
           {"sequence", "sequence", "sequence", number},
           {"bucket", "bucket", "bucket"},
           {"state", "state", "state"},
           {"licence", "licence", "licence"},
           {"acquired", "acquired", "acquired", number},
           {"licensed", "licensed", "licensed", number},
           {"available", "available", "available", number},
           {"peak", "peak", "peak", number},
           {"peak_at", "peak at", "peak_at", time},
           {"factor", "factor", "factor"},
           {"on", "on", "on", flag},
           {"calculated", "n1", "calculated", number},
           {"configured", "n2", "configured", number},
           {"cause", "cause", "cause"}},
          history_rows};
}

listing bill_list() {
  return {"tenants",
          {{"month", "month", "month"},
           {"tenant", "tenant", "tenant"},
           {"name", "name", "name"},
           {"zone", "zone", "zone"},
           {"bill", "bill", "bill"},
           {"aggregated", "aggregated", "aggregated", flag},
           {"licence", "licence", "licence"},
           {"title", "title", "title"},
           {"of", "of", "of"},
           {"by", "by", "by"},
           {"quantity", "quantity", "quantity", number},
           {"at", "at", "at", time},
           {"to", "to", "to", time},
           {"calculation", "calculation", "calculation", number},
           {"parent", "parent", "parent"},
           {"from", "from", "from", time},
           {"until", "until", "until", time},
           {"observed_from", "observed from", "observed_from", time},
           {"peak_of_sum", "peak of the sum", "peak_of_sum.quantity", number},
           {"explanation", "explanation", "explanation"},
           {"revision", "revision", "revision", number},
           {"contract_number", "contract number", "contract_number"},
           {"operation", "operation", "operation", number}},
          bill_rows};
}

listing closing_list() {
  return {
      "tenants",
      {{"month", "month", "month"}, {"tenant", "tenant", "tenant"}, {"operation", "operation", "operation", number}},
      closing_rows};
}

listing bill_acceptance_list() {
  return {"",
          {{"month", "month", "month"},
           {"tenant", "tenant", "tenant"},
           {"licence", "licence", "licence"},
           {"from", "from", "from", time},
           {"until", "until", "until", time},
           {"quantity", "quantity", "quantity", number},
           {"operation", "operation", "operation", number}}};
}

listing correction_list() {
  return {"",
          {{"month", "month", "month"},
           {"tenant", "tenant", "tenant"},
           {"licence", "licence", "licence"},
           {"was", "was", "was", number},
           {"quantity", "quantity", "quantity", number},
           {"difference", "difference", "difference", number},
           {"reason", "reason", "reason"},
           {"operation", "operation", "operation", number}}};
}

listing counted_list() {
  return {"subjects",
          {{"type", "type", "type"},
           {"subject", "subject", "subject"},
           {"key", "key", "key", text, shown_in::csv},
           {"licence", "licence", "licence"},
           {"factor", "counted as", "factor"},
           {"quantity", "quantity", "quantity", number},
           {"from", "from", "from", time},
           {"until", "until", "until", time}}};
}

listing difference_list() {
  return {"differences",
          {{"contract", "contract", "contract"},
           {"licence", "licence", "licence"},
           {"billed", "billed", "billed", number},
           {"invoiced", "invoiced", "invoiced", number},
           {"difference", "difference", "difference", number},
           {"tenants", "tenants", "tenants"}}};
}

listing plan_list() {
  return {"tenants",
          {{"plan", "plan", "plan"},
           {"tenant", "tenant", "tenant"},
           {"licence", "licence", "licence"},
           {"factor", "factor", "factor"},
           {"from_calculated", "from n1", "from.0", number},
           {"from_configured", "from n2", "from.1", number},
           {"to_calculated", "to n1", "to.0", number},
           {"to_configured", "to n2", "to.1", number},
           {"moved", "moved", "moved", number}},
          plan_rows};
}

listing switch_list() {
  return {"",
          {{"tenant", "tenant", "tenant"},
           {"licence", "licence", "licence"},
           {"factor", "factor", "factor"},
           {"on", "on", "on", flag},
           {"own", "own", "own", flag},
           {"pending", "pending", "pending", flag},
           {"text", "text", "text"}}};
}

listing refresh_list() {
  return {"sources", {{"source", "source", "source"}, {"state", "state", "state"}, {"problem", "problem", "problem"}}};
}

listing acceptance_list() {
  return {"",
          {{"source", "source", "source"},
           {"run", "run", "run", number},
           {"tenants", "tenants", "tenants"},
           {"sequence", "calculation", "calculation.sequence", number},
           {"operation", "operation", "operation", number}}};
}

listing reload_list() {
  return {"",
          {{"reloaded", "reloaded", "reloaded", flag},
           {"revision", "rules", "rules.revision"},
           {"pending", "pending rules", "rules.pending"},
           {"operation", "operation", "operation", number}}};
}

listing verification_list() {
  return {"",
          {{"clean", "clean", "clean", flag},
           {"entries", "entries", "entries", number},
           {"calculations", "calculations", "calculations", number},
           {"tallies", "tallies", "tallies", number},
           {"head", "head", "head"},
           {"problems", "problems", "problems"}}};
}

listing subject_change_list() {
  return {"",
          {{"tenant", "tenant", "tenant"},
           {"kind", "kind", "kind"},
           {"id", "id", "id"},
           {"quantity", "quantity", "quantity", number},
           {"operation", "operation", "operation", number},
           {"calculated_at", "calculated", "calculation.at", time}}};
}

}  // namespace licaudit::cli::rendering

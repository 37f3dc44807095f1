#include "cli/rendering/listings.hpp"

#include "cli/rendering/flat_rows.hpp"

namespace licaudit::cli::rendering {

using enum cell_kind;

listing tenant_list() {
  return {"tenants",
          {{"tenant", "tenant", "tenant"},
           {"name", "name", "name"},
           {"type", "type", "type"},
           {"parent", "parent", "parent"},
           {"service", "service", "service"},
           {"time_zone", "time zone", "time_zone", text, shown_in::csv},
           {"enabled", "enabled", "enabled", flag},
           {"gone", "gone", "gone", flag, shown_in::csv},
           {"origin", "origin", "origin"},
           {"children", "children", "children", number}}};
}

listing one_tenant() {
  auto one = tenant_list();
  one.list.clear();
  return one;
}

namespace {

cell_kind kind_of_column(std::string_view name) {
  for (const auto flags : {"enabled", "disabled", "gone", "aggregated"})
    if (name == flags) return flag;
  for (const auto counts : {"children", "users", "numbers", "monitored"})
    if (name == counts) return number;
  for (const auto figures : {".licensed", ".acquired", ".available", ".calculated", ".configured"})
    if (name.ends_with(figures) && !name.starts_with("attribute.") && !name.starts_with("setting.")) return number;
  return text;
}

}  // namespace

listing tenant_report(const std::vector<std::string>& columns) {
  listing report;
  report.list = "tenants";
  for (std::size_t i = 0; i < columns.size(); ++i)
    report.columns.push_back({columns[i], columns[i], "values." + std::to_string(i), kind_of_column(columns[i])});
  return report;
}

listing source_list() {
  return {"sources",
          {{"source", "source", "source"},
           {"plugin", "plugin", "plugin"},
           {"state", "state", "state"},
           {"last_good", "last good", "last_good", time},
           {"next", "next", "next", time},
           {"failed_since_good", "failed", "failed_since_good", number},
           {"every_seconds", "every s", "every_seconds", number},
           {"last_run", "run", "last_run.run", number},
           {"last_run_state", "run state", "last_run.state", text, shown_in::csv},
           {"problem", "problem", "last_run.problem"},
           {"held", "held for", "held_for"}},
          source_rows};
}

listing run_list() {
  return {"runs",
          {{"run", "run", "id", number},
           {"started", "started", "started", time},
           {"ended", "ended", "ended", time, shown_in::csv},
           {"state", "state", "state"},
           {"delta", "delta", "delta", flag},
           {"exit", "exit", "exit"},
           {"tenants", "tenants", "tenants", number},
           {"users", "users", "users", number},
           {"numbers", "numbers", "numbers", number},
           {"meters", "meters", "meters", number, shown_in::csv},
           {"removed", "removed", "removed", number},
           {"lines", "lines", "lines", number, shown_in::csv},
           {"bytes", "bytes", "bytes", number, shown_in::csv},
           {"left_out", "left out", "left_out"},
           {"stream_sha256", "SHA-256", "stream_sha256", text, shown_in::csv},
           {"problem", "problem", "problem"},
           {"stderr_tail", "standard error", "stderr_tail", text, shown_in::csv}},
          run_rows};
}

listing finding_list() {
  return {"findings",
          {{"id", "id", "id"},
           {"severity", "severity", "severity"},
           {"finding", "finding", "finding"},
           {"tenant", "tenant", "tenant"},
           {"site", "site", "site"},
           {"licence", "licence", "licence"},
           {"factor", "factor", "factor"},
           {"subject", "subject", "subject"},
           {"source", "source", "source"},
           {"since", "since", "since", time},
           {"count", "count", "count", number},
           {"text", "text", "text"},
           {"action", "do", "action"},
           {"last", "last seen", "last", time},
           {"acknowledged_until", "acknowledged", "acknowledged.until", time},
           {"acknowledged_by", "by", "acknowledged.by"},
           {"reason", "reason", "acknowledged.reason"}}};
}

listing acknowledgement_list() {
  return {"",
          {{"finding", "finding", "finding"},
           {"tenant", "tenant", "tenant"},
           {"until", "until", "until", time},
           {"operation", "operation", "operation", number}}};
}

listing operation_list() {
  return {"operations",
          {{"operation", "operation", "operation", number},
           {"at", "when", "at", time},
           {"type", "type", "type"},
           {"caller", "caller", "caller"},
           {"tenant", "tenant", "tenant"},
           {"text", "text", "text"},
           {"detail", "detail", "detail", text, shown_in::csv}}};
}

listing subject_list() {
  return {"subjects",
          {{"kind", "kind", "kind"},
           {"subject", "subject", "subject"},
           {"key", "key", "key", text, shown_in::csv},
           {"quantity", "quantity", "quantity", number},
           {"licence", "licence", "licence"},
           {"factor", "counts as", "factor"},
           {"configured", "configured for", "configured"},
           {"eligible", "eligible for", "eligible"},
           {"worth", "worth", "worth", number},
           {"used", "used", "reading.used", number, shown_in::csv},
           {"unit", "unit", "reading.unit", text, shown_in::csv},
           {"at", "at", "reading.at", time, shown_in::csv}}};
}

listing rule_list() {
  return {"rules.licences",
          {{"licence", "licence", "licence"},
           {"priority", "prio", "priority", number},
           {"factor", "factor", "id"},
           {"title", "title", "title"},
           {"subject", "subject", "subject"},
           {"switchable", "switchable", "switchable", flag},
           {"services", "services", "services"},
           {"configured", "configured", "configured", text, shown_in::csv},
           {"match", "match", "match", text, shown_in::csv},
           {"reject", "reject", "reject", text, shown_in::csv}},
          rule_rows};
}

listing status_list() {
  return {"",
          {{"version", "version", "version"},
           {"host", "host", "host"},
           {"state", "state", "state"},
           {"uptime_seconds", "uptime", "uptime_seconds", number},
           {"calculated_at", "calculated", "last_calculation.at", time},
           {"sequence", "sequence", "last_calculation.sequence", number},
           {"rules", "rules", "rules.revision"},
           {"pending_rules", "pending rules", "rules.pending"},
           {"tenants", "tenants", "tenants", number},
           {"users", "users", "users", number},
           {"numbers", "numbers", "numbers", number},
           {"findings_page", "page", "findings.page", number},
           {"findings_warn", "warn", "findings.warn", number},
           {"findings_info", "info", "findings.info", number},
           {"database_bytes", "database", "database.bytes", number},
           {"wal_bytes", "wal", "database.wal_bytes", number},
           {"chain_sequence", "chain", "chain.sequence", number},
           {"chain_head", "head", "chain.head"},
           {"ledger", "ledger", "ledger"},
           {"epoch", "epoch", "epoch", number},
           {"problem", "problem", "problem"},
           {"findings_acknowledged", "acknowledged", "findings.acknowledged", number}}};
}

}  // namespace licaudit::cli::rendering

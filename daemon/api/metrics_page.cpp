#include "daemon/api/metrics_page.hpp"

#include "daemon/api/open_metrics.hpp"

#include <array>

namespace licaudit::api {
namespace {

template <class Take>
void each_licence(const audit::view& seen, const Take& take) {
  for (const auto& one : seen.tenants) {
    for (const licence_tally& tally : one.second->tally->licences) take(one.first, tally);
  }
}

void add_licences(open_metrics& out, const audit::view& seen) {
  out.gauge("licence_used", "Licences that a tenant uses (Currently Licensed).");
  each_licence(seen, [&](const std::string& tenant, const licence_tally& tally) {
    out.sample({{"tenant", tenant}, {"licence", tally.licence}}, tally.licensed);
  });
  out.gauge("licence_limit", "Licences that a tenant has acquired; absent where nothing was.");
  each_licence(seen, [&](const std::string& tenant, const licence_tally& tally) {
    if (tally.acquired) out.sample({{"tenant", tenant}, {"licence", tally.licence}}, *tally.acquired);
  });
  out.gauge("licence_sound", "1 if the tally is ok, 0 if it is degraded, held, disabled or was never calculated.");
  each_licence(seen, [&](const std::string& tenant, const licence_tally& tally) {
    out.sample({{"tenant", tenant}, {"licence", tally.licence}}, tally.state == tally_state::ok ? 1 : 0);
  });
}

void add_factors(open_metrics& out, const audit::view& seen) {
  out.gauge("factor_used", "Units that a factor counts at a tenant (n1).");
  each_licence(seen, [&](const std::string& tenant, const licence_tally& tally) {
    for (const factor_tally& one : tally.factors) {
      out.sample({{"tenant", tenant}, {"licence", tally.licence}, {"factor", one.factor}}, one.calculated);
    }
  });
  out.gauge("factor_configured", "Units that are configured for a factor at a tenant (n2).");
  each_licence(seen, [&](const std::string& tenant, const licence_tally& tally) {
    for (const factor_tally& one : tally.factors) {
      if (one.configured) {
        out.sample({{"tenant", tenant}, {"licence", tally.licence}, {"factor", one.factor}}, *one.configured);
      }
    }
  });
}

std::int64_t records_of(const source_run& run) {
  return run.tenants + run.users + run.numbers + run.meters;
}

void add_sources(open_metrics& out, const std::vector<sync::source_state>& sources) {
  out.gauge("source_ok", "1 if a source is ok or running, 0 if it is stale, held or never ran.");
  for (const auto& one : sources) {
    const bool ok = one.condition == sync::source_condition::ok || one.condition == sync::source_condition::running;
    out.sample({{"source", one.source}}, ok ? 1 : 0);
  }
  out.gauge("source_last_success_timestamp_seconds", "When the last good run of a source ended.");
  for (const auto& one : sources) {
    if (one.last_good) out.sample_seconds({{"source", one.source}}, to_milliseconds(*one.last_good));
  }
  out.gauge("source_sync_duration_seconds", "How long the last run of a source took.");
  for (const auto& one : sources) {
    if (one.last_run)
      out.sample_seconds({{"source", one.source}}, (one.last_run->ended - one.last_run->started).count());
  }
  out.gauge("source_records", "Records that the last run of a source gave.");
  for (const auto& one : sources) {
    if (one.last_run) out.sample({{"source", one.source}}, records_of(*one.last_run));
  }
  out.gauge("source_failed_since_good", "Runs of a source that failed in a row.");
  for (const auto& one : sources) out.sample({{"source", one.source}}, one.failed_since_good);
}

void add_ledger(open_metrics& out, const audit::view& seen, const daemon_facts& facts) {
  if (seen.last_calculation) {
    out.gauge("calculation_timestamp_seconds", "When the last calculation was made.");
    out.sample_seconds({}, to_milliseconds(seen.last_calculation->at));
  }
  out.gauge("chain_entries", "Entries of the hash chain.");
  out.sample({}, seen.chain_sequence);
  out.gauge("history_bytes", "Size of the ledger's database file.");
  out.sample({}, facts.database_bytes);
  out.gauge("wal_bytes", "Size of the ledger's write-ahead log.");
  out.sample({}, facts.wal_bytes);
  out.gauge("writable", "1 if the ledger can be written, 0 if not, as when the disk is full.");
  out.sample({}, seen.problem.empty() ? 1 : 0);
}

void add_daemon(open_metrics& out, const audit::view& seen, const daemon_facts& facts) {
  out.gauge("build_info", "Always 1; the version is a label.");
  out.sample({{"version", facts.version}}, 1);
  out.gauge("start_timestamp_seconds", "When the daemon started.");
  out.sample_seconds({}, to_milliseconds(facts.started));
  out.gauge("config_last_reload_successful", "1 if the last reload of the settings worked.");
  out.sample({}, facts.last_reload_worked ? 1 : 0);
  out.gauge("rules_pending", "1 if a changed factor set waits for Apply.");
  out.sample({}, seen.pending ? 1 : 0);
  out.gauge("control_connections", "Open connections of the API.");
  out.sample({}, static_cast<std::int64_t>(facts.connections));
  out.gauge("tenants", "Tenants that are known.");
  out.sample({}, static_cast<std::int64_t>(seen.tenants.size()));
  out.gauge("users", "Users in the inventory.");
  out.sample({}, seen.users);
  out.gauge("numbers", "Numbers in the inventory.");
  out.sample({}, seen.numbers);
}

void add_findings(open_metrics& out, const audit::view& seen, instant now) {
  std::array<std::int64_t, 3> counts{};
  std::int64_t acknowledged = 0;
  for (const finding& one : seen.findings) {
    if (one.is_acknowledged(now))
      ++acknowledged;
    else
      ++counts[static_cast<std::size_t>(one.level)];
  }
  out.gauge("findings_acknowledged", "Findings that somebody has seen and that may wait.");
  out.sample({}, acknowledged);
  out.gauge("findings", "Findings by severity, without those that are acknowledged.");
  for (const severity level : {severity::page, severity::warn, severity::info}) {
    out.sample({{"severity", to_text(level)}}, counts[static_cast<std::size_t>(level)]);
  }
}

}  // namespace

std::string metrics_page(const audit::view& seen, const daemon_facts& facts,
                         const std::vector<sync::source_state>& sources, instant now) {
  open_metrics out;
  add_daemon(out, seen, facts);
  add_ledger(out, seen, facts);
  add_findings(out, seen, now);
  add_sources(out, sources);
  add_licences(out, seen);
  add_factors(out, seen);
  return out.take();
}

}  // namespace licaudit::api

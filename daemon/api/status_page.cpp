#include "daemon/api/status_page.hpp"

#include "daemon/api/json_text.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

struct visible_counts {
  std::int64_t tenants = 0, users = 0, numbers = 0;
  std::array<std::int64_t, 3> findings{};  ///< by severity, without those that are acknowledged
  std::int64_t acknowledged = 0;
  bool ok = true;
};

visible_counts count_visible(const call& asked) {
  visible_counts counts;
  const bool all = asked.who().may_everywhere(access::right::read, asked.tree());
  for (const auto& one : asked.view().tenants) {
    if (!all && !asked.may(access::right::read, one.first)) continue;
    ++counts.tenants;
    counts.users += one.second->users;
    counts.numbers += one.second->numbers;
    const tally_state state = one.second->tally->state();
    counts.ok = counts.ok && state != tally_state::degraded && state != tally_state::held;
  }
  for (const finding& one : asked.view().findings) {
    const bool visible = one.tenant.empty() ? asked.may_inspect() : asked.may(access::right::read, one.tenant);
    if (visible && one.is_acknowledged(asked.now()))
      ++counts.acknowledged;
    else if (visible)
      ++counts.findings[static_cast<std::size_t>(one.level)];
  }
  return counts;
}

void add_last_run(json_text& out, const std::optional<source_run>& run) {
  out.key("last_run");
  if (!run) {
    out.add(nullptr);
    return;
  }
  out.begin_object().member("run", run->id).member("started", run->started).member("ended", run->ended);
  out.member("state", to_text(run->state)).text_or_null("problem", run->problem).end_object();
}

void begin_source(json_text& out, const sync::source_state& of) {
  out.begin_object().member("source", of.source).member("plugin", of.plugin);
  out.member("state", sync::to_text(of.condition));
  add_last_run(out, of.last_run);
  out.member("last_good", of.last_good).member("next", of.next).member("failed_since_good", of.failed_since_good);
  out.member("every_seconds", std::chrono::duration_cast<std::chrono::seconds>(of.every).count());
}

void add_calculation(json_text& out, const audit::view& seen) {
  out.key("last_calculation");
  if (!seen.last_calculation) {
    out.add(nullptr);
    return;
  }
  out.begin_object().member("at", seen.last_calculation->at).member("cause", audit::describe(seen.last_cause, nullptr));
  out.member("sequence", seen.last_calculation->sequence).end_object();
}

void add_rules(json_text& out, const audit::view& seen) {
  out.key("rules").begin_object();
  out.text_or_null("revision", seen.rules ? seen.rules->revision().name : std::string());
  out.member("since", seen.rules_since);
  out.text_or_null("pending", seen.pending ? seen.pending->revision().name : std::string()).end_object();
}

}  // namespace

std::string status_page(const call& asked, const daemon_facts& facts, const std::vector<sync::source_state>& sources) {
  const audit::view& seen = asked.view();
  const visible_counts counts = count_visible(asked);
  const auto is_sound = [](const sync::source_state& one) {
    return one.condition == sync::source_condition::ok || one.condition == sync::source_condition::running;
  };
  const bool sound = std::all_of(sources.begin(), sources.end(), is_sound);
  const bool ok = counts.ok && seen.problem.empty() && (sound || !asked.may_inspect());
  json_text out;
  out.begin_object().member("version", facts.version);
  out.member("uptime_seconds", std::chrono::duration_cast<std::chrono::seconds>(asked.now() - facts.started).count());
  out.member("now", asked.now()).member("host", facts.host).member("state", ok ? "ok" : "degraded");
  add_calculation(out, seen);
  out.key("sources").begin_array();
  for (const sync::source_state& one : sources) {
    if (!asked.may_inspect()) break;
    begin_source(out, one);
    out.end_object();
  }
  out.end_array();
  add_rules(out, seen);
  out.member("time_zone", seen.zone_of({}).name());
  out.member("tenants", counts.tenants).member("users", counts.users).member("numbers", counts.numbers);
  out.key("findings").begin_object().member("page", counts.findings[0]).member("warn", counts.findings[1]);
  out.member("info", counts.findings[2]).member("acknowledged", counts.acknowledged).end_object();
  out.key("database").begin_object().member("bytes", facts.database_bytes).member("wal_bytes", facts.wal_bytes);
  out.end_object().key("chain").begin_object().member("sequence", seen.chain_sequence).member("head", seen.chain_head);
  out.end_object().member("ledger", seen.ledger).member("epoch", seen.epoch);
  out.member("loading", seen.loading).text_or_null("problem", seen.problem).end_object();
  return out.take();
}

std::string sources_page(const audit::view& seen, const std::vector<sync::source_state>& sources) {
  json_text out;
  out.begin_object().key("sources").begin_array();
  for (const sync::source_state& one : sources) {
    begin_source(out, one);
    out.key("held").begin_array();
    for (const audit::held_view& held : seen.held) {
      if (held.source != one.source) continue;
      out.begin_object()
          .member("tenant", held.tenant)
          .member("run", held.run)
          .member("reason", held.reason)
          .end_object();
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
  return out.take();
}

json::object run_json(const source_run& run) {
  json::object members = to_json(run);
  members["id"] = run.id;
  return members;
}

}  // namespace licaudit::api

#include "cli/rendering/status_page.hpp"

#include "cli/rendering/flow.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/listings.hpp"
#include "cli/rendering/printable.hpp"

#include <boost/json/serialize.hpp>

#include <array>

namespace licaudit::cli::rendering {

namespace {

/// Enough of a SHA-256 for a person to tell two revisions apart.
constexpr std::size_t short_hash = 12;

std::string hash_text(const json::object& from, std::string_view path) {
  return printable(text_at(from, path)).substr(0, short_hash);
}

std::string count_text(const json::object& from, std::string_view path) {
  return std::to_string(integer_at(from, path).value_or(0));
}

std::string size_text(std::int64_t bytes) {
  static constexpr std::array<std::string_view, 4> units = {" B", " kB", " MB", " GB"};
  std::size_t unit = 0;
  for (; bytes >= 10'000 && unit + 1 < units.size(); ++unit) bytes /= 1000;
  return std::to_string(bytes) + std::string(units[unit]);
}

std::string calculation_line(const json::object& status, const wall_clock& clock, const view& as) {
  flow line;
  line.add("last calculation");
  const auto at = text_at(status, "last_calculation.at");
  if (at.empty()) return line.add("none yet", 2).text(as);
  line.add(clock.full(at) + " (" + clock.distance(at) + ")", 2)
      .add("number " + count_text(status, "last_calculation.sequence"));
  return line.add("cause: " + printable(text_at(status, "last_calculation.cause"))).text(as);
}

std::string findings_line(const json::object& status, const view& as) {
  const bool page = integer_at(status, "findings.page").value_or(0) > 0;
  auto findings = count_text(status, "findings.page") + " page, " + count_text(status, "findings.warn") + " warn, " +
                  count_text(status, "findings.info") + " info";
  if (integer_at(status, "findings.acknowledged").value_or(0) > 0)
    findings += ", " + count_text(status, "findings.acknowledged") + " acknowledged";
  flow line;
  line.add("tenants " + count_text(status, "tenants")).add("users " + count_text(status, "users"));
  line.add("numbers " + count_text(status, "numbers"));
  return line.add("findings: " + findings, 3, page ? colour::red : colour::plain).text(as);
}

std::string rules_line(const json::object& from, const std::string& prefix, std::string_view pending,
                       const wall_clock& clock, const view& as) {
  auto now = "rules " + hash_text(from, prefix + "revision");
  if (const auto since = text_at(from, prefix + "since"); !since.empty()) now += " since " + clock.full(since);
  flow line;
  line.add(now);
  if (const auto next = hash_text(from, pending); !next.empty()) {
    line.add("pending " + next + " (licaudit apply --all --rules --dry-run)", 3, colour::yellow);
  }
  return line.text(as);
}

std::string database_line(const json::object& status, const view& as) {
  flow line;
  line.add("database " + size_text(integer_at(status, "database.bytes").value_or(0)) + " + " +
           size_text(integer_at(status, "database.wal_bytes").value_or(0)) + " log");
  line.add("chain " + count_text(status, "chain.sequence") + ' ' + hash_text(status, "chain.head"));
  return line.add("ledger " + hash_text(status, "ledger") + " epoch " + count_text(status, "epoch")).text(as);
}

std::string first_line(const json::object& status, const wall_clock& clock, const view& as) {
  const auto state = printable(text_at(status, "state"));
  flow line;
  line.add("licauditd " + printable(text_at(status, "version")), 0, colour::bold);
  line.add("on " + printable(text_at(status, "host")), 1);
  line.add("up " + span_text(std::chrono::seconds{integer_at(status, "uptime_seconds").value_or(0)}));
  line.add("state " + state, 3, colour_of_state(state));
  return line.add("times: " + printable(clock.zone_name())).text(as);
}

std::string criteria_lines(const json::value& factor, const view& as) {
  std::string lines;
  for (const auto member : {"configured", "match", "reject"}) {
    for (const auto& criterion : elements(factor, member)) {
      lines += flow().add("    " + std::string(member)).add(printable(json::serialize(criterion)), 1).text(as);
    }
  }
  return lines;
}

}  // namespace

std::string status_page(const json::object& status, const view& as) {
  const auto clock = as.clock_of(status);
  auto text = first_line(status, clock, as);
  if (const auto problem = printable(text_at(status, "problem")); !problem.empty()) {
    text += flow().add(" ! " + problem, 0, colour::red).text(as);
  }
  text += calculation_line(status, clock, as) + findings_line(status, as);
  text += rules_line(status, "rules.", "rules.pending", clock, as) + database_line(status, as);
  auto sources = source_list();
  // What a source is held for stands in /v1/sources only.
  std::erase_if(sources.columns, [](const column& what) { return what.name == "held"; });
  return text + sources.people(status, as);
}

std::string rules_page(const json::object& rules, const view& as) {
  auto text = rules_line(rules, "", "pending.revision", as.clock_of(rules), as) + rule_list().people(rules, as);
  for (const auto& licence : elements(rules, "rules.licences")) {
    for (const auto& factor : elements(licence, "factors")) {
      const auto lines = criteria_lines(factor, as);
      const auto name = std::string(text_at(licence, "id")) + '/' + std::string(text_at(factor, "id"));
      if (!lines.empty()) text += '\n' + printable(name) + '\n' + lines;
    }
  }
  return text;
}

}  // namespace licaudit::cli::rendering

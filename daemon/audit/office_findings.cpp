// What people decide on findings.
#include "daemon/audit/desk.hpp"

namespace licaudit::audit {

namespace {

// A sentence or two: it stands under a hash for good.
constexpr std::size_t most_reason_bytes = 1000;

std::optional<failure> objection_to(instant until, instant now, const std::string& reason) {
  if (reason.find_first_not_of(" \t\r\n") == std::string::npos)
    return failure{errc::malformed, "reason: say in a few words why nobody needs to look at it until then"};
  if (reason.size() > most_reason_bytes)
    return failure{errc::malformed, "reason: it has " + std::to_string(reason.size()) + " bytes, at most " +
                                        std::to_string(most_reason_bytes) + " are kept; say it shorter"};
  if (until <= now)
    return failure{errc::malformed, "until: " + to_rfc3339(until) + " has passed; name an instant to come, like +7d"};
  return std::nullopt;
}

}  // namespace

result<done> office::acknowledge(const std::string& finding_id, instant until, const std::string& reason,
                                 const std::string& caller) {
  auto& all = *desk_;
  const auto which = all.findings.find(finding_id);
  if (which == nullptr)
    return failure{errc::unknown, "there is no finding " + finding_id + ", or it has ended; see: licaudit findings"};
  if (auto wrong = objection_to(until, all.clock(), reason)) return *wrong;
  return all.in_transaction([&](ledger::transaction& tx) -> result<done> {
    operation what;
    what.at = all.next_instant();
    what.type = "acknowledge";
    what.caller = caller;
    what.tenant = which->tenant;
    what.text = which->kind + " acknowledged until " + to_rfc3339(until);
    what.detail["finding"] = finding_id;
    what.detail["kind"] = which->kind;
    what.detail["before"] = which->acknowledged ? json::value(to_rfc3339(which->acknowledged->until)) : nullptr;
    what.detail["until"] = to_rfc3339(until);
    what.detail["reason"] = reason;
    done made;
    made.operation = tx.add_operation(what);
    all.findings.acknowledge(finding_id, acknowledgement{until, caller, reason});
    tx.put_findings(all.findings.take_changes());
    all.stale.merge(all.tenants.named(all.findings.take_moved_tenants()));
    return made;
  });
}

result<void> office::note_month_end(const std::vector<std::string>& tenants, std::vector<finding> dips) {
  auto& all = *desk_;
  const std::set<std::string, std::less<>> judged(tenants.begin(), tenants.end());
  auto list = std::move(dips);
  for (const auto& one : all.findings.of_cause(month_end_cause))
    if (judged.find(one.tenant) == judged.end() && all.tenants.find(one.tenant) != nullptr) list.push_back(one);
  const auto noted = all.in_transaction([&](ledger::transaction& tx) -> result<done> {
    if (!all.findings.post(month_end_cause, std::move(list), all.next_instant())) return done();
    tx.put_findings(all.findings.take_changes());
    all.stale.merge(all.tenants.named(all.findings.take_moved_tenants()));
    return done();
  });
  if (!noted) return noted.error();
  return {};
}

}  // namespace licaudit::audit

#pragma once

#include "daemon/audit/desk.hpp"
#include "model/json.hpp"
#include "model/operation.hpp"

#include <string>
#include <vector>

namespace licaudit::audit {

/// `lifecycle-management off`, `12 switches, rules 1f0c...`
[[nodiscard]] std::string text_of(const apply_plan& plan);

/// How the switches of a plan stand while it is not applied, and once it is.
[[nodiscard]] json::array positions_before(const desk& all, const apply_plan& plan);
[[nodiscard]] json::array positions_after(const apply_plan& plan);

/// Whose switches it makes effective, if they are those of one tenant; else empty.
[[nodiscard]] std::string only_tenant_of(const apply_plan& plan);

/// What an Apply of several does at one tenant, for its own log: whoever sees that one alone finds it there, and
/// nothing of the others.
struct told_tenant {
  std::string id, text;
  json::object before, after;
};

/// Those whose switches become effective, and those that were named; not the one that `whole` is about already.
[[nodiscard]] std::vector<told_tenant> tenants_to_tell(const desk& all, const apply_request& request,
                                                       const apply_plan& plan, const operation& whole);
/// Writes them beside `whole`, which has this sequence.
void tell_tenants(ledger::transaction& tx, const operation& whole, std::int64_t sequence,
                  std::vector<told_tenant> each);

}  // namespace licaudit::audit

#pragma once

#include "daemon/api/json_text.hpp"
#include "daemon/audit/view.hpp"
#include "model/calculation.hpp"
#include "model/finding.hpp"
#include "model/pool.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::api {

/// `{"factor","on","calculated","configured","text"`: left open, so that a page can add its own members.
void begin_factor(json_text& out, const factor_tally& tally);

/// `{"licence","acquired","licensed","available","state"`: left open, too.
void begin_licence(json_text& out, const licence_tally& tally);
/// Where what is acquired are places for tenants and not units, which are available says somebody else.
void begin_licence(json_text& out, const licence_tally& tally, std::optional<std::int64_t> available);

/// What the tenant hands out of a licence to those under it; null: it hands out nothing.
[[nodiscard]] const pool* pool_of(const audit::tenant_view& of, std::string_view licence);
/// How much more there is: places where it hands out places for tenants, else what is acquired less what is licensed.
[[nodiscard]] std::optional<std::int64_t> available_at(const audit::tenant_view& of, const licence_tally& tally);

/// `{"sequence","at"}` or null.
void add_stamp(json_text& out, const std::optional<audit::calculation_stamp>& stamp);

/// When a finding is shown, and when a calculation last found it true.
struct finding_times {
  instant now{};
  std::optional<instant> last{};
};
[[nodiscard]] finding_times times_of(const audit::view& all, const finding& one, instant now);

/// `names` false: a finding's subject, and its id where the text repeats it, are left out.
void add_finding(json_text& out, const finding& one, bool names, const finding_times& times);

}  // namespace licaudit::api

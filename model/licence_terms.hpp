#pragma once

#include "model/amount.hpp"
#include "model/json.hpp"
#include "model/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit {

/// A length of time as contracts have them: so many days, or so many months. `14 days`, `3 months`, `2 years`.
struct term {
  std::int64_t days = 0, months = 0;  ///< one of them is 0
  bool operator==(const term&) const = default;
};
/// `1 year and 3 months` are 15 months, weeks are days; both in one text do not go. errc::malformed quotes the text.
[[nodiscard]] result<term> parse_term(std::string_view text);
[[nodiscard]] std::string to_text(const term& value);

/// `units: { per: retention, step: 3 months, free: 14 days }`: what a subject counts depends on a setting of its
/// tenant.
struct unit_scale {
  std::string per;  ///< the setting
  term step;        ///< of months
  term free;        ///< of days
  bool operator==(const unit_scale&) const = default;
};
/// How many units a setting makes: none up to `free`, else one each `step`. errc::refused where it is no multiple.
[[nodiscard]] result<std::int64_t> units_of(const unit_scale& scale, const term& setting);

/// `package: { size: 500, unit: GB }`: what is bought are packages.
struct package_terms {
  std::int64_t size = 1;
  std::string unit;
  bool operator==(const package_terms&) const = default;
};

/// `limit: { included: 5000, unit: minute, period: month }`. The tenant's own limit is what is allowed above
/// `included`.
struct limit_terms {
  std::int64_t included = 0;
  std::string unit;      ///< for people
  bool monthly = false;  ///< starts again with each month of the tenant's zone; else a gauge
  bool operator==(const limit_terms&) const = default;
};

/// `pool: units`: what the tenants under one have may not sum to more than it has. `pool: tenants`: what it has is how
/// many of them may use the licence at all.
enum class pool_kind : std::uint8_t { none, units, tenants };
[[nodiscard]] std::string_view to_text(pool_kind value);
[[nodiscard]] result<pool_kind> parse_pool_kind(std::string_view text);

/// `warn: { available: 5% }`, or `{ available: 20 }`: a finding before over-use.
struct warning_terms {
  std::int64_t available = 0;
  bool percent = false;  ///< of what was acquired
  bool operator==(const warning_terms&) const = default;
};

/// `grace: { percent: 10, days: 14 }`: over-use of at most so much pages nobody before so many days have passed.
struct grace_terms {
  std::int64_t percent = 0, days = 0;
  bool operator==(const grace_terms&) const = default;
};

/// What a licence's catalogue says of how it is sold (domain.md 5).
struct licence_terms {
  std::optional<limit_terms> limit{};
  std::vector<std::string> needs{};                      ///< `requires`: licences that whoever holds this one needs too
  std::optional<std::vector<std::string>> successors{};  ///< `deprecated`: it cannot be ordered, these can
  pool_kind pool = pool_kind::none;
  std::int64_t multiple = 1;  ///< of which orders make what is acquired a multiple
  std::optional<warning_terms> warn{};
  std::optional<grace_terms> grace{};
  bool operator==(const licence_terms&) const = default;

  [[nodiscard]] bool is_deprecated() const { return successors.has_value(); }
};

/// What a factor says of how it counts (domain.md 5).
struct counting_terms {
  std::string unit{};  ///< of a factor that counts meters; empty: that of its package, or any
  std::optional<unit_scale> units{};
  std::optional<package_terms> package{};
  bool expanded = false;  ///< `count: expanded`: a range of numbers counts as many as it stands for
  bool operator==(const counting_terms&) const = default;
};

/// Their members beside the others of a licence or a factor; those that say nothing are left out.
void add_json(json::object& to, const licence_terms& terms);
void add_json(json::object& to, const counting_terms& terms);
[[nodiscard]] licence_terms licence_terms_from(json_reader& in);
[[nodiscard]] counting_terms counting_terms_from(json_reader& in);

}  // namespace licaudit

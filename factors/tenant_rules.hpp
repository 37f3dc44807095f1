#pragma once

#include "factors/compiled.hpp"
#include "factors/engine.hpp"
#include "factors/held_fields.hpp"
#include "factors/tenant_texts.hpp"
#include "model/instant.hpp"
#include "model/tenant.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace licaudit::factors {

/// One way to read the placeholders: a site, or a site with a gateway that it had before. A tenant without sites is
/// seen as one whose fields are blank.
struct site_view {
  std::optional<std::size_t> of;
  std::string_view former;  ///< gateway; empty: the site's own
  std::string_view texts;   ///< of the site, as tenant_texts::text_in reads them

  [[nodiscard]] std::string_view text(std::string_view field) const;
  bool operator==(const site_view&) const = default;
};
/// At least one. `now` decides which former gateways still match.
[[nodiscard]] std::vector<site_view> views_of(const tenant_texts& whose, instant now);

/// What a factor set means for one tenant at one time. Made when the tenant is judged and dropped after it: nearly all
/// lists are those of the set, and their placeholders say where in the tenant's texts the values are.
struct tenant_rules {
  const tenant_texts* whose;
  std::vector<std::uint32_t> applies;  ///< per lane: the bits of the factors that apply to its service
  std::vector<site_view> views;
  /// Lists that are the tenant's own, or that a setting of it changes. Their tests have slots behind those of
  /// `compiled`; what does not compile has no tests and matches nothing.
  std::map<std::pair<std::uint32_t, list_kind>, planned_list> own;
  std::vector<std::uint32_t> own_columns;  ///< by slot, behind those of `compiled`

  /// The list in force.
  [[nodiscard]] const planned_list& list(const compiled& all, std::uint32_t factor, list_kind which) const;
  [[nodiscard]] std::string_view value(const placeholder& one, const site_view& view) const;
};

/// Finds the tenant's values, settings and own criteria. `whose` must outlive it. `problems`, unless it is null, gets
/// what is wrong with them, as far as it is known without a subject.
[[nodiscard]] tenant_rules bind(const compiled& all, const tenant_texts& whose, instant now, const held_fields& held,
                                std::vector<rule_problem>* problems = nullptr);

/// What the tenant's own criteria read.
[[nodiscard]] held_fields fields_of(const compiled& all, const tenant& whose);

/// What the tenant's setting of this name says; null if it is absent or blank, which would match everything.
[[nodiscard]] const std::string* setting_of(const tenant_texts::application_settings& all, const std::string& name);

/// The criterion as the tenant's setting changes it.
[[nodiscard]] criterion with_setting(const criterion& written, const std::string& pattern);

/// The tenant's own list, or null.
[[nodiscard]] const criteria* own_criteria(const tenant_texts::criteria_by_factor& all, const planned_factor& of,
                                           list_kind which);

}  // namespace licaudit::factors

#pragma once

#include "model/subject.hpp"
#include "plugins/sdk/source_main.hpp"
#include "plugins/sources/audiocodes-ini/dial_plans.hpp"

#include <string>
#include <vector>

namespace licaudit::audiocodes_ini {

struct ini_config {
  std::string path;
  std::vector<std::string> plans;  ///< empty: all
};

/// The dial-plan rules of an AudioCodes session border controller as numbers.
[[nodiscard]] result<sdk::source_job> open(const sdk::source_request& request);

/// Prints a whole run; rules of plans that are not wanted are left out and counted.
[[nodiscard]] result<void> run(const ini_config& config, sdk::record_writer& out);

/// The id is `PLAN/PREFIX`; the field `number` is the prefix without the `#` that ends a number.
[[nodiscard]] subject number_of(const dial_plan_rule& rule);

extern const sdk::source_description description;

}  // namespace licaudit::audiocodes_ini

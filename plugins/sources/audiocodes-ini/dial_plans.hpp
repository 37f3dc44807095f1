#pragma once

#include "model/result.hpp"
#include "plugins/sdk/text_file.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace licaudit::audiocodes_ini {

/// A rule of a dial plan: the prefix is a number, or a pattern that stands for many.
struct dial_plan_rule {
  std::string plan;
  std::string name;
  std::string prefix;
  std::string tag;
  std::int64_t line = 0;
};

struct dial_plans {
  std::set<std::string, std::less<>> names;
  std::vector<dial_plan_rule> rules;  ///< in the order of the file
};

/// The tables DialPlan and DialPlanRule. A missing table or column and a rule of a plan that does not exist are
/// failures that name file and line.
[[nodiscard]] result<dial_plans> read_dial_plans(const std::string& path);

}  // namespace licaudit::audiocodes_ini

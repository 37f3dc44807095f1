#include "plugins/sources/audiocodes-ini/audiocodes_source.hpp"

#include "model/json.hpp"
#include "model/names.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace licaudit::audiocodes_ini {

const sdk::source_description description = {
    "audiocodes-ini", "The dial-plan rules of an AudioCodes session border controller, from its ini file.",
    "  path    the ini file; only the tables DialPlan and DialPlanRule are read\n"
    "  plans   a dial plan or a list of dial plans; absent: all\n"};

namespace {

/// Wanted plans that the file lacks would be an empty inventory in silence.
result<void> check_plans(const ini_config& config, const dial_plans& plans) {
  for (const auto& wanted : config.plans) {
    if (plans.names.count(wanted) > 0) continue;
    std::string there;
    for (const auto& name : plans.names) there += (there.empty() ? "" : ", ") + in_quotes(name);
    return failure{errc::unknown, config.path + ": has no dial plan " + in_quotes(wanted) + "; it has " +
                                      (there.empty() ? "none" : there)};
  }
  return {};
}

std::vector<std::string> read_plans(json_reader& in) {
  std::vector<std::string> plans;
  const auto* value = in.optional_value("plans");
  if (value == nullptr || value->is_null()) return plans;
  json::array one;
  if (value->is_string()) one.push_back(*value);
  const auto& list = value->is_array() ? value->get_array() : one;
  for (const auto& name : list) {
    if (name.is_string()) plans.emplace_back(name.get_string());
  }
  if (plans.empty() || plans.size() != list.size()) in.refuse("plans", "a text or a list of texts");
  return plans;
}

}  // namespace

subject number_of(const dial_plan_rule& rule) {
  std::string_view number = rule.prefix;
  if (number.ends_with('#')) number.remove_suffix(1);
  subject value;
  value.name.kind = subject_kind::number;
  value.name.id = rule.plan + "/" + rule.prefix;
  const auto add = [&value](const char* field, std::string_view text) {
    auto texts = make_field_value({std::string(text)});
    if (!texts.empty()) value.fields.emplace(field, std::move(texts));
  };
  add("number", number);
  add("name", rule.name);
  add("tag", rule.tag);
  add("dial_plan", rule.plan);
  return value;
}

result<void> run(const ini_config& config, sdk::record_writer& out) {
  const auto plans = read_dial_plans(config.path);
  if (!plans) return plans.error();
  if (auto checked = check_plans(config, *plans); !checked) return checked;
  std::int64_t others = 0;
  out.begin();
  for (const auto& rule : plans->rules) {
    const bool wanted =
        config.plans.empty() || std::find(config.plans.begin(), config.plans.end(), rule.plan) != config.plans.end();
    if (wanted) {
      out.write(number_of(rule));
    } else {
      ++others;
    }
  }
  if (others > 0) out.left_out("another dial plan", others);
  out.end();
  return {};
}

result<sdk::source_job> open(const sdk::source_request& request) {
  json_reader in(request.config, "config");
  ini_config config;
  config.path = in.text("path");
  config.plans = read_plans(in);
  if (auto wrong = in.finish()) return *wrong;
  return sdk::source_job([config = std::move(config)](sdk::record_writer& out) { return run(config, out); });
}

}  // namespace licaudit::audiocodes_ini

#include "daemon/app/holding_question.hpp"

#include "factors/engine.hpp"

namespace licaudit::app {

namespace {

using rules_ptr = std::shared_ptr<const factors::rules>;

result<rules_ptr> rules_of(const std::string& text, const audit::view& now,
                           const std::function<result<rules_ptr>(const factor_set&)>& compile) {
  if (now.rules && now.rules->revision().text == text) return now.rules;
  const auto parsed = parse_json(text);
  if (!parsed) return failure{errc::corrupt, "the rules of then: " + parsed.error().detail};
  auto set = factor_set_from_json(*parsed);
  if (!set) return failure{errc::corrupt, "the rules of then: " + set.error().detail};
  return compile(*set);
}

std::vector<std::string> ids_of(const std::vector<const factor*>& factors) {
  std::vector<std::string> ids;
  for (const auto* one : factors) ids.push_back(one->id);
  return ids;
}

}  // namespace

api::holding_lookup holding_question(std::function<std::shared_ptr<const audit::view>()> current,
                                     std::function<result<rules_ptr>(const factor_set&)> compile) {
  return [current = std::move(current), compile = std::move(compile)](
             const ledger::dated_tenant& tenant,
             const std::vector<ledger::dated_subject>& subjects) -> result<std::vector<api::subject_holding>> {
    const auto view = current();
    const auto rules = rules_of(tenant.rules, *view, compile);
    if (!rules) return rules.error();
    std::vector<subject> values;
    values.reserve(subjects.size());
    for (const auto& one : subjects) values.push_back(one.value);
    const auto on = [&tenant](const licence& of, const factor& which) {
      const auto set = tenant.switches.find(of.id + "/" + which.id);
      return !which.switchable || set == tenant.switches.end() || set->second;
    };
    std::vector<api::subject_holding> made;
    for (const auto& one : factors::holdings(**rules, tenant.record, tenant.at, on, values)) {
      // Nobody holds anything at a tenant that is switched off.
      const bool held = one.holder != nullptr && !tenant.disabled;
      made.push_back({one.subject, one.of_licence->id, held ? one.holder->id : std::string(), ids_of(one.configured),
                      ids_of(one.eligible)});
    }
    return made;
  };
}

}  // namespace licaudit::app

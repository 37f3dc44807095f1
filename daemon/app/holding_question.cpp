#include "daemon/app/holding_question.hpp"

#include "daemon/audit/metering.hpp"
#include "factors/engine.hpp"
#include "factors/worth.hpp"

#include <boost/json/serialize.hpp>

#include <map>

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
  ids.reserve(factors.size());
  for (const auto* one : factors) ids.push_back(one->id);
  return ids;
}

/// Its own, else what it inherits as things stand now: the ledger does not keep under whom it stood.
time_zone zone_of(const tenant& of, const audit::view& now) {
  const auto own = time_zone::find(of.time_zone);
  return own ? *own : now.zone_of(of.id);
}

std::string setting_of(const tenant& of, const std::string& name) {
  const auto set = of.settings.find(name);
  if (set == of.settings.end()) return {};
  return set->value().is_string() ? std::string(set->value().get_string()) : json::serialize(set->value());
}

/// Adds up what each factor holds.
class accounts {
 public:
  accounts(const ledger::dated_tenant& of, const audit::view& now)
      : of_(of), worths_(of.record, audit::month_start(zone_of(of.record, now), of.at)) {}

  /// What it adds.
  std::string take(const subject& held, const factors::holding& how) {
    const auto worth = worths_.of(held, *how.of_licence, *how.holder);
    sums_[how.holder].add(worth);
    return worth.text(*how.holder);
  }

  [[nodiscard]] std::vector<api::factor_account> list(const factor_set& rules) const {
    std::vector<api::factor_account> made;
    for (const auto& within : rules.licences)
      for (const auto& by : within.factors)
        if (const auto sum = sums_.find(&by); sum != sums_.end()) made.push_back(account_of(within, by, sum->second));
    return made;
  }

 private:
  [[nodiscard]] api::factor_account account_of(const licence& within, const factor& by,
                                               const factors::worth& sum) const {
    api::factor_account made;
    made.licence = within.id;
    made.factor = by.id;
    made.worth = sum.text(by);
    if (by.kind == subject_kind::meter) made.unit = std::string(factors::unit_of(by));
    if (const auto& units = by.counting.units)
      made.units = {units->per, setting_of(of_.record, units->per), worths_.each(by).units};
    made.package = by.counting.package;
    made.counted = sum.count(by);
    return made;
  }

  const ledger::dated_tenant& of_;
  factors::worths worths_;
  std::map<const factor*, factors::worth> sums_;
};

}  // namespace

api::holding_lookup holding_question(std::function<std::shared_ptr<const audit::view>()> current,
                                     std::function<result<rules_ptr>(const factor_set&)> compile) {
  return [current = std::move(current), compile = std::move(compile)](
             const ledger::dated_tenant& tenant,
             const std::vector<ledger::dated_subject>& subjects) -> result<api::holding_list> {
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
    api::holding_list made;
    accounts adding(tenant, *view);
    for (const auto& one : factors::holdings(**rules, tenant.record, tenant.at, on, values)) {
      auto& row = made.holdings.emplace_back();
      row.subject = one.subject;
      row.licence = one.of_licence->id;
      row.configured = ids_of(one.configured);
      row.eligible = ids_of(one.eligible);
      // Nobody holds anything at a tenant that is switched off.
      if (one.holder == nullptr || tenant.disabled) continue;
      row.factor = one.holder->id;
      row.worth = adding.take(values[one.subject], one);
    }
    made.factors = adding.list((*rules)->set());
    return made;
  };
}

}  // namespace licaudit::app

#include "daemon/api/usage_page.hpp"

#include "daemon/api/json_text.hpp"
#include "daemon/api/licence_page.hpp"
#include "daemon/api/sold_json.hpp"
#include "daemon/api/tally_json.hpp"
#include "model/allowance.hpp"
#include "model/limit_state.hpp"
#include "model/stock_level.hpp"

#include <algorithm>

namespace licaudit::api {
namespace {

class usage_of_tenant {
 public:
  usage_of_tenant(const audit::view& all, const audit::tenant_view& of, const dated_inventory& there, bool names,
                  instant now)
      : all_(all), of_(of), there_(there), names_(names), now_(now) {}

  std::string write() {
    out_.begin_object().member("tenant", of_.record->id).member("name", of_.record->name);
    out_.text_or_null("service", of_.record->service).member("time_zone", of_.zone.name()).key("calculated_at");
    if (const auto& calculated = all_.calculated(of_)) {
      out_.add(calculated->at);
    } else {
      out_.add(nullptr);
    }
    out_.member("state", page_state(of_)).text_or_null("reason", of_.trouble->reason);
    out_.member("aggregated", of_.tally->aggregated).key("licences").begin_array();
    for (const licence_tally& one : of_.tally->licences) add_licence(one);
    out_.end_array().end_object();
    return out_.take();
  }

 private:
  void add_licence(const licence_tally& tally) {
    const licence* rule = all_.rules ? all_.rules->set().find(tally.licence) : nullptr;
    const licence unknown;
    const licence& of = rule != nullptr ? *rule : unknown;
    const pool* handed_out = pool_of(of_, tally.licence);
    const bool of_places = handed_out != nullptr && handed_out->kind == pool_kind::tenants;
    begin_licence(out_, tally, available_at(of_, tally));
    out_.member("title", rule != nullptr ? of.title : tally.licence.text()).member("text", text_of(tally, of));
    out_.member("use", use_of(tally, of.terms, of_places));
    out_.key("successors");
    if (of.terms.successors) {
      out_.add(*of.terms.successors);
    } else {
      out_.add(nullptr);
    }
    add_limit(tally, of.terms);
    add_pool(handed_out);
    out_.key("factors").begin_array();
    for (const factor_tally& one : tally.factors) add_factor(one, of);
    out_.end_array();
    add_meters(tally);
    out_.end_object();
  }

  /// `11/15` of packages, used and bought; else n1 (n2).
  static std::string text_of(const licence_tally& tally, const licence& of) {
    const bool packed = std::any_of(of.factors.begin(), of.factors.end(),
                                    [](const factor& one) { return one.counting.package.has_value(); });
    if (packed) return std::to_string(tally.licensed) + '/' + (tally.acquired ? std::to_string(*tally.acquired) : "-");
    factor_tally whole;
    whole.calculated = tally.licensed;
    for (const factor_tally& one : tally.factors)
      if (one.configured) whole.configured = whole.configured.value_or(0) + *one.configured;
    return to_text(whole);
  }

  [[nodiscard]] std::string_view use_of(const licence_tally& tally, const licence_terms& terms, bool of_places) const {
    if (!of_places && stock_level_of(tally.acquired, tally.licensed, terms) == stock_level::over) return "over-use";
    return to_text(terms.limit ? limit_state_of(tally.licensed, *terms.limit, setting_of(tally)) : limit_state::ok);
  }

  [[nodiscard]] std::optional<std::int64_t> setting_of(const licence_tally& tally) const {
    const auto set = of_.decided->limits.find(tally.licence);
    return set == of_.decided->limits.end() ? std::nullopt : std::optional(set->second);
  }

  void add_limit(const licence_tally& tally, const licence_terms& terms) {
    out_.key("limit");
    if (!terms.limit) {
      out_.add(nullptr);
      return;
    }
    const auto setting = setting_of(tally);
    out_.begin_object().member("included", terms.limit->included).member("setting", setting);
    out_.member("allowed", allowed_amount(*terms.limit, setting)).member("used", tally.licensed);
    out_.text_or_null("unit", terms.limit->unit).text_or_null("period", terms.limit->monthly ? "month" : "");
    out_.member("state", to_text(limit_state_of(tally.licensed, *terms.limit, setting)));
    out_.member("until", end_of_period(*terms.limit, of_.zone, now_)).end_object();
  }

  void add_pool(const pool* one) {
    out_.key("pool");
    if (one == nullptr) {
      out_.add(nullptr);
      return;
    }
    out_.begin_object().member("of", to_text(one->kind)).member("size", one->size);
    out_.member("handed_out", one->handed_out).end_object();
  }

  void add_factor(const factor_tally& tally, const licence& of) {
    const auto rule =
        std::find_if(of.factors.begin(), of.factors.end(), [&](const factor& one) { return one.id == tally.factor; });
    begin_factor(out_, tally);
    const counting_terms terms = rule != of.factors.end() ? rule->counting : counting_terms();
    out_.member("title", rule != of.factors.end() ? rule->title : tally.factor.text()).text_or_null("unit", terms.unit);
    out_.key("package");
    add_package(out_, terms.package);
    out_.end_object();
  }

  /// Its own, not those of its subtree.
  void add_meters(const licence_tally& tally) {
    out_.key("meters").begin_array();
    for (const subject_holding& one : there_.holdings) {
      const subject& which = there_.subjects[one.subject].value;
      if (one.licence != tally.licence || which.name.kind != subject_kind::meter) continue;
      out_.begin_object().text_or_null("meter", names_ ? std::string_view(which.name.id) : std::string_view());
      out_.text_or_null("factor", one.factor);
      add_reading(out_, which);
      add_decimal(out_, "worth", one.worth);
      out_.end_object();
    }
    out_.end_array();
  }

  const audit::view& all_;
  const audit::tenant_view& of_;
  const dated_inventory& there_;
  bool names_;
  instant now_;
  json_text out_;
};

}  // namespace

bool has_meters(const audit::view& all, const audit::tenant_view& of) {
  if (!all.rules) return false;
  for (const licence& one : all.rules->set().licences)
    for (const factor& each : one.factors)
      if (each.kind == subject_kind::meter && each.applies_to(of.record->service)) return true;
  return false;
}

std::string usage_page(const audit::view& all, const audit::tenant_view& of, const dated_inventory& now_there,
                       bool names, instant now) {
  return usage_of_tenant(all, of, now_there, names, now).write();
}

}  // namespace licaudit::api

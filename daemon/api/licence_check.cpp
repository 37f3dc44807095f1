#include "daemon/api/licence_check.hpp"

#include "daemon/api/json_text.hpp"
#include "daemon/api/licence_page.hpp"
#include "daemon/api/tally_json.hpp"
#include "model/allowance.hpp"
#include "model/limit_state.hpp"

#include <algorithm>
#include <utility>

namespace licaudit::api {
namespace {

/// Keeps of all that bounds a use what bounds it closest, the first of equals.
class closest_bound {
 public:
  /// `why` says what there is, for a refusal: `all 100 acquired are in use`.
  template <class Why>
  void take(std::int64_t left, const Why& why, std::optional<instant> until = {}) {
    if (made_.available && *made_.available <= left) return;
    made_.available = left;
    made_.reason = why();
    made_.until = until;
  }
  void holds_until(instant end) { made_.holds_until = std::min(made_.holds_until, end); }

  [[nodiscard]] licence_bound take_made() { return std::move(made_); }

 private:
  licence_bound made_;
};

std::string used_of(std::int64_t used, std::int64_t whole) {
  return std::to_string(used) + " of " + std::to_string(whole) + " are in use";
}

/// What is used in the period that runs now. Nothing is known of one that began after the last calculation, and each
/// begins with nothing.
std::int64_t used_in_period(const limit_terms& terms, const licence_tally& tally, const audit::view& all,
                            const audit::tenant_view& of, instant now) {
  const auto& calculated = all.calculated(of);
  const auto end = calculated ? end_of_period(terms, of.zone, calculated->at) : std::nullopt;
  return end && *end <= now ? 0 : tally.licensed;
}

void add_limit(closest_bound& bound, const audit::view& all, const audit::tenant_view& of, const limit_terms& terms,
               const licence_tally& tally, instant now) {
  const auto set = of.decided->limits.find(tally.licence);
  if (set == of.decided->limits.end()) return;
  const auto end = end_of_period(terms, of.zone, now);
  if (end) bound.holds_until(*end);
  const auto allowed = allowed_amount(terms, set->second).value_or(0);
  const auto used = used_in_period(terms, tally, all, of, now);
  const auto why = [&] {
    return "the limit: " + std::to_string(used) + " of " + std::to_string(allowed) +
           (terms.unit.empty() ? std::string() : ' ' + terms.unit) + " are used" + (terms.monthly ? " this month" : "");
  };
  bound.take(allowed - used, why, end);
}

/// Whoever stands under a pool has the part of it that was handed out to it,
/// and nobody has more than is left of the whole. Nothing was handed out:
/// nothing may be used. Of a limited licence the parts are limits.
void add_pools(closest_bound& bound, const audit::view& all, const audit::tenant_view& of, const licence& rule,
               const licence_tally& tally) {
  const bool has_part = tally.acquired || of.decided->limits.find(rule.id) != of.decided->limits.end();
  const audit::tenant_view* above = all.find(of.record->parent);
  bool nearest = true;
  for (std::size_t steps = 0; above != nullptr && steps <= all.tenants.size(); ++steps) {
    const auto* handed_out = pool_of(*above, rule.id);
    const auto* whole = handed_out == nullptr ? nullptr : above->tally->find(rule.id);
    if (handed_out != nullptr && std::exchange(nearest, false) && !has_part)
      bound.take(-tally.licensed,
                 [&] { return "nothing of the pool of " + above->record->id + " was handed out to " + of.record->id; });
    if (whole != nullptr && handed_out->kind == pool_kind::units)
      bound.take(handed_out->size - whole->licensed, [&] {
        return "the pool of " + above->record->id + ": " + used_of(whole->licensed, handed_out->size);
      });
    above = all.find(above->record->parent);
  }
}

}  // namespace

bool knows_licence(const audit::view& all, const audit::tenant_view& of, std::string_view licence) {
  return (all.rules && all.rules->set().find(licence) != nullptr) || of.tally->find(licence) != nullptr;
}

licence_bound licence_bound_of(const audit::view& all, const audit::tenant_view& of, std::string_view licence,
                               instant now) {
  closest_bound bound;
  if (of.tally->disabled || !of.enabled || of.gone) {
    bound.take(0, [&] { return "tenant " + of.record->id + " is disabled"; });
    return bound.take_made();
  }
  const auto* tally = of.tally->find(licence);
  const auto* rule = all.rules ? all.rules->set().find(licence) : nullptr;
  const auto* own_pool = pool_of(of, licence);
  const bool has_places = own_pool != nullptr && own_pool->kind == pool_kind::tenants;  // and no units
  if (tally != nullptr && tally->acquired && !has_places)
    bound.take(*tally->acquired - tally->licensed,
               [&] { return "acquired: " + used_of(tally->licensed, *tally->acquired); });
  if (tally != nullptr && rule != nullptr && rule->terms.limit)
    add_limit(bound, all, of, *rule->terms.limit, *tally, now);
  if (rule != nullptr && rule->terms.pool != pool_kind::none) {
    const licence_tally none_used;
    add_pools(bound, all, of, *rule, tally != nullptr ? *tally : none_used);
  }
  return bound.take_made();
}

std::string check_answer(const audit::view& all, const audit::tenant_view& of, std::string_view licence,
                         const licence_bound& bound, bool allowed) {
  const auto* tally = of.tally->find(licence);
  json_text out;
  out.begin_object().member("allowed", allowed).member("available", bound.available);
  out.text_or_null("reason", allowed ? std::string_view() : bound.reason);
  out.member("until", allowed ? std::nullopt : bound.until);
  out.member("state", tally != nullptr ? to_text(tally->state) : page_state(of)).key("calculated_at");
  if (const auto& calculated = all.calculated(of)) {
    out.add(calculated->at);
  } else {
    out.add(nullptr);
  }
  out.end_object();
  return out.take();
}

}  // namespace licaudit::api

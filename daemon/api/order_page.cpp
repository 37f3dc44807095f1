#include "daemon/api/order_page.hpp"

#include "daemon/api/json_text.hpp"
#include "daemon/api/licence_page.hpp"
#include "daemon/api/tenant_json.hpp"
#include "model/allowance.hpp"

#include <algorithm>

namespace licaudit::api {
namespace {

void add_amount(json_text& out, std::string_view name, const std::optional<amount>& value) {
  out.key(name).raw(value ? to_text(*value) : "null");
}

void add_line(json_text& out, const licence* rule, const audit::order_line& line, const month_effects& months) {
  const licence other;
  const licence& sold = rule != nullptr ? *rule : other;
  const auto effect = months.find(line.licence);
  const month_effect month = effect == months.end() ? month_effect() : effect->second;
  out.begin_object().member("licence", line.licence).member("title", rule != nullptr ? rule->title : line.licence);
  out.member("now", line.now).member("change", line.change).member("then", line.then);
  out.member("of", sold.billing_of).member("by", sold.billing_by);
  add_amount(out, "month_now", month.now);
  add_amount(out, "month_then", month.then);
  out.text_or_null("blocked", line.blocked).end_object();
}

}  // namespace

std::string order_page(const audit::view& all, const audit::cart_page& cart, const month_effects& months,
                       const std::optional<audit::done>& done) {
  json_text out;
  out.begin_object().member("tenant", cart.tenant).member("version", cart.version).key("state");
  const audit::tenant_view* of = all.find(cart.tenant);
  of != nullptr ? out.add(page_state(*of)) : out.add(nullptr);
  out.key("lines").begin_array();
  for (const auto& line : cart.lines)
    add_line(out, all.rules ? all.rules->set().find(line.licence) : nullptr, line, months);
  out.end_array();
  if (done) add_done(out, *done);
  out.end_object();
  return out.take();
}

json::object blocked_members(const audit::cart_page& cart) {
  json::array lines;
  for (const auto& line : cart.lines) {
    if (line.blocked.empty()) continue;
    const json::value now = line.now ? json::value(*line.now) : json::value(nullptr);
    lines.push_back(json::object{{"licence", line.licence},
                                 {"now", now},
                                 {"change", line.change},
                                 {"then", line.then},
                                 {"blocked", line.blocked}});
  }
  return {{"tenant", cart.tenant}, {"version", cart.version}, {"lines", std::move(lines)}};
}

std::string blocked_text(const audit::cart_page& cart) {
  std::string text = "nothing was ordered for " + cart.tenant;
  for (const auto& line : cart.lines)
    if (!line.blocked.empty()) text += "; " + line.blocked;
  return text;
}

std::string limit_page(const audit::view& all, const std::string& tenant, const std::string& of,
                       std::optional<std::int64_t> limit, const audit::done& done) {
  const licence* rule = all.rules ? all.rules->set().find(of) : nullptr;
  const limit_terms terms = rule != nullptr ? rule->terms.limit.value_or(limit_terms()) : limit_terms();
  json_text out;
  out.begin_object().member("tenant", tenant).member("licence", of).member("limit", limit);
  out.member("included", terms.included).member("allowed", allowed_amount(terms, limit));
  out.text_or_null("unit", terms.unit).text_or_null("period", terms.monthly ? "month" : "");
  add_done(out, done);
  out.end_object();
  return out.take();
}

std::map<std::string, std::int64_t, std::less<>> acquired_after(const audit::tenant_view& of,
                                                                const audit::cart_page& cart) {
  std::map<std::string, std::int64_t, std::less<>> made;
  for (const auto& line : cart.lines) {
    const auto is_it = [&line](const auto& one) { return one.licence == line.licence; };
    const bool has_pool = std::any_of(of.pools.begin(), of.pools.end(), is_it);
    const auto& shown = of.tally->licences;
    const auto tally = std::find_if(shown.begin(), shown.end(), is_it);
    const auto acquired = tally == shown.end() ? 0 : tally->acquired.value_or(0);
    made[line.licence] = has_pool ? line.then : acquired - line.now.value_or(0) + line.then;
  }
  return made;
}

}  // namespace licaudit::api

#include "reference.hpp"

#include "random_world.hpp"

#include <algorithm>
#include <boost/regex.hpp>
#include <unordered_map>

namespace licaudit::factors::testing {
namespace {

constexpr std::int64_t divisible = 3600000000;  // by the size of every unit

/// Literally, by other means than the engine's: every character in brackets or as its code. A blank value: nothing.
std::string literal(const std::string& value) {
  if (value.empty()) return "(?=a)b";
  std::string text;
  for (const char c : value) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    text += letter                              ? std::string(1, c)
            : c == '^' || c == '\\' || c == ']' ? std::string{'\\', c}
                                                : std::string{'[', c, ']'};
  }
  return text;
}

void replace(std::string& in, const std::string& what, const std::string& by) {
  for (auto at = in.find(what); at != std::string::npos; at = in.find(what, at + by.size()))
    in.replace(at, what.size(), by);
}

/// -1: given up.
int search(const std::string& pattern, const std::string& text) {
  static std::unordered_map<std::string, boost::regex> compiled;
  static std::unordered_map<std::string, int> known;
  const auto [answer, is_new] = known.try_emplace(pattern + '\0' + text, 0);
  if (!is_new) return answer->second;
  auto [regex, first] = compiled.try_emplace(pattern);
  if (first) regex->second.assign(pattern, boost::regex::perl | boost::regex::no_mod_m | boost::regex::no_mod_s);
  try {
    answer->second = boost::regex_search(text, regex->second) ? 1 : 0;
  } catch (const std::runtime_error&) {
    answer->second = -1;
  }
  return answer->second;
}

}  // namespace

reference::reference(const factor_set& under, const tenant& whose, instant now, instant month_start)
    : under_(under), whose_(whose), month_start_(month_start) {
  for (const auto& one : whose.sites) {
    views_.push_back({&one, std::string(one.text("pstn_gateway"))});
    for (const auto& former : one.former_gateways) {
      if (!former.until || *former.until > now) views_.push_back({&one, former.gateway});
    }
  }
  if (views_.empty()) views_.push_back({nullptr, ""});
}

bool reference::applies(const factor& which) const {
  if (whose_.service.empty()) return false;
  return which.services.empty() ||
         std::find(which.services.begin(), which.services.end(), whose_.service) != which.services.end();
}

std::string reference::with_values(std::string pattern, const view& site) const {
  replace(pattern, "_PSTNGATEWAY_TO_REPLACE_", literal(site.gateway));
  replace(pattern, "_MSTENANTID_TO_REPLACE_", literal(whose_.ms_tenant_id));
  replace(pattern, "_UMPCUSTOMERGUID_TO_REPLACE_", literal(whose_.customer_guid));
  replace(pattern, "${tenant.id}", literal(whose_.id));
  replace(pattern, "${site.name}", literal(site.of == nullptr ? "" : std::string(site.of->text("name"))));
  return pattern;
}

criteria reference::in_force(const licence& within, const factor& which, int list) const {
  criteria found = list == 0 ? which.configured : list == 1 ? which.match : which.reject;
  if (const auto own = whose_.criteria.find(within.id + "/" + which.id); own != whose_.criteria.end()) {
    const auto& theirs = list == 0 ? own->second.configured : list == 1 ? own->second.match : own->second.reject;
    if (theirs) found = *theirs;
  }
  criteria kept;
  for (auto& one : found) {
    const auto setting = whose_.application_settings.find(one.setting);
    if (!one.setting.empty() && setting != whose_.application_settings.end()) {
      one.tests.front().pattern = setting->second;
    } else if (one.only_where_set) {
      continue;
    }
    kept.push_back(one);
  }
  return kept;
}

reference::truth reference::field_matches(const subject& of, const field_test& test, const view& site) {
  field_value texts;
  if (test.field == "id") {
    texts = {of.name.id};
  } else if (const auto found = of.fields.find(test.field); found != of.fields.end()) {
    texts = found->second;
  }
  if (texts.empty()) texts = {""};
  const auto pattern = with_values(test.pattern, site);
  auto best = truth::no;
  for (const auto& text : texts) {
    const int found = text.size() > 256 ? -1 : search(pattern, text);
    best = std::max(best, found < 0 ? truth::failed : found > 0 ? truth::yes : truth::no);
  }
  return best;
}

reference::truth reference::criterion_met(const subject& of, const criterion& one) {
  auto best = truth::no;
  for (const auto& site : views_) {
    auto all = truth::yes;
    for (const auto& test : one.tests) all = std::min(all, field_matches(of, test, site));
    best = std::max(best, all);
  }
  return best;
}

reference::truth reference::satisfies(const subject& of, const criteria& list, bool if_empty) {
  if (list.empty()) return if_empty ? truth::yes : truth::no;
  auto best = truth::no;
  for (const auto& one : list) {
    const auto found = criterion_met(of, one);
    if (found == truth::failed) failed_ = true;
    best = std::max(best, found);
  }
  return best;
}

bool reference::configured(const subject& of, const licence& within, const factor& which) {
  return applies(which) && which.kind == of.name.kind && satisfies(of, in_force(within, which, 0), true) == truth::yes;
}

bool reference::eligible(const subject& of, const licence& within, const factor& which) {
  if (!applies(which) || which.kind != of.name.kind) return false;
  const bool is_configured = configured(of, within, which);
  const bool matches = satisfies(of, in_force(within, which, 1), true) == truth::yes;
  const bool rejected = satisfies(of, in_force(within, which, 2), false) == truth::yes;
  return is_configured && matches && !rejected;
}

const factor* reference::holder(const subject& of, const licence& within, const switch_position& on) {
  const factor* best = nullptr;
  for (const auto& one : within.factors) {
    const bool holds = on(within, one) && eligible(of, within, one);
    if (holds && (best == nullptr || one.priority < best->priority)) best = &one;
  }
  return best;
}

/// What it is worth to a factor, before the tenant's setting, in parts of which any conversion makes whole ones.
reference::wide reference::parts_of(const subject& of, const licence& within, const factor& which) const {
  const wide million = 1000000;
  const wide one = million * divisible;
  if (of.name.kind == subject_kind::user) return of.quantity * one;
  const auto text = [&](const char* field) {
    const auto found = of.fields.find(field);
    return found == of.fields.end() ? std::string() : found->second.front();
  };
  if (of.name.kind == subject_kind::number) {
    if (!which.counting.expanded) return of.quantity * one;
    wide numbers = 0;
    const auto found = of.fields.find("number");
    for (const auto& prefix : found == of.fields.end() ? field_value{of.name.id} : found->second)
      numbers += random_world::known_value(random_world::known_prefixes(), prefix);
    return of.quantity * numbers * one;
  }
  const auto& package = which.counting.package;
  const std::string wanted = package && !package->unit.empty() ? package->unit : which.counting.unit;
  const bool monthly = within.terms.limit && within.terms.limit->monthly;
  if (monthly && parse_rfc3339(text("at")).value() < month_start_) return 0;
  const std::string used = text("used");
  const auto point = used.find('.');
  std::string places = point == std::string::npos ? "" : used.substr(point + 1);
  places.resize(6, '0');
  const wide read = std::stoll(used.substr(0, point)) * million + std::stoll(places);
  if (wanted.empty() || wanted == text("unit")) return read * divisible;
  const std::map<std::string, std::pair<char, wide>> sizes{{"second", {'t', 1}},  {"minute", {'t', 60}},
                                                           {"hour", {'t', 3600}}, {"MB", {'d', 1}},
                                                           {"GB", {'d', 1000}},   {"TB", {'d', 1000000}}};
  const auto from = sizes.find(text("unit")), to = sizes.find(wanted);
  if (from == sizes.end() || to == sizes.end() || from->second.first != to->second.first) return 0;
  return read * from->second.second * (divisible / to->second.second);
}

std::int64_t reference::units_of_tenant(const factor& which) const {
  if (!which.counting.units) return 1;
  const auto* set = whose_.settings.if_contains(which.counting.units->per);
  if (set == nullptr) return 1;
  return random_world::known_value(random_world::known_retentions(), std::string(set->as_string()));
}

std::map<std::string, reference::counted> reference::count(const std::vector<subject>& subjects,
                                                           const switch_position& on) {
  std::map<std::string, counted> sums;
  for (const auto& within : under_.licences) {
    for (const auto& one : within.factors) {
      if (!applies(one)) continue;
      auto& sum = sums[within.id + "/" + one.id];
      wide n1 = 0, n2 = 0;
      for (const auto& each : subjects) {
        failed_ = false;
        (void)eligible(each, within, one);
        sum.failed |= failed_;
        if (configured(each, within, one)) n2 += parts_of(each, within, one);
        if (holder(each, within, on) == &one) n1 += parts_of(each, within, one);
      }
      const auto rounded_up = [&](wide parts, wide size) {
        const auto by = size * 1000000 * divisible;
        return static_cast<std::int64_t>((parts * units_of_tenant(one) + by - 1) / by);
      };
      sum.n1 = rounded_up(n1, one.counting.package ? one.counting.package->size : 1);
      sum.n2 = rounded_up(n2, 1);
    }
  }
  return sums;
}

}  // namespace licaudit::factors::testing

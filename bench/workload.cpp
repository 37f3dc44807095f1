#include "bench/workload.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace licaudit::bench {
namespace {

// 42 x 60 display names, as in a directory where first and last names repeat.
constexpr std::array<const char*, 42> first_names{
    "Ada",   "Alan",    "Grace",   "Edsger", "Barbara",  "Donald", "Frances", "John",  "Katherine", "Dennis", "Radia",
    "Ken",   "Joan",    "Niklaus", "Hedy",   "Claude",   "Sophie", "Tim",     "Anita", "Vint",      "Lynn",   "Bjarne",
    "Karen", "Leslie",  "Shafi",   "Tony",   "Margaret", "Robin",  "Mary",    "Ivan",  "Adele",     "Peter",  "Jean",
    "Kurt",  "Stephen", "Alonzo",  "Emmy",   "Carl",     "Sofia",  "Henri",   "Maria", "Blaise"};
constexpr std::array<const char*, 20> last_stems{"Berg",  "Stein", "Wood", "Hill",  "Field", "Brook", "Moor",
                                                 "Lund",  "Holm",  "Dal",  "Kirk",  "Marsh", "Ford",  "Wells",
                                                 "Stone", "Baum",  "Reed", "Croft", "Heath", "Vale"};
constexpr std::array<const char*, 3> last_ends{"", "er", "son"};
constexpr std::array<const char*, 5> departments{"sales", "support", "finance", "legal", "works"};
constexpr std::array<const char*, 4> regions{"emea", "apac", "amer", "nord"};
constexpr std::array<const char*, 5> cities{"London", "Leeds", "Berlin", "Oslo", "Madrid"};
constexpr std::array<const char*, 6> countries{"1", "44", "49", "47", "34", "972"};

template <std::size_t N>
std::string one_of(const std::array<const char*, N>& texts, random_stream& random) {
  return texts[random.below(N)];
}

std::string digits(std::uint64_t value, std::size_t width) {
  auto text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string domain_of(std::uint32_t tenant) {
  return "tenant" + digits(tenant, 5) + ".example.com";
}

}  // namespace

std::vector<std::size_t> tenant_sizes(std::size_t total, std::size_t tenants) {
  std::vector<double> weights;
  double sum = 0;
  for (std::size_t rank = 1; rank <= tenants; ++rank) {
    weights.push_back(std::pow(static_cast<double>(rank), -0.66));
    sum += weights.back();
  }
  std::vector<std::size_t> sizes;
  std::size_t left = total;
  for (const auto weight : weights) {
    sizes.push_back(static_cast<std::size_t>(static_cast<double>(total) * weight / sum));
    left -= sizes.back();
  }
  for (std::size_t i = 0; i < left; ++i) ++sizes[i % tenants];  // what rounding down left over
  return sizes;
}

workload::workload(const workload_size& size, std::uint64_t seed) : users_(size.users), random_(seed) {
  const auto users = tenant_sizes(size.users, size.tenants);
  const auto numbers = tenant_sizes(size.numbers, size.tenants);
  records_.reserve(size.users + size.numbers);
  for (std::uint32_t i = 0; i < size.tenants; ++i) {
    make_tenant(i);
    for (std::size_t n = 0; n < users[i]; ++n) records_.push_back(a_user(i));
    for (std::size_t n = 0; n < numbers[i]; ++n) records_.push_back(a_number(i));
  }
  make_changes(size.changes != 0 ? size.changes : std::max<std::size_t>(10, users_ / 1000));
}

void workload::make_tenant(std::size_t index) {
  auto& made = tenants_.emplace_back();
  made.id = tenant_id(index);
  made.name = made.id;
  made.service = "ump-365";
  made.ms_tenant_id = "00000000-0000-4000-8000-" + digits(index, 12);
  const auto sites = 1 + random_.below(5);
  for (std::uint64_t i = 0; i < sites; ++i) {
    site one;
    one.texts["name"] = cities[i] + digits(index, 5);
    one.texts["pstn_gateway"] = "sbc" + std::to_string(i + 1) + "." + domain_of(static_cast<std::uint32_t>(index));
    made.sites.push_back(std::move(one));
  }
}

record workload::a_user(std::uint32_t tenant) {
  const auto first = one_of(first_names, random_);
  const auto last = one_of(last_stems, random_) + one_of(last_ends, random_);
  record made{tenant, subject_kind::user, {}, {}};
  made.id = keep(first + "." + last + std::to_string(people_++) + "@" + domain_of(tenant));
  made.of(field::display_name).text = keep(first + " " + last);
  made.of(field::line_uri).text = a_line_uri();
  made.of(field::pstn_gateway).text = a_gateway(tenant);
  if (random_.percent(3)) made.of(field::pstn_gateway).other = keep("sbc9." + domain_of(tenant));
  made.of(field::voice_routing_policy).text = a_policy(tenant);
  made.of(field::dial_plan).text = a_dial_plan(tenant);
  made.of(field::group) = some_groups(tenant);
  if (random_.percent(5)) made.of(field::tag).text = keep(random_.percent(50) ? "VIP" : "contractor");
  return made;
}

record workload::a_number(std::uint32_t tenant) {
  record made{tenant, subject_kind::number, keep("+" + one_of(countries, random_) + digits(people_++, 9)), {}};
  const auto kind = random_.below(10);
  made.of(field::tag).text = kind < 6   ? a_gateway(tenant)
                             : kind < 7 ? keep(tenants_[tenant].ms_tenant_id)
                                        : keep(kind < 9 ? "auto attendant" : "fax");
  return made;
}

/// Most are on a site of the tenant, in any case of letters; some on one that it does not have.
std::string_view workload::a_gateway(std::uint32_t tenant) {
  const auto& sites = tenants_[tenant].sites;
  auto name = std::string(sites[random_.below(sites.size())].text("pstn_gateway"));
  if (random_.percent(8)) name = "sbc7." + domain_of(tenant);
  if (random_.percent(4)) name[0] = 'S';
  return keep(std::move(name));
}

std::string_view workload::a_policy(std::uint32_t tenant) {
  if (random_.percent(50)) return keep("Global-" + std::to_string(random_.below(40)) + "-Unrestricted");
  const auto& sites = tenants_[tenant].sites;
  return keep("VRP-" + std::string(sites[random_.below(std::min<std::size_t>(2, sites.size()))].text("name")));
}

std::string_view workload::a_dial_plan(std::uint32_t tenant) {
  const auto& sites = tenants_[tenant].sites;
  const auto site = random_.below(sites.size());
  return keep("DP-" + std::string(sites[site].text("name")) + "-" + std::to_string(tenant % 7 + site));
}

field_texts workload::some_groups(std::uint32_t tenant) {
  const auto group = [&](std::uint64_t chosen) {
    return keep(std::string("grp-") + departments[chosen % departments.size()] + "-" + digits(tenant, 5) + "-" +
                regions[tenant % regions.size()]);
  };
  const auto chosen = random_.below(departments.size());
  if (!random_.percent(1)) return {group(chosen), {}};
  return {group(chosen), keep("grp-everybody")};
}

std::string_view workload::a_line_uri() {
  auto text = "tel:+" + one_of(countries, random_) + digits(people_ * 7919 % 1000000007, 10);
  if (random_.percent(40)) text += ";ext=" + digits(people_ % 100000, 5);
  return keep(std::move(text));
}

void workload::make_changes(std::size_t count) {
  std::vector<bool> taken(records_.size(), false);
  auto arrival = records_.size();
  while (changes_.size() < count) {
    const auto number = random_.below(records_.size());
    if (taken[number] || records_[number].kind != subject_kind::user) continue;
    taken[number] = true;
    const auto what = changes_.size() % 10;
    if (what < 6) {
      changes_.push_back({number, records_[number]});
      change_one_field(*changes_.back().becomes);
    } else if (what < 8) {
      changes_.push_back({number, std::nullopt});
    } else {
      changes_.push_back({arrival++, a_user(records_[number].tenant)});
    }
  }
}

void workload::change_one_field(record& of) {
  const auto other = a_user(of.tenant);
  const auto which = static_cast<field>(1 + random_.below(field_names.size() - 1));
  of.of(which) = other.of(which);
}

/// Equal texts are kept apart: in a list of records every record has its own.
std::string_view workload::keep(std::string text) {
  return texts_.emplace_back(std::move(text));
}

std::size_t workload::distinct(field of) const {
  std::unordered_set<std::string> known;
  for (const auto& one : records_) {
    const auto& [text, other] = one.of(of);
    if (one.kind == subject_kind::user) known.insert(std::string(text) + '\n' + std::string(other));
  }
  return known.size();
}

subject workload::subject_of(const record& one) const {
  subject made;
  made.name = {tenants_[one.tenant].id, one.kind, std::string(one.id)};
  for (std::size_t i = 0; i < field_names.size(); ++i) {
    auto value = make_field_value({std::string(one.fields[i].text), std::string(one.fields[i].other)});
    if (!value.empty()) made.fields.emplace(field_names[i], std::move(value));
  }
  return made;
}

std::string tenant_id(std::size_t place) {
  return "t" + digits(place, 5);
}

std::vector<record> records_with_changes(const workload& all) {
  auto records = all.records();
  std::vector<bool> departed(records.size(), false);
  for (const auto& one : all.changes()) {
    if (one.becomes && one.number < departed.size()) {
      records[one.number] = *one.becomes;
    } else if (one.becomes) {
      records.push_back(*one.becomes);
    } else {
      departed[one.number] = true;
    }
  }
  std::vector<record> kept;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (i >= departed.size() || !departed[i]) kept.push_back(records[i]);
  }
  return kept;
}

}  // namespace licaudit::bench

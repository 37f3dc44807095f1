#include "bench/history/generated_year.hpp"

#include <algorithm>
#include <cstdio>

namespace licaudit::bench {
namespace {

std::string numbered(const char* form, std::size_t number) {
  char text[32];
  std::snprintf(text, sizeof text, form, number);
  return text;
}

}  // namespace

generated_year::generated_year(std::size_t tenants, instant begin) : tenants_(tenants), now_(begin) {
  for (std::size_t i = 0; i < tenants * factors; ++i) {
    const auto n2 = static_cast<std::int64_t>(random_.below(300));
    values_.push_back({n2 == 0 ? 0 : static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(n2))), n2});
  }
}

void generated_year::step() {
  changed_.clear();
  if (begun_) {
    now_ += std::chrono::hours(1);
    change_some();
  }
  begun_ = true;
  note_peaks();
}

/// Not the same one twice, and never to the number that it had.
void generated_year::change_some() {
  const auto count = values_.size() / 50;
  while (changed_.size() < count) changed_.push_back(random_.below(values_.size()));
  std::sort(changed_.begin(), changed_.end());
  changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
  std::size_t last = tenants_;
  for (const auto place : changed_) {
    auto& value = values_[place];
    value.n2 += value.n2 == 0 || random_.percent(50) ? 1 : -1;
    value.n1 = std::min(value.n2, value.n1 + 1 - static_cast<std::int64_t>(random_.below(3)));
    value.n1 = std::max<std::int64_t>(value.n1, 0);
    if (place / factors != last) ++changes_[{month_of(now_), place / factors}];
    last = place / factors;
  }
}

/// Months begin with an hour, so nothing of the month before is in force at any time of the next.
void generated_year::note_peaks() {
  const auto [month, begins] = peaks_.try_emplace(month_of(now_), tenants_ * licences);
  auto& of_month = month->second;
  const auto note = [&](std::size_t tenant, std::size_t licence) {
    auto& known = of_month[tenant * licences + licence];
    const auto value = licensed(tenant, licence);
    if (value > known.licensed) known = {value, now_};
  };
  if (begins) {
    for (std::size_t i = 0; i < of_month.size(); ++i) note(i / licences, i % licences);
  }
  for (const auto place : changed_) note(place / factors, place % factors / factors_each);
}

std::int64_t generated_year::licensed(std::size_t tenant, std::size_t licence) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < factors_each; ++i) sum += values_[tenant * factors + licence * factors_each + i].n1;
  return sum;
}

tenant_tally generated_year::tally_of(std::size_t tenant) const {
  tenant_tally made;
  made.tenant = tenant_id(tenant);
  made.monitored = 100;
  for (std::size_t licence = 0; licence < licences; ++licence) {
    auto& of = made.licences.emplace_back();
    of.licence = licence_id(licence);
    of.licensed = licensed(tenant, licence);
    for (std::size_t i = 0; i < factors_each; ++i) {
      const auto factor = licence * factors_each + i;
      const auto& value = values_[tenant * factors + factor];
      of.factors.push_back({factor_id(factor), true, value.n1, value.n2});
    }
  }
  return made;
}

std::size_t generated_year::steps_with_changes(std::size_t tenant, instant month) const {
  const auto found = changes_.find({month, tenant});
  return found == changes_.end() ? 0 : found->second;
}

std::string generated_year::tenant_id(std::size_t tenant) {
  return numbered("t%05zu", tenant);
}
std::string generated_year::licence_id(std::size_t licence) {
  return numbered("licence-%zu", licence);
}
std::string generated_year::factor_id(std::size_t factor) {
  return numbered("factor-%02zu", factor);
}

instant generated_year::month_of(instant at) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  return std::chrono::sys_days(day.year() / day.month() / 1);
}

}  // namespace licaudit::bench

#include "daemon/api/history_buckets.hpp"

#include <algorithm>
#include <utility>

namespace licaudit::api {
namespace {

using std::chrono::day;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day first_of_bucket(instant at, const time_zone& zone, bucket_size size) {
  const year_month_day local = zone.civil(at).day;
  return size == bucket_size::day ? local : local.year() / local.month() / day{1};
}

year_month_day following(year_month_day date, bucket_size size) {
  if (size == bucket_size::month) return date + months{1};
  return sys_days(date) + std::chrono::days{1};
}

void raise(history_bucket& bucket, const tenant_tally& tally, instant at) {
  for (const licence_tally& one : tally.licences) {
    const auto [place, fresh] = bucket.peaks.try_emplace(one.licence, peak{one.licensed, at});
    if (!fresh && one.licensed > place->second.licensed) place->second = {one.licensed, at};
  }
}

}  // namespace

std::vector<history_bucket> buckets_of(const std::optional<ledger::history_entry>& before,
                                       const std::vector<ledger::history_entry>& entries, const date_range& range,
                                       const time_zone& zone, bucket_size size) {
  std::vector<history_bucket> buckets;
  const ledger::history_entry* in_force = before ? &*before : nullptr;
  auto next = entries.begin();
  if (in_force == nullptr && next == entries.end()) return buckets;
  year_month_day date = first_of_bucket(in_force != nullptr ? range.since : next->at, zone, size);
  for (instant begin = zone.start_of(date); begin < range.until;) {
    const year_month_day next_date = following(date, size);
    const instant end = std::min(zone.start_of(next_date), range.until);
    history_bucket bucket;
    bucket.date = to_text(date);
    if (in_force != nullptr) raise(bucket, in_force->tally, std::max(begin, range.since));
    for (; next != entries.end() && next->at < end; ++next) {
      in_force = &*next;
      raise(bucket, next->tally, next->at);
    }
    bucket.last = *in_force;
    buckets.push_back(std::move(bucket));
    date = next_date;
    begin = zone.start_of(date);
  }
  return buckets;
}

tenant_tally only(const tenant_tally& tally, std::string_view licence, std::string_view factor) {
  tenant_tally kept = tally;
  if (!licence.empty()) {
    std::erase_if(kept.licences, [&](const licence_tally& one) { return one.licence != licence; });
  }
  if (!factor.empty()) {
    for (licence_tally& one : kept.licences) {
      std::erase_if(one.factors, [&](const factor_tally& f) { return f.factor != factor; });
    }
    std::erase_if(kept.licences, [](const licence_tally& one) { return one.factors.empty(); });
  }
  return kept;
}

std::vector<ledger::history_entry> changes_of(std::vector<ledger::history_entry> entries) {
  std::vector<ledger::history_entry> changes;
  const tenant_tally* last = nullptr;
  for (ledger::history_entry& one : entries) {
    if (last != nullptr && *last == one.tally) continue;
    changes.push_back(std::move(one));
    last = &changes.back().tally;
  }
  return changes;
}

}  // namespace licaudit::api

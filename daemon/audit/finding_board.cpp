#include "daemon/audit/finding_board.hpp"

#include <tuple>
#include <utility>

namespace licaudit::audit {

namespace {

/// Whatever its severity.
bool is_of_the_same(const finding& a, const finding& b) {
  const auto matter = [](const finding& one) {
    return std::tie(one.kind, one.tenant, one.site, one.licence, one.factor, one.subject, one.source);
  };
  return matter(a) == matter(b);
}

}  // namespace

bool finding_board::worse_first::operator()(const posted& a, const posted& b) const {
  return std::tie(a.what->level, a.what->since, a.what->tenant, a.what->kind, a.id) <
         std::tie(b.what->level, b.what->since, b.what->tenant, b.what->kind, b.id);
}

void finding_board::add(posted one) {
  all_is_old_ = true;
  changes_[one.id] = one.what;
  if (!one.what->tenant.empty()) {
    by_tenant_[one.what->tenant].insert(one);
    moved_tenants_.insert(one.what->tenant);
  }
  ordered_.insert(std::move(one));
}

void finding_board::remove(const posted& one) {
  all_is_old_ = true;
  changes_[one.id] = nullptr;
  ordered_.erase(one);
  const auto of = by_tenant_.find(one.what->tenant);
  if (of == by_tenant_.end()) return;
  moved_tenants_.insert(one.what->tenant);
  of->second.erase(one);
  if (of->second.empty()) by_tenant_.erase(of);
}

void finding_board::restore(const std::string& cause, finding one) {
  auto id = finding_id(one);
  posted restored{std::move(id), std::make_shared<const finding>(std::move(one))};
  causes_[cause].push_back(restored);
  add(restored);
  changes_.erase(restored.id);
  moved_tenants_.clear();
}

/// What a finding keeps of what was posted before it of the same thing.
void finding_board::take_over(finding& one, const std::map<std::string, posted>& before, instant now) {
  one.since = now;
  for (const auto& [id, earlier] : before) {
    if (!is_of_the_same(*earlier.what, one)) continue;
    one.since = earlier.what->since;
    if (one.level >= earlier.what->level) one.acknowledged = earlier.what->acknowledged;
    return;
  }
}

bool finding_board::post(const std::string& cause, std::vector<finding> list, instant now) {
  const auto known = causes_.find(cause);
  if (known == causes_.end() && list.empty()) return false;
  std::map<std::string, posted> before;
  if (known != causes_.end())
    for (auto& one : known->second) before.emplace(one.id, one);
  bool differs = false;
  std::set<std::string> seen;
  std::vector<posted> after;
  for (auto& one : list) {
    auto id = finding_id(one);
    if (!seen.insert(id).second) continue;
    take_over(one, before, now);
    const auto earlier = before.extract(id);
    if (!earlier.empty() && *earlier.mapped().what == one) {
      after.push_back(earlier.mapped());
      continue;
    }
    differs = true;
    if (!earlier.empty()) remove(earlier.mapped());
    after.push_back({std::move(id), std::make_shared<const finding>(std::move(one))});
    add(after.back());
  }
  for (const auto& [id, one] : before) remove(one);
  differs = differs || !before.empty();
  if (after.empty())
    causes_.erase(cause);
  else
    causes_[cause] = std::move(after);
  return differs;
}

finding_board::posted* finding_board::find_posted(std::string_view id) {
  for (auto& [cause, list] : causes_)
    for (auto& one : list)
      if (one.id == id) return &one;
  return nullptr;
}

std::shared_ptr<const finding> finding_board::find(std::string_view id) const {
  for (const auto& one : ordered_)
    if (one.id == id) return one.what;
  return nullptr;
}

std::optional<instant> finding_board::since_of(const finding& like) const {
  if (const auto of = by_tenant_.find(like.tenant); of != by_tenant_.end())
    for (const auto& one : of->second)
      if (is_of_the_same(*one.what, like)) return one.what->since;
  return std::nullopt;
}

void finding_board::acknowledge(std::string_view id, std::optional<acknowledgement> seen) {
  auto* one = find_posted(id);
  if (one == nullptr) return;
  auto changed = *one->what;
  changed.acknowledged = std::move(seen);
  remove(*one);
  one->what = std::make_shared<const finding>(std::move(changed));
  add(*one);
}

void finding_board::raise_again(instant now) {
  std::vector<std::string> over;
  for (const auto& one : ordered_)
    if (one.what->acknowledged && !one.what->is_acknowledged(now)) over.push_back(one.id);
  for (const auto& id : over) acknowledge(id, std::nullopt);
}

const listed_findings& finding_board::all() {
  if (!std::exchange(all_is_old_, false)) return all_;
  listed_findings::list sorted;
  sorted.reserve(ordered_.size());
  for (const auto& one : ordered_) sorted.push_back(one.what);
  all_ = listed_findings(std::move(sorted));
  return all_;
}

std::vector<finding> finding_board::of_cause(std::string_view cause) const {
  std::vector<finding> all;
  if (const auto known = causes_.find(cause); known != causes_.end())
    for (const auto& one : known->second) all.push_back(*one.what);
  return all;
}

std::vector<finding> finding_board::of_tenant(std::string_view tenant) const {
  std::vector<finding> all;
  if (const auto of = by_tenant_.find(tenant); of != by_tenant_.end())
    for (const auto& one : of->second) all.push_back(*one.what);
  return all;
}

finding_board::changes finding_board::take_changes() {
  return std::exchange(changes_, {});
}

}  // namespace licaudit::audit

#include "daemon/sync/tenant_changes.hpp"

#include <utility>

namespace licaudit::sync {

std::optional<std::int64_t> tenant_changes::put_once(tenant value, std::int64_t line) {
  const auto found = put_.find(value.id);
  if (found == put_.end()) {
    put(std::move(value), line);
    return std::nullopt;
  }
  if (found->second.value == value) return std::nullopt;
  return found->second.line;
}

void tenant_changes::put(tenant value, std::int64_t line) {
  removed_.erase(value.id);
  auto id = value.id;
  put_.insert_or_assign(std::move(id), stated{std::move(value), line});
}

void tenant_changes::remove(std::string id) {
  put_.erase(id);
  removed_.insert(std::move(id));
}

std::vector<tenant> tenant_changes::take_put() {
  std::vector<tenant> all;
  all.reserve(put_.size());
  for (auto& [id, one] : put_) all.push_back(std::move(one.value));
  put_.clear();
  return all;
}

std::vector<std::string> tenant_changes::take_removed() {
  return {removed_.begin(), removed_.end()};
}

}  // namespace licaudit::sync

#pragma once

#include "model/text_hash.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace licaudit::audit {

/// How many users and numbers there are, by tenant and in all.
class head_count {
 public:
  struct heads {
    std::int64_t users = 0, numbers = 0;
  };

  void add(const std::string& tenant, std::int64_t users, std::int64_t numbers) {
    auto& own = by_tenant_[tenant];
    own.users += users;
    own.numbers += numbers;
    all_.users += users;
    all_.numbers += numbers;
  }
  void erase(std::string_view tenant) {
    const auto known = by_tenant_.find(tenant);
    if (known == by_tenant_.end()) return;
    all_.users -= known->second.users;
    all_.numbers -= known->second.numbers;
    by_tenant_.erase(known);
  }

  [[nodiscard]] heads of(std::string_view tenant) const {
    const auto known = by_tenant_.find(tenant);
    return known == by_tenant_.end() ? heads() : known->second;
  }
  [[nodiscard]] const heads& all() const { return all_; }

 private:
  boost::unordered_flat_map<std::string, heads, text_hash, std::equal_to<>> by_tenant_;
  heads all_;
};

}  // namespace licaudit::audit

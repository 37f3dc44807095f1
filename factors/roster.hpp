#pragma once

#include "factors/engine.hpp"
#include "factors/tenant_texts.hpp"
#include "model/text_hash.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// The tenants, by the numbers that the engine gives them.
class roster {
 public:
  struct entry {
    tenant_texts texts;
    instant now;  ///< when it was put
    bool is_there = false;
    instant month_start = instant::min();  ///< readings before it say nothing of monthly counters
    std::uint64_t users = 0;               ///< units, modulo 2^64 as in `histograms`
  };

  [[nodiscard]] std::optional<tenant_index> find(std::string_view id) const;
  [[nodiscard]] const entry& at(tenant_index which) const { return entries_[which]; }
  [[nodiscard]] entry& at(tenant_index which) { return entries_[which]; }
  /// Numbers are below it.
  [[nodiscard]] tenant_index size() const { return static_cast<tenant_index>(entries_.size()); }

  /// Its number, given now if it is new.
  [[nodiscard]] tenant_index put(std::string_view id);
  /// The number may be given to another.
  void remove(std::string_view id);

 private:
  boost::unordered_flat_map<std::string, tenant_index, text_hash, std::equal_to<>> indices_;
  std::deque<entry> entries_;  ///< which stay where they are: rules at work refer to texts
  std::vector<tenant_index> free_;
};

}  // namespace licaudit::factors

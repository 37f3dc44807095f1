#pragma once

#include "model/factor_set.hpp"
#include "model/instant.hpp"
#include "model/tenant.hpp"
#include "model/time_zone.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace licaudit::audit {

/// `licence/factor`, by which switches, criteria and changes are known.
[[nodiscard]] std::string factor_key(std::string_view licence, std::string_view factor);

/// A tenant in memory: what its origin says and what people decided.
struct tenant_slot {
  tenant record;
  std::string origin;
  bool gone = false;
  bool enabled = true;
  std::map<std::string, bool, std::less<>> switches;                ///< own, in force; by factor key
  std::map<std::string, std::optional<bool>, std::less<>> pending;  ///< what Apply will make the own setting
  std::int64_t touched = 0;      ///< sequence of the last entry that changed what it counts; plans rest on it
  tenant_slot* above = nullptr;  ///< its parent's, while that is known; the book keeps it
};

/// All tenants and their tree. Answers what is inherited.
class tenant_book {
 public:
  tenant_book() = default;
  tenant_book(const tenant_book&) = delete;  // slots point to each other
  tenant_book& operator=(const tenant_book&) = delete;
  tenant_book(tenant_book&&) = default;
  tenant_book& operator=(tenant_book&&) = default;
  ~tenant_book() = default;

  [[nodiscard]] tenant_slot* find(std::string_view id);
  [[nodiscard]] const tenant_slot* find(std::string_view id) const;
  [[nodiscard]] const std::map<std::string, tenant_slot, std::less<>>& all() const { return slots_; }

  tenant_slot& put(const tenant& record, const std::string& origin);
  void remove(const std::string& id);

  [[nodiscard]] const std::string& root() const { return root_; }
  [[nodiscard]] std::vector<std::string> children(std::string_view id) const;
  [[nodiscard]] std::size_t child_count(std::string_view id) const;
  [[nodiscard]] bool has_children(std::string_view id) const { return child_count(id) > 0; }
  /// The tenants above it, nearest first.
  [[nodiscard]] std::vector<std::string> ancestors(std::string_view id) const;
  /// It and all under it.
  [[nodiscard]] std::set<std::string, std::less<>> subtree(std::string_view id) const;
  /// Tenants of the set with those above them, so that each comes after all of its children.
  [[nodiscard]] std::vector<std::string> upwards(const std::set<std::string, std::less<>>& from) const;

  /// Disabled or gone itself, or under one that is.
  [[nodiscard]] bool is_disabled(std::string_view id) const;
  [[nodiscard]] time_zone zone_of(std::string_view id) const;

  /// The position of a switch: own, else the nearest ancestor's, else on. `applied` are tenants whose pending switches
  /// are taken as if they were in force.
  [[nodiscard]] bool is_on(std::string_view id, const std::string& key,
                           const std::set<std::string, std::less<>>* applied = nullptr) const;
  /// The first from the tenant up that has a switch of its own, pending or not; null: none has, and all are on.
  [[nodiscard]] const tenant_slot* nearest_with_switches(std::string_view id) const;

  /// Why this record cannot take its place in the tree; empty if it can. `others` are records of the same run.
  [[nodiscard]] std::string objection(const tenant& record,
                                      const std::map<std::string, const tenant*, std::less<>>& others) const;

  /// Ids that were given once and are not shown any more; never given again.
  std::set<std::string, std::less<>> retired;

 private:
  void point_children_to(const std::string& id, tenant_slot* slot);
  [[nodiscard]] std::size_t depth_of(const tenant_slot& slot) const;

  std::map<std::string, tenant_slot, std::less<>> slots_;
  std::unordered_map<std::string_view, tenant_slot*> by_id_;  ///< the same; `find` is asked all the time
  std::map<std::string, std::set<std::string>, std::less<>> children_;
  std::string root_;
};

}  // namespace licaudit::audit

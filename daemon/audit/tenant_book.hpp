#pragma once

#include "daemon/audit/shared_value.hpp"
#include "daemon/audit/tally_entry.hpp"
#include "daemon/audit/tenant_decisions.hpp"
#include "model/tenant.hpp"
#include "model/time_zone.hpp"

#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace licaudit::audit {

struct tenant_slot;

struct slot_hash : boost::hash<const tenant_slot*> {
  using is_transparent = void;
};
/// Tenants that something is done about, in no order.
using tenant_set = boost::unordered_flat_set<tenant_slot*, slot_hash, std::equal_to<>>;

struct by_tenant_id {
  bool operator()(const tenant_slot* a, const tenant_slot* b) const;
};

/// `licence/factor`, by which switches, criteria and changes are known.
[[nodiscard]] std::string factor_key(std::string_view licence, std::string_view factor);

/// A tenant in memory: what its origin says, what people decided, and what was counted. It stays where it is as long as
/// the tenant is there.
struct tenant_slot {
  shared_value<tenant> record;
  std::string origin;
  bool gone = false;
  bool enabled = true;
  shared_value<tenant_decisions> decided;
  std::int64_t touched = 0;      ///< sequence of the last entry that changed what it counts; plans rest on it
  tenant_slot* above = nullptr;  ///< its parent's, while that is known; the book keeps it
  const std::set<tenant_slot*, by_tenant_id>* below =
      nullptr;  ///< of those right under it; null: it never had any; likewise
  tally_entry tally;

  [[nodiscard]] const std::string& id() const { return record->id; }
  [[nodiscard]] std::size_t child_count() const { return below == nullptr ? 0 : below->size(); }
  [[nodiscard]] bool has_children() const { return child_count() > 0; }
  /// Of its own: by order, else as its record says; none: neither.
  [[nodiscard]] std::optional<std::int64_t> acquired(std::string_view licence) const;
  [[nodiscard]] std::optional<std::int64_t> limit(std::string_view licence) const;
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
  /// Those of the names that are there.
  template <class Names>
  [[nodiscard]] tenant_set named(const Names& names) {
    tenant_set found;
    for (const auto& id : names)
      if (auto* slot = find(id)) found.insert(slot);
    return found;
  }
  /// In the order of the ids.
  [[nodiscard]] const std::map<std::string, tenant_slot, std::less<>>& all() const { return slots_; }
  [[nodiscard]] std::map<std::string, tenant_slot, std::less<>>& all() { return slots_; }

  tenant_slot& put(const tenant& record, const std::string& origin);
  /// No sum may hold it any more.
  void remove(const std::string& id);

  [[nodiscard]] const std::string& root() const { return root_; }
  /// The tenants above it, nearest first.
  [[nodiscard]] std::vector<tenant_slot*> ancestors(const tenant_slot& slot) const;
  /// It and all under it.
  [[nodiscard]] tenant_set subtree(tenant_slot& slot) const;
  /// These tenants with those above them, each once, so that it comes after all of its children; those of one level as
  /// they lie in memory.
  [[nodiscard]] std::vector<tenant_slot*> upwards(const std::vector<tenant_slot*>& from) const;

  /// Disabled or gone itself, or under one that is.
  [[nodiscard]] bool is_disabled(const tenant_slot& slot) const;
  /// The nearest from the tenant up that names a time zone; null: none does, and it is UTC.
  [[nodiscard]] const tenant_slot* nearest_with_zone(const tenant_slot& slot) const;

  /// The position of a switch: own, else the nearest ancestor's, else on. `applied` are tenants whose pending switches
  /// are taken as if they were in force.
  [[nodiscard]] bool is_on(const tenant_slot& slot, const std::string& key, const tenant_set* applied = nullptr) const;
  /// The first from the tenant up that has a switch of its own, pending or not; null: none has, and all are on.
  [[nodiscard]] const tenant_slot* nearest_with_switches(const tenant_slot& slot) const;

  /// Why this record cannot take its place in the tree; empty if it can. `others` are records of the same run.
  [[nodiscard]] std::string objection(const tenant& record,
                                      const std::map<std::string, const tenant*, std::less<>>& others) const;

  /// Others under the same parent whose name is the same but for the case of its letters, in the order of their ids;
  /// those that are gone left out.
  [[nodiscard]] std::vector<const tenant_slot*> namesakes(const tenant& record) const;
  /// All who share their name with one beside them.
  [[nodiscard]] std::vector<const tenant_slot*> with_namesakes() const;

  /// Ids that were given once and are not shown any more, never given again; with the parent that each had last.
  std::map<std::string, std::string, std::less<>> retired;

 private:
  /// From the slot up, as long as `look` says so. A circle, which nothing should have made, ends too.
  template <class Look>
  void climb(const tenant_slot& from, const Look& look) const;
  void join_children(tenant_slot* slot, const std::string& id);
  [[nodiscard]] std::size_t depth_of(const tenant_slot& slot) const;

  std::map<std::string, tenant_slot, std::less<>> slots_;
  std::unordered_map<std::string_view, tenant_slot*> by_id_;  ///< the same; `find` is asked all the time
  std::map<std::string, std::set<tenant_slot*, by_tenant_id>, std::less<>>
      children_;  ///< also of parents that are to come
  /// By parent and name, in small letters.
  using place_name = std::pair<std::string, std::string>;
  static place_name place_name_of(const tenant& record);
  void note_name(tenant_slot& slot, bool is_there);
  std::map<place_name, std::set<tenant_slot*, by_tenant_id>> named_;
  std::set<place_name> shared_names_;  ///< of more than one
  std::string root_;
};

}  // namespace licaudit::audit

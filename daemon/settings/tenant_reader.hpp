#pragma once

#include "daemon/settings/rule_places.hpp"
#include "daemon/settings/yaml_value.hpp"
#include "factors/rules.hpp"
#include "model/tenant.hpp"

#include <deque>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace licaudit::settings {

/// A file with its trees, kept until everything about the tenants in it was checked.
struct tenant_file {
  std::filesystem::path path;
  std::vector<yaml_node> documents;
};

/// Reads files of tenants.d: one tenant per document, a list of tenants, or a map `tenants` with such a list.
class tenant_reader {
 public:
  explicit tenant_reader(std::vector<problem>& problems) : problems_(problems) {}

  void read(const std::filesystem::path& file);

  /// Whether they make a tree: one provider, each parent there, no circle, no type above its parent's.
  void check_tree_of_tenants() const;

  /// The tenants' own criteria and settings under these rules.
  void check_criteria(const factors::rules& rules) const;

  /// The factor plugins in the tenants' own criteria.
  [[nodiscard]] std::vector<plugin_place> plugins() const;

  [[nodiscard]] std::vector<tenant> take();

 private:
  struct placed_tenant {
    tenant value;
    yaml_value place;
  };

  void read_tenant(const yaml_value& value);
  [[nodiscard]] const placed_tenant* find(const std::string& id) const;
  void check_parent(const placed_tenant& child, const placed_tenant* root) const;
  void check_circle(const placed_tenant& start) const;

  std::vector<problem>& problems_;
  std::deque<tenant_file> files_;  ///< entries point into it, so it never moves
  std::vector<placed_tenant> entries_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
  std::set<std::string> faulty_;  ///< ids of tenants that have a problem of their own, `` for one without an id
};

}  // namespace licaudit::settings

#include "daemon/settings/tenant_reader.hpp"

#include "daemon/settings/tenant_faults.hpp"

namespace licaudit::settings {

namespace {

/// The place of each key below `value`, by the path that factors::check_tenant names.
void put_places(rule_places& places, const std::string& path, const yaml_value& value) {
  if (!path.empty()) places.put(path, value);
  for (std::size_t i = 0; i < value.node().items.size(); ++i) {
    put_places(places, path + "[" + std::to_string(i) + "]", value.item(i));
  }
  for (const auto& entry : value.node().entries) {
    put_places(places, path.empty() ? entry.key : path + "." + entry.key, value.member(entry));
  }
}

/// Each map below `value` that chooses a plugin; its options are the plugin's own.
void put_plugins(rule_places& places, const yaml_value& value) {
  for (const auto& entry : value.node().entries) {
    if (entry.key != "plugin" || entry.value.kind != yaml_kind::text) continue;
    if (entry.value.text != "regex") places.put_plugin(entry.value.text, value);
    return;
  }
  for (std::size_t i = 0; i < value.node().items.size(); ++i) put_plugins(places, value.item(i));
  for (const auto& entry : value.node().entries) put_plugins(places, value.member(entry));
}

yaml_value place_of(const yaml_value& value, const char* key) {
  for (const auto& entry : value.node().entries) {
    if (entry.key == key) return value.member(entry);
  }
  return value;
}

}  // namespace

void tenant_reader::read(const std::filesystem::path& file) {
  auto documents = read_yaml(file, problems_);
  if (!documents) return;
  files_.push_back({file, std::move(*documents)});
  const tenant_file& kept = files_.back();
  for (const auto& document : kept.documents) {
    const yaml_value value(document, "", kept.path, problems_);
    check_tree(value);
    const bool is_wrapped = document.entries.size() == 1 && document.entries.front().key == "tenants";
    const yaml_value content = is_wrapped ? value.member(document.entries.front()) : value;
    if (is_wrapped && content.kind() == yaml_kind::nothing) continue;
    for (const auto& item : content.items_or_self()) read_tenant(item);
  }
}

void tenant_reader::read_tenant(const yaml_value& value) {
  if (value.kind() != yaml_kind::map) {
    value.refuse("a tenant, as a map");
    return;
  }
  auto read = tenant_from_json(to_json(value.node()));
  if (!read) {
    faulty_.insert(place_of(value, "id").node().text);
    refuse_tenant_faults(value);
    return;
  }
  const auto [first, is_new] = by_id_.emplace(read->id, entries_.size());
  if (!is_new) {
    const yaml_value& other = entries_[first->second].place;
    place_of(value, "id")
        .refuse("an id that no other tenant has", "'" + read->id + "', which " + other.file().string() + ":" +
                                                      std::to_string(other.node().at.line) + " has");
    return;
  }
  entries_.push_back({std::move(*read), value});
}

const tenant_reader::placed_tenant* tenant_reader::find(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &entries_[found->second];
}

void tenant_reader::check_tree_of_tenants() const {
  const placed_tenant* root = nullptr;
  for (const auto& each : entries_) {
    if (each.value.type != tenant_type::provider) continue;
    if (root != nullptr) {
      place_of(each.place, "type")
          .refuse("one provider, which is the root", "a second one beside '" + root->value.id + "'");
    } else {
      root = &each;
      if (!each.value.parent.empty()) place_of(each.place, "parent").refuse("no parent: a provider is the root");
    }
  }
  if (root == nullptr && !entries_.empty() && faulty_.empty()) {
    entries_.front().place.complain("no tenant is of type provider: one must be, as the root of all others");
  }
  for (const auto& each : entries_) {
    if (each.value.type == tenant_type::provider) continue;
    check_parent(each, root);
    check_circle(each);
  }
}

void tenant_reader::check_parent(const placed_tenant& child, const placed_tenant* root) const {
  const placed_tenant* parent = child.value.parent.empty() ? root : find(child.value.parent);
  if (parent == nullptr) {
    // A tenant with a fault of its own is no parent either; its own problem is the one to solve.
    if (!child.value.parent.empty() && faulty_.count(child.value.parent) == 0) {
      place_of(child.place, "parent").refuse("the id of a tenant of tenants.d", "'" + child.value.parent + "'");
    }
    return;
  }
  if (child.value.type < parent->value.type) {
    place_of(child.place, "type")
        .refuse("a type not above the parent's: '" + parent->value.id + "' is a " +
                    std::string(to_text(parent->value.type)),
                std::string(to_text(child.value.type)));
  }
}

/// Reported once, at the member of the circle whose id comes first.
void tenant_reader::check_circle(const placed_tenant& start) const {
  std::string circle = start.value.id;
  const placed_tenant* at = find(start.value.parent);
  for (std::size_t steps = 0; at != nullptr && at != &start; ++steps) {
    if (steps > entries_.size() || at->value.id < start.value.id) return;
    circle += " under " + at->value.id;
    at = find(at->value.parent);
  }
  if (at == nullptr) return;
  place_of(start.place, "parent")
      .refuse("a parent that is not below the tenant itself", circle + " under " + start.value.id);
}

void tenant_reader::check_criteria(const factors::rules& rules) const {
  for (const auto& each : entries_) {
    const auto errors = factors::check_tenant(rules, each.value);
    if (errors.empty()) continue;
    rule_places places;
    put_places(places, "", each.place);
    for (const auto& error : errors) {
      problem wrong = places.problem_at(error.path, error.what);
      if (wrong.line == 0) {
        each.place.complain(error.path + ": " + error.what);
      } else {
        problems_.push_back(std::move(wrong));
      }
    }
  }
}

std::vector<plugin_place> tenant_reader::plugins() const {
  rule_places places;
  for (const auto& each : entries_) {
    for (const auto& entry : each.place.node().entries) {
      if (entry.key == "criteria") put_plugins(places, each.place.member(entry));
    }
  }
  return places.plugins();
}

std::vector<tenant> tenant_reader::take() {
  std::vector<tenant> all;
  for (auto& each : entries_) all.push_back(std::move(each.value));
  return all;
}

}  // namespace licaudit::settings

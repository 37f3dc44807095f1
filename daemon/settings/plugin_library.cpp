#include "daemon/settings/plugin_library.hpp"

#include "daemon/settings/file_trust.hpp"
#include "daemon/settings/plugin_test.hpp"
#include "model/names.hpp"

#include <dlfcn.h>

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <tuple>

namespace licaudit::settings {

namespace {

/// Which content a path had.
struct file_identity {
  dev_t device;
  ino_t inode;
  off_t size;
  std::int64_t seconds, nanoseconds;  ///< of the last change
  auto tied() const { return std::tie(device, inode, size, seconds, nanoseconds); }
};

file_identity identity_of(const struct stat& about) {
  return {about.st_dev, about.st_ino, about.st_size, about.st_mtim.tv_sec, about.st_mtim.tv_nsec};
}

struct loaded_object {
  file_identity identity;
  const licaudit_factor_plugin* table;
};

/// Per process, as the loader itself is: two libraries over one folder must not judge one shared object differently.
struct loaded_objects {
  std::mutex guard;
  std::map<std::string, loaded_object> by_path;
};

loaded_objects& all_loaded() {
  static auto* objects = new loaded_objects;  // never destroyed: tests may outlive main's end
  return *objects;
}

failure refused(const std::filesystem::path& file, const std::string& why) {
  return {errc::refused, file.string() + ": " + why};
}

/// The plugins that the criteria name, without the built-in one.
std::set<std::string> plugins_of(const factor_set& rules) {
  std::set<std::string> names;
  for (const auto& each : rules.licences) {
    for (const auto& one : each.factors) {
      for (const auto* list : {&one.configured, &one.match, &one.reject}) {
        for (const auto& criterion : *list) {
          for (const auto& test : criterion.tests) names.insert(test.plugin);
        }
      }
    }
  }
  names.erase("regex");
  return names;
}

/// The parts of the table that are read before anything is called.
result<void> check_table(const licaudit_factor_plugin& table, const std::filesystem::path& file,
                         std::string_view name) {
  if (table.abi != LICAUDIT_FACTOR_PLUGIN_ABI) {
    return refused(file, "built for factor plugin ABI " + std::to_string(table.abi) + ", this daemon has ABI " +
                             std::to_string(LICAUDIT_FACTOR_PLUGIN_ABI) + ": build the plugin again");
  }
  if (table.size < sizeof(licaudit_factor_plugin)) {
    return refused(file, "its table has " + std::to_string(table.size) + " bytes, this daemon reads " +
                             std::to_string(sizeof(licaudit_factor_plugin)) + ": build the plugin again");
  }
  if (table.name == nullptr || table.create == nullptr || table.test == nullptr || table.destroy == nullptr) {
    return refused(file, "its table lacks name, create, test or destroy");
  }
  if (name != table.name) {
    return refused(file,
                   "the plugin calls itself '" + std::string(table.name) + "': a plugin and its file have one name");
  }
  return {};
}

result<const licaudit_factor_plugin*> open_object(const std::filesystem::path& file, std::string_view name) {
  // RTLD_LOCAL: two plugins may use the same names inside. RTLD_NOW: a missing function shows here and not in a count.
  void* handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    const char* why = dlerror();
    return failure{errc::refused, why == nullptr ? file.string() + ": cannot be loaded" : std::string(why)};
  }
  const auto* table = static_cast<const licaudit_factor_plugin*>(dlsym(handle, LICAUDIT_FACTOR_PLUGIN_SYMBOL));
  if (table == nullptr) {
    return refused(file, "exports no " LICAUDIT_FACTOR_PLUGIN_SYMBOL ": this is no factor plugin");
  }
  if (auto checked = check_table(*table, file, name); !checked) return checked.error();
  return table;
}

}  // namespace

result<factors::value_test_factory> plugin_library::load(std::string_view name) const {
  if (!is_name(name)) return failure{errc::malformed, "'" + std::string(name) + "' is no name of a factor plugin"};
  const auto file = folder_ / (std::string(name) + ".so");
  const auto about = trusted_file(file);
  if (!about) return about.error();
  const file_identity identity = identity_of(*about);

  loaded_objects& objects = all_loaded();
  const std::lock_guard lock(objects.guard);
  if (const auto known = objects.by_path.find(file.string()); known != objects.by_path.end()) {
    if (known->second.identity.tied() != identity.tied()) {
      return refused(file, "the file changed since it was loaded: start the daemon again to use the new one");
    }
    return make_plugin_factory(*known->second.table);
  }
  const auto table = open_object(file, name);
  if (!table) return table.error();
  objects.by_path.emplace(file.string(), loaded_object{identity, *table});
  return make_plugin_factory(**table);
}

result<factors::value_test_kinds> load_kinds(const factor_set& rules, const plugin_library& from) {
  factors::value_test_kinds kinds;
  for (const auto& name : plugins_of(rules)) {
    auto factory = from.load(name);
    if (!factory) return factory.error();
    kinds.emplace(name, std::move(*factory));
  }
  return kinds;
}

}  // namespace licaudit::settings

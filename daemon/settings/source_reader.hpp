#pragma once

#include "daemon/settings/yaml_value.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace licaudit::settings {

/// Reads entries of `sources`, of licauditd.yaml first and of sources.d after it, and refuses a name that was given
/// before.
class source_reader {
 public:
  /// `plugins` is the folder with `sources`; `every` is what an entry without its own gets.
  source_reader(std::filesystem::path plugins, std::chrono::seconds every)
      : plugins_(std::move(plugins)), every_(every) {}

  /// A list of entries, or one entry.
  void read(const yaml_value& value);
  /// A file of sources.d: the same, or that under the key `sources`.
  void read_file(const yaml_value& document);

  [[nodiscard]] std::vector<source_settings> take() { return std::move(sources_); }

 private:
  void read_entry(const yaml_value& item);
  void read_plugin(yaml_map& in, source_settings& source) const;
  void take_name(const yaml_value& value, source_settings& source);

  std::filesystem::path plugins_;
  std::chrono::seconds every_;
  std::vector<source_settings> sources_;
  std::map<std::string, std::string> places_;  ///< by name: file:line
};

}  // namespace licaudit::settings

#pragma once

#include "daemon/settings/source_reader.hpp"
#include "daemon/settings/yaml_value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace licaudit::settings {

/// Reads the one document of licauditd.yaml; problems go where those of `document` go.
class main_file_reader {
 public:
  main_file_reader(const yaml_value& document, const std::filesystem::path& binary_directory);

  /// `sources` of the file. Called by `load` after everything else, because entries need `plugins` and `schedule`.
  void read_sources(source_reader& into);
  /// Everything else.
  void read();
  /// Refuses what nobody asked for.
  void finish() { in_.finish(); }

  [[nodiscard]] const settings& values() const { return values_; }
  [[nodiscard]] settings take() { return std::move(values_); }
  /// Absolute; none: not said.
  [[nodiscard]] const std::optional<std::vector<std::string>>& factor_patterns() const { return factor_patterns_; }

 private:
  void read_socket();
  void read_group(const std::optional<yaml_value>& value);
  void read_schedule();
  void read_guard();
  void read_retention();
  void read_rules();
  void read_later_features();
  [[nodiscard]] std::filesystem::path read_path(const char* key, const std::filesystem::path& otherwise);
  [[nodiscard]] std::optional<std::vector<std::string>> read_patterns(const char* key);

  yaml_map in_;
  std::filesystem::path directory_;
  std::filesystem::path binary_directory_;
  settings values_;
  std::optional<std::vector<std::string>> factor_patterns_;
};

}  // namespace licaudit::settings

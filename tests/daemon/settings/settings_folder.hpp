#pragma once

#include "daemon/settings/settings.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::settings {

/// A private folder with settings in it, and a program's folder beside them; gone with the test.
class settings_folder : public ::testing::Test {
 protected:
  settings_folder();
  ~settings_folder() override;

  /// Writes a file below the folder, and the folders above it.
  std::filesystem::path write(const std::string& name, std::string_view text) const;
  /// An executable source plugin of this name in `lib/licaudit/sources`.
  void write_source_plugin(const std::string& name) const;

  /// `load` of licauditd.yaml.
  [[nodiscard]] loaded load_all() const;
  /// Writes licauditd.yaml first.
  [[nodiscard]] loaded load_text(std::string_view main) const;
  /// The problems of `load_text`, without the folder's own path.
  [[nodiscard]] std::vector<std::string> problems_of(std::string_view main) const;
  [[nodiscard]] std::vector<std::string> texts(const std::vector<problem>& problems) const;
  /// The settings of a text that must load.
  [[nodiscard]] std::shared_ptr<const settings> good(std::string_view main) const;

  std::filesystem::path folder_;
};

}  // namespace licaudit::settings

#pragma once

#include "factors/value_test.hpp"
#include "model/factor_set.hpp"
#include "model/result.hpp"

#include <filesystem>
#include <string_view>

namespace licaudit::settings {

/// The factor plugins of one folder (plugins/include/licaudit/factor_plugin.h).
///
/// A shared object is loaded once per process and never closed, because tests made of it live in rule sets that live as
/// long as anybody looks at them. One that changed on disk since is refused until the daemon is started again: running
/// the old code under a new file's name would make counts that nobody can explain.
class plugin_library {
 public:
  /// `folder` is `<plugins>/factors`.
  explicit plugin_library(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// NAME.so of the folder. errc::refused or errc::unreachable say why not: the file, its rights, its symbol, its ABI.
  [[nodiscard]] result<factors::value_test_factory> load(std::string_view name) const;

 private:
  std::filesystem::path folder_;
};

/// What `factors::rules::compile` needs for these rules: each plugin that they name, or the first failure. For rule
/// sets of the ledger; those of the files come with settings::kinds.
[[nodiscard]] result<factors::value_test_kinds> load_kinds(const factor_set& rules, const plugin_library& from);

}  // namespace licaudit::settings

#pragma once

#include "cli/outcome.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace licaudit::cli {

/// A file of the caller's that is there whole or not at all: written without a name in its folder, readable by nobody
/// else, synced, then given its name. It replaces none. Not kept: nothing is left of it, even if the program is killed;
/// only where the file system knows no files without a name it has a temporary one (`.licaudit-*.partial`).
class new_file {
 public:
  /// exit_status 5: there is one of that name, or its folder cannot be written.
  [[nodiscard]] static outcome<new_file> begin(const std::filesystem::path& target);
  ~new_file();
  new_file(new_file&& other) noexcept;
  new_file& operator=(new_file&&) = delete;

  /// What is in the way; after that nothing more is written.
  [[nodiscard]] std::optional<complaint> write(std::string_view bytes);
  [[nodiscard]] std::optional<complaint> keep();

 private:
  new_file(std::filesystem::path target, std::filesystem::path temporary, int descriptor)
      : target_(std::move(target)), temporary_(std::move(temporary)), descriptor_(descriptor) {}
  [[nodiscard]] complaint failed(const char* doing) const;
  [[nodiscard]] bool give_name() const;

  std::filesystem::path target_, temporary_;  ///< the temporary one empty: without a name, kept, or moved from
  int descriptor_;
};

}  // namespace licaudit::cli

#pragma once

#include "model/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace licaudit::ledger {

/// A file that appears under its name only when it is whole: written beside it under a temporary name, synced, then
/// renamed. It never replaces one that is there. Not kept: the temporary file goes with the object.
class whole_file {
 public:
  /// errc::malformed for a path that is not absolute, errc::conflict if there is such a file, errc::refused if its
  /// folder is missing or may not be written, errc::unreachable if it has not room for `bytes`.
  [[nodiscard]] static result<whole_file> prepare(const std::filesystem::path& target, std::uintmax_t bytes);
  ~whole_file();
  whole_file(whole_file&& other) noexcept;
  whole_file& operator=(whole_file&&) = delete;

  [[nodiscard]] const std::filesystem::path& temporary() const { return temporary_; }
  /// Syncs file and folder and gives the file its name.
  [[nodiscard]] result<void> keep();
  /// Its bytes by a descriptor that outlives its names: nothing is left behind, whatever happens.
  [[nodiscard]] result<int> open_and_unlink();

 private:
  whole_file(std::filesystem::path target, std::filesystem::path temporary)
      : target_(std::move(target)), temporary_(std::move(temporary)) {}

  std::filesystem::path target_, temporary_;  ///< the temporary one empty: kept, or moved from
};

/// Removes temporary files that a crash left in a folder.
void sweep_temporary_files(const std::filesystem::path& folder);

/// Makes what was renamed in a folder survive a power loss.
[[nodiscard]] result<void> sync_folder(const std::filesystem::path& folder);

}  // namespace licaudit::ledger

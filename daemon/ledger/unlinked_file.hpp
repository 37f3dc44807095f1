#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace licaudit::ledger {

/// Bytes that nobody sees on disk: the file has no name and is gone with this object, or with the program. Both throw
/// storage_error, with the folder in it.
class unlinked_file {
 public:
  explicit unlinked_file(std::filesystem::path folder);
  ~unlinked_file();
  unlinked_file(const unlinked_file&) = delete;
  unlinked_file& operator=(const unlinked_file&) = delete;

  void append(std::string_view bytes);
  /// As many bytes from there as `into` has, or less at the end of the file.
  void read(std::uint64_t from, std::string& into) const;

 private:
  [[noreturn]] void fail(const char* doing) const;

  std::filesystem::path folder_;
  int descriptor_ = -1;
};

}  // namespace licaudit::ledger

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace licaudit::test {

/// A private directory that goes with the object.
class scratch_directory {
 public:
  scratch_directory();
  ~scratch_directory();
  scratch_directory(const scratch_directory&) = delete;
  scratch_directory& operator=(const scratch_directory&) = delete;

  [[nodiscard]] std::string path(std::string_view name = {}) const;

  /// Writes a file and gives its path.
  [[nodiscard]] std::string write(std::string_view name, std::string_view content) const;

 private:
  std::filesystem::path path_;
};

/// A file of tests/data.
[[nodiscard]] std::string data_file(std::string_view name);

}  // namespace licaudit::test

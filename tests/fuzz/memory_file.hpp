#pragma once

#include <string>
#include <string_view>

namespace licaudit::fuzz {

/// A file that lives in memory and yet has a path, for readers that open one: thousands of inputs a second must not
/// wear a disk.
class memory_file {
 public:
  memory_file();
  ~memory_file();
  memory_file(const memory_file&) = delete;
  memory_file& operator=(const memory_file&) = delete;

  /// Replaces the content.
  void hold(std::string_view content);

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  int descriptor_;
  std::string path_;
};

}  // namespace licaudit::fuzz

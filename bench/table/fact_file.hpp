#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace licaudit::bench {

/// What one program measured, for the table that all of them fill: lines `name<TAB>value<TAB>unit<TAB>note`, appended.
/// Units: `s`, `bytes`, `/s`, or nothing. Each fact is printed too, so that who waits sees something.
class fact_file {
 public:
  /// An empty name: printed only.
  explicit fact_file(std::filesystem::path file) : file_(std::move(file)) {}

  void add(std::string_view name, double value, std::string_view unit, std::string_view note = {}) const;
  /// Of a thing that is not here: the table says why.
  void missing(std::string_view name, std::string_view why) const;

 private:
  void append(const std::string& line) const;

  std::filesystem::path file_;
};

}  // namespace licaudit::bench

#pragma once

#include "model/json.hpp"
#include "model/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace licaudit::teams {

/// What a cmdlet gave, as ConvertTo-Json wrote it to a file: UTF-8 or the UTF-16 of PowerShell 5; a list of objects, or
/// one object alone, or the {"value":[..],"Count":n} that PowerShell 5 makes of some lists.
class export_file {
 public:
  /// `cmdlet` is for messages: it says how the file is made. Failures name the file, and the line of a syntax error.
  [[nodiscard]] static result<export_file> read(const std::string& path, std::string_view cmdlet);

  [[nodiscard]] const std::vector<json::object>& entries() const { return entries_; }

  /// errc::malformed about one entry, by its number from 1.
  [[nodiscard]] failure wrong(std::size_t index, const std::string& text) const;

 private:
  std::string path_;
  std::vector<json::object> entries_;
};

}  // namespace licaudit::teams

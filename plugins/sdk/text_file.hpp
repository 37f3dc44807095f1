#pragma once

#include "model/result.hpp"
#include "plugins/sdk/line_splitter.hpp"

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace licaudit::sdk {

/// The lines of a text file in UTF-8, one after the other, however large the file is. A byte order mark of UTF-8 is
/// passed over, and UTF-16 is refused with the way out. Failures begin with the file's name and, where there is one,
/// the line.
class text_file {
 public:
  /// errc::unreachable says why the file cannot be read.
  [[nodiscard]] static result<text_file> open(const std::string& path);

  /// The next line without its line end (LF or CRLF), or nothing at the end. The text is good until the next call.
  [[nodiscard]] result<std::optional<numbered_line>> next();

  /// errc::malformed with file and line before the text.
  [[nodiscard]] failure wrong(std::int64_t line, const std::string& text) const;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  struct closer {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
  };

  text_file(std::string path, std::FILE* file);
  [[nodiscard]] result<bool> read_block();

  std::string path_;
  std::unique_ptr<std::FILE, closer> file_;
  std::unique_ptr<std::string> block_;  ///< apart, so that the lines in it stay where they are when the object moves
  line_splitter lines_;
  bool at_start_ = true;
  bool at_end_ = false;
};

/// A whole text file in UTF-8. Unlike text_file it converts UTF-16 with a byte order mark, in which PowerShell 5
/// writes.
[[nodiscard]] result<std::string> read_text_file(const std::string& path);

}  // namespace licaudit::sdk

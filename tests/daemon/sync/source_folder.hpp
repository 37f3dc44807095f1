#pragma once

#include "daemon/sync/source_plan.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/types.h>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace licaudit::sync {

inline constexpr const char* begin_line = R"({"kind":"begin","protocol":1,"mode":"snapshot"})";
inline constexpr const char* user_line = R"({"kind":"user","tenant":"contoso","id":"ann"})";
inline constexpr const char* end_line = R"({"kind":"end"})";

/// Shell: prints a line.
inline std::string say(const std::string& line) {
  return "printf '%s\\n' '" + line + "'\n";
}

/// Shell: a complete run of one user.
inline std::string say_all() {
  return say(begin_line) + say(user_line) + say(end_line);
}

/// A private folder of small shell scripts that play sources.
class source_folder {
 public:
  source_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "licaudit-sync-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder: " + name);
    path_ = name;
  }
  ~source_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  source_folder(const source_folder&) = delete;
  source_folder& operator=(const source_folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// An executable with this text; `#!/bin/sh` is put in front.
  [[nodiscard]] std::filesystem::path script(const std::string& name, const std::string& text) const {
    return write(name, "#!/bin/sh\n" + text, 0755);
  }

  [[nodiscard]] std::filesystem::path write(const std::string& name, const std::string& text, mode_t mode) const {
    auto file = path_ / name;
    std::ofstream(file, std::ios::trunc) << text;
    if (::chmod(file.c_str(), mode) != 0) throw std::runtime_error("chmod: " + file.string());
    return file;
  }

  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path_ / name).rdbuf();
    return text.str();
  }

  [[nodiscard]] bool has(const std::string& name) const { return std::filesystem::exists(path_ / name); }

  /// A plan that runs this script here.
  [[nodiscard]] source_plan plan(const std::string& name, const std::string& text) const {
    source_plan made;
    made.name = name;
    made.plugin = name;
    made.executable = script(name, text);
    made.directory = path_;
    made.timeout = std::chrono::seconds(60);
    return made;
  }

 private:
  std::filesystem::path path_;
};

/// A process that a script wrote the pid of: gone, or dead and waiting for somebody who reaps it.
inline bool is_dead(pid_t pid) {
  if (pid <= 0) return false;
  if (::kill(pid, 0) != 0 && errno == ESRCH) return true;
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(file, text);
  const auto state = text.rfind(") ");
  return !file || (state != std::string::npos && (text[state + 2] == 'Z' || text[state + 2] == 'X'));
}

}  // namespace licaudit::sync

#include "daemon/settings/file_trust.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace licaudit::settings {

namespace {

result<struct stat> ask(const std::filesystem::path& path) {
  struct stat about {};
  if (stat(path.c_str(), &about) == 0) return about;
  return failure{errc::unreachable, path.string() + ": " + std::generic_category().message(errno)};
}

/// What is wrong with owner and mode; empty if nothing.
std::string distrust(const std::filesystem::path& path, const struct stat& about) {
  if (about.st_uid != 0 && about.st_uid != geteuid()) {
    return path.string() + " belongs to uid " + std::to_string(about.st_uid) + ": chown it to root";
  }
  if ((about.st_mode & S_IWOTH) != 0) return path.string() + " may be written by everybody: chmod o-w it";
  // A group of the owner alone, gid 0 or our own, adds nobody.
  const bool foreign_group = about.st_gid != 0 && about.st_gid != getegid();
  if ((about.st_mode & S_IWGRP) != 0 && foreign_group) {
    return path.string() + " may be written by its group: chmod g-w it";
  }
  return {};
}

}  // namespace

result<struct stat> trusted_file(const std::filesystem::path& file) {
  // The folder of the file itself, not of a link to it: who may write there may replace it.
  std::error_code error;
  const auto real = std::filesystem::canonical(file, error);
  if (error) return failure{errc::unreachable, file.string() + ": " + error.message()};
  for (const auto& folder : {file.parent_path(), real.parent_path()}) {
    const auto about = ask(folder);
    if (!about) return about.error();
    if (const auto wrong = distrust(folder, *about); !wrong.empty()) return failure{errc::refused, wrong};
  }
  const auto about = ask(real);
  if (!about) return about.error();
  if (!S_ISREG(about->st_mode)) return failure{errc::refused, file.string() + " is not a regular file"};
  if (const auto wrong = distrust(real, *about); !wrong.empty()) return failure{errc::refused, wrong};
  return *about;
}

}  // namespace licaudit::settings

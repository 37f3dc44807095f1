#include "daemon/app/restore_command.hpp"

#include "daemon/ledger/restoring.hpp"

#include <unistd.h>

#include <fstream>
#include <iostream>
#include <system_error>

namespace licaudit::app {

namespace {

namespace fs = std::filesystem;

// Of interfaces.md 7.
constexpr int done = 0, refused = 5, internal = 70;

std::string caller() {
  const auto uid = ::getuid();
  if (uid == 0) return "root";
  return "uid " + std::to_string(uid);
}

int complain(const failure& wrong) {
  std::cerr << "licauditd: restore: " << wrong.detail << '\n';
  return wrong.code == errc::corrupt || wrong.code == errc::refused || wrong.code == errc::conflict ||
                 wrong.code == errc::malformed
             ? refused
             : internal;
}

/// A path of the backup below the folder: nothing that a backup says leads out of it.
fs::path below(const fs::path& folder, const std::string& path) {
  fs::path made = folder;
  for (const auto& part : fs::path(path).lexically_normal().relative_path())
    if (part != ".." && part != ".") made /= part;
  return made;
}

result<void> write_settings(const std::vector<ledger::kept_file>& files, const fs::path& folder) {
  for (const auto& one : files) {
    const fs::path file = below(folder, one.path);
    std::error_code wrong;
    fs::create_directories(file.parent_path(), wrong);
    std::ofstream out(file, std::ios::binary);
    out << one.text;
    out.flush();
    if (wrong || !out) return failure{errc::unreachable, file.string() + ": cannot be written"};
  }
  return {};
}

void report(const ledger::restored& made) {
  std::cout << "restored ledger " << made.ledger << ", epoch " << made.epoch << ", operation " << made.operation
            << "\nnothing is known from " << to_rfc3339(made.known_until) << " to " << to_rfc3339(made.until) << '\n';
  if (!made.replaced.empty()) std::cout << "the ledger of before is kept at " << made.replaced.string() << '\n';
  std::cout << made.sources.size()
            << " sources run in full when the daemon starts; until then their tenants are degraded\n"
               "next: systemctl start licauditd, licaudit status, licaudit verify --full\n";
}

}  // namespace

int write_settings_of_backup(const restore_arguments& asked) {
  if (fs::exists(fs::symlink_status(asked.settings_to)))
    return complain({errc::conflict, asked.settings_to.string() + ": is there already; name a folder that is not"});
  const auto note = ledger::look_into(asked.backup);
  if (!note) return complain(note.error());
  if (auto written = write_settings(note->settings, asked.settings_to); !written) return complain(written.error());
  std::cout << note->settings.size() << " files of settings of " << note->made_by << ", " << to_rfc3339(note->made_at)
            << ", are in " << asked.settings_to.string() << "; put the secrets back where it says 'removed'\n";
  return done;
}

int restore_ledger(const settings::settings& how, const restore_arguments& asked) {
  ledger::restore_request what;
  what.backup = asked.backup;
  what.state = how.state;
  what.caller = caller();
  what.now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  what.tell = [](const std::string& line) { std::cerr << "licauditd: restore: " << line << '\n'; };
  const auto made = ledger::restore(what);
  if (!made) return complain(made.error());
  report(*made);
  return done;
}

}  // namespace licaudit::app

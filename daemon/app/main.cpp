// licauditd: arguments, settings, and then the daemon until a signal ends it.
#include "daemon/app/daemon.hpp"
#include "daemon/app/journal.hpp"
#include "daemon/app/memory.hpp"
#include "daemon/app/restore_command.hpp"
#include "daemon/app/version.hpp"

#include <CLI/CLI.hpp>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <string>

namespace {

// Of interfaces.md 7.
constexpr int invalid_configuration = 8;
constexpr int cannot_go_on = 70;
constexpr int wrong_usage = 2;
constexpr int refused = 5;

int serve(const std::string& config, bool check_only, const licaudit::app::restore_arguments& restoring) {
  using namespace licaudit;
  if (!restoring.settings_to.empty()) return app::write_settings_of_backup(restoring);
  const auto binaries = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  const auto loaded = settings::load(config, binaries);
  for (const auto& problem : loaded.problems) std::cerr << settings::to_text(problem) << '\n';
  if (!loaded.value) return invalid_configuration;
  if (check_only) return 0;
  if (!restoring.backup.empty()) return app::restore_ledger(*loaded.value, restoring);
  auto daemon = app::daemon::open(loaded.value, binaries);
  if (!daemon) {
    app::journal(app::level::error, daemon.error().detail);
    return refused;
  }
  return (*daemon)->run();
}

}  // namespace

int main(int argc, char** argv) {
  licaudit::app::keep_memory_low();
  std::string config = "/etc/licaudit/licauditd.yaml";
  bool check_only = false;
  CLI::App options("licauditd - counts telephony licences and keeps a history that can be proven", "licauditd");
  options.add_option("--config", config, "The settings")->capture_default_str();
  options.add_flag("--check-config", check_only, "Says everything that is wrong with the settings, and exits: 0 or 8");
  licaudit::app::restore_arguments restoring;
  auto* restore = options.add_option("--restore", restoring.backup,
                                     "Puts this backup in the place of the ledger while no daemon runs, and exits");
  options
      .add_option("--settings-to", restoring.settings_to,
                  "With --restore: only writes the settings of the backup to this new folder")
      ->needs(restore);
  options.set_version_flag("--version", std::string("licauditd ") + licaudit::app::version);
  try {
    options.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return options.exit(error) == 0 ? 0 : wrong_usage;
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is a full disk, not the end
  try {
    return serve(config, check_only, restoring);
  } catch (const std::exception& error) {
    licaudit::app::journal(licaudit::app::level::error, error.what());
    return cannot_go_on;
  }
}

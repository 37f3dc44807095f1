#include "daemon/app/ledger_wiring.hpp"

#include "daemon/app/journal.hpp"
#include "daemon/app/service_notice.hpp"
#include "daemon/settings/secretless_copy.hpp"

#include <chrono>
#include <fstream>
#include <iterator>

namespace licaudit::app {

namespace {

// A line comes every second or so; a disk that stands still for longer than this is what a timeout is for.
constexpr std::chrono::seconds time_for_next_line{120};

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Below the folder of the main file as they lie there, others by their whole path.
std::string name_of(const std::filesystem::path& file, const std::filesystem::path& folder) {
  const auto relative = file.lexically_relative(folder);
  return relative.empty() || *relative.begin() == ".." ? file.string() : relative.string();
}

}  // namespace

ledger::schema_update announced_update() {
  ledger::schema_update update;
  update.tell = [](const std::string& line) {
    notify_starting_takes(time_for_next_line);
    journal(level::notice, line);
  };
  return update;
}

std::function<ledger::backup_note()> noted_settings(const settings_ptr& all, const std::string& made_by) {
  return [all, made_by] {
    ledger::backup_note note;
    note.made_at = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    note.made_by = made_by;
    for (const auto& file : all->files)
      note.settings.push_back({name_of(file, all->file.parent_path()), settings::without_secrets(text_of(file))});
    return note;
  };
}

ledger::retention_limits retention_of(const settings::settings& all) {
  return {all.retention_subjects_months, all.retention_calculations_months};
}

}  // namespace licaudit::app

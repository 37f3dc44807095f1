#include "tests/daemon/settings/settings_folder.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace licaudit::settings {

settings_folder::settings_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "licaudit-settings-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = std::filesystem::canonical(name);
  std::filesystem::create_directories(folder_ / "bin");
}

settings_folder::~settings_folder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::filesystem::path settings_folder::write(const std::string& name, std::string_view text) const {
  const auto file = folder_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

void settings_folder::write_source_plugin(const std::string& name) const {
  const auto file = write("lib/licaudit/sources/" + name, "#!/bin/sh\n");
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
}

loaded settings_folder::load_all() const {
  return load(folder_ / "licauditd.yaml", folder_ / "bin");
}

loaded settings_folder::load_text(std::string_view main) const {
  write("licauditd.yaml", main);
  return load_all();
}

std::vector<std::string> settings_folder::texts(const std::vector<problem>& problems) const {
  std::vector<std::string> all;
  const std::string prefix = folder_.string() + "/";
  for (const auto& each : problems) {
    std::string text = to_text(each);
    for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) text.erase(at, prefix.size());
    all.push_back(std::move(text));
  }
  return all;
}

std::vector<std::string> settings_folder::problems_of(std::string_view main) const {
  const auto outcome = load_text(main);
  EXPECT_EQ(outcome.value == nullptr, !outcome.problems.empty());
  return texts(outcome.problems);
}

std::shared_ptr<const settings> settings_folder::good(std::string_view main) const {
  const auto outcome = load_text(main);
  for (const auto& text : texts(outcome.problems)) ADD_FAILURE() << text;
  if (!outcome.value) throw std::runtime_error("the settings do not load");
  return outcome.value;
}

}  // namespace licaudit::settings

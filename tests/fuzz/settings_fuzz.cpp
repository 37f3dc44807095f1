// Settings from YAML to values, as licauditd loads them. The first line says which file the rest is: `main`, `sources`,
// `factors` or `tenants`; the others are small and sound.
#include "daemon/settings/main_file_reader.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/promise.hpp"

#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

namespace licaudit::fuzz {
namespace {

constexpr std::string_view main_file = "{}\n";
constexpr std::string_view sources_file = "[]\n";
constexpr std::string_view factors_file = R"(
services: { direct-routing-pro: {} }
licences:
  - licence: ump
    factors:
      - { id: direct-routing, title: Managed, priority: 1, match: [ { pstn_gateway: "^.*_PSTNGATEWAY_TO_REPLACE_.*$" } ] }
)";
constexpr std::string_view tenants_file = R"(
- { id: host, name: Host, type: provider }
- { id: contoso, name: Contoso, parent: host, service: direct-routing-pro, sites: [ { name: A, pstn_gateway: a } ] }
)";

/// A private folder with all files of a host, gone at the end.
class host_folder {
 public:
  host_folder() {
    const char* memory = "/dev/shm";  // thousands of files a second must not wear a disk
    const auto parent =
        std::filesystem::is_directory(memory) ? std::filesystem::path(memory) : std::filesystem::temp_directory_path();
    std::string name = (parent / "licaudit-fuzz-XXXXXX").string();
    promise(mkdtemp(name.data()) != nullptr, "there is room for a private folder");
    path_ = name;
    for (const char* folder : {"bin", "sources.d", "factors.d", "tenants.d", "lib/licaudit/sources"}) {
      std::filesystem::create_directories(path_ / folder);
    }
    write("lib/licaudit/sources/csv", "#!/bin/sh\n");
    std::filesystem::permissions(path_ / "lib/licaudit/sources/csv", std::filesystem::perms::owner_all);
    write("licauditd.yaml", main_file);
    write("sources.d/a.yaml", sources_file);
    write("factors.d/a.yaml", factors_file);
    write("tenants.d/a.yaml", tenants_file);
  }
  ~host_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  host_folder(const host_folder&) = delete;
  host_folder& operator=(const host_folder&) = delete;

  void write(const std::string& name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary | std::ios::trunc) << text;
  }
  [[nodiscard]] settings::loaded load() const { return settings::load(path_ / "licauditd.yaml", path_ / "bin"); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void promise_problems(const std::vector<settings::problem>& problems, const std::filesystem::path& folder) {
  for (const auto& each : problems) {
    promise(each.file.string().starts_with(folder.string()), "a problem names its file", settings::to_text(each));
    promise(!each.expected.empty(), "a problem says what was expected");
    promise_sentence(settings::to_text(each), "problem");
  }
}

/// The main file may name any file of the machine as one of factors or tenants, so its reader is called alone.
void check_main_file(const std::string& text, const host_folder& host) {
  std::vector<settings::problem> problems;
  const auto file = host.path() / "licauditd.yaml";
  const auto documents = settings::parse_yaml(text, file, problems);
  if (documents && !documents->empty()) {
    const settings::yaml_value document(documents->front(), "", file, problems);
    settings::check_tree(document);
    settings::main_file_reader in(document, host.path() / "bin");
    in.read();
    settings::source_reader sources(in.values().plugins, in.values().sync_every);
    in.read_sources(sources);
    in.finish();
    if (problems.empty()) promise(in.values().sync_every.count() > 0, "a schedule has a step");
  }
  promise_problems(problems, host.path());
}

void promise_sound(const settings::settings& value) {
  promise(value.rules != nullptr, "settings without problems have rules");
  const auto text = to_json(value.rules->set());
  const auto again = factor_set_from_json(text);
  promise(again && *again == value.rules->set(), "a factor set reads back as it was written", json::serialize(text));
  for (const auto& one : value.tenants) {
    const auto record = tenant_from_json(to_json(one));
    promise(record && *record == one, "a tenant reads back as it was written", json::serialize(to_json(one)));
  }
  for (const auto& source : value.sources) promise(source.every.count() > 0, "a source has a step", source.name);
}

void check_all(const std::string& name, const std::string& text, std::string_view otherwise, const host_folder& host) {
  host.write(name, text);
  const auto outcome = host.load();
  const auto again = host.load();
  host.write(name, otherwise);
  promise((outcome.value == nullptr) == !outcome.problems.empty(), "either settings or problems");
  promise_problems(outcome.problems, host.path());
  promise(again.problems.size() == outcome.problems.size(), "the same files load the same");
  if (outcome.value) promise_sound(*outcome.value);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const host_folder host;
  static const std::map<std::string, std::string_view> others{
      {"sources", sources_file}, {"factors", factors_file}, {"tenants", tenants_file}};
  const auto parts = parts_of(text_of(bytes, size), "\n", 2);
  if (parts[0] == "main") check_main_file(parts[1], host);
  const auto other = others.find(parts[0]);
  if (other != others.end()) check_all(parts[0] + ".d/a.yaml", parts[1], other->second, host);
  return 0;
}

}  // namespace licaudit::fuzz

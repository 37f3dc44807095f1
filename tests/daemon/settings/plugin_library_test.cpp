#include "daemon/settings/plugin_library.hpp"

#include "tests/daemon/settings/settings_folder.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

namespace licaudit::settings {
namespace {

using ::testing::ElementsAre;

/// Copies shared objects that the build made into a private folder of plugins; each test has its own copies, because
/// what was loaded once stays.
class plugin_library_test : public settings_folder {
 protected:
  std::filesystem::path copy(const std::string& built, const std::string& name) const {
    const auto to = plugins_ / (name + ".so");
    std::filesystem::create_directories(plugins_);
    std::filesystem::copy_file(std::filesystem::path(LICAUDIT_TEST_PLUGINS) / (built + ".so"), to,
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::permissions(to, std::filesystem::perms(0644));
    return to;
  }

  /// The failure of `load`, without the folder's own path.
  [[nodiscard]] std::string refusal(const std::string& name) const {
    const auto got = library_.load(name);
    if (got) return "loaded";
    std::string text = got.error().detail;
    if (const auto at = text.find(folder_.string()); at != std::string::npos)
      text.erase(at, folder_.string().size() + 1);
    return text;
  }

  std::filesystem::path plugins_ = folder_ / "lib/licaudit/factors";
  plugin_library library_{plugins_};
};

TEST_F(plugin_library_test, makes_tests_of_a_plugin) {
  copy("contains", "contains");
  const auto factory = library_.load("contains");
  ASSERT_TRUE(factory) << factory.error().detail;
  const auto test = (*factory)({{"text", "55"}}).value();
  EXPECT_EQ(test->test("+44 55"), factors::verdict::yes);
  EXPECT_EQ(test->test("+44"), factors::verdict::no);
  EXPECT_EQ(test->test(""), factors::verdict::no);
  EXPECT_EQ(test->test({}), factors::verdict::no);
  // A byte that is no verdict, and a value longer than a plugin is promised.
  EXPECT_EQ(test->test("?"), factors::verdict::failed);
  EXPECT_EQ(test->test(std::string(256, '5')), factors::verdict::yes);
  EXPECT_EQ(test->test(std::string(257, '5')), factors::verdict::failed);

  const auto refused = (*factory)({{"txt", "55"}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "contains: text: expected a text, found {\"txt\":\"55\"}");
}

TEST_F(plugin_library_test, refuses_another_abi_with_both_numbers) {
  copy("abi_7", "abi_7");
  EXPECT_EQ(
      refusal("abi_7"),
      "lib/licaudit/factors/abi_7.so: built for factor plugin ABI 7, this daemon has ABI 1: build the plugin again");
  copy("short_table", "short_table");
  EXPECT_EQ(refusal("short_table"), "lib/licaudit/factors/short_table.so: its table has 8 bytes, this daemon reads " +
                                        std::to_string(sizeof(void*) * 5 + 8) + ": build the plugin again");
}

TEST_F(plugin_library_test, refuses_what_is_no_plugin) {
  copy("no_symbol", "no_symbol");
  EXPECT_EQ(refusal("no_symbol"),
            "lib/licaudit/factors/no_symbol.so: exports no licaudit_factor_plugin_v1: this is no factor plugin");
  copy("no_test", "no_test");
  EXPECT_EQ(refusal("no_test"), "lib/licaudit/factors/no_test.so: its table lacks name, create, test or destroy");
  copy("contains", "other");
  EXPECT_EQ(refusal("other"),
            "lib/licaudit/factors/other.so: the plugin calls itself 'contains': a plugin and its file have "
            "one name");
  write("lib/licaudit/factors/text.so", "not an object");
  EXPECT_THAT(refusal("text"), ::testing::StartsWith("lib/licaudit/factors/text.so: "));
  EXPECT_EQ(refusal("none"), "lib/licaudit/factors/none.so: No such file or directory");
}

TEST_F(plugin_library_test, loads_names_and_never_paths) {
  copy("contains", "contains");
  EXPECT_EQ(refusal("../factors/contains"), "'../factors/contains' is no name of a factor plugin");
  EXPECT_EQ(refusal(""), "'' is no name of a factor plugin");
  std::filesystem::create_directories(plugins_ / "folder.so");
  EXPECT_EQ(refusal("folder"), "lib/licaudit/factors/folder.so is not a regular file");
}

TEST_F(plugin_library_test, refuses_what_others_may_write) {
  const auto file = copy("contains", "contains");
  std::filesystem::permissions(file, std::filesystem::perms(0646));
  EXPECT_EQ(refusal("contains"), "lib/licaudit/factors/contains.so may be written by everybody: chmod o-w it");
  std::filesystem::permissions(file, std::filesystem::perms(0644));
  std::filesystem::permissions(plugins_, std::filesystem::perms(0777));
  EXPECT_EQ(refusal("contains"), "lib/licaudit/factors may be written by everybody: chmod o-w it");
  std::filesystem::permissions(plugins_, std::filesystem::perms(0755));

  std::filesystem::create_directories(folder_ / "open");
  std::filesystem::rename(file, folder_ / "open/contains.so");
  std::filesystem::create_symlink(folder_ / "open/contains.so", file);
  std::filesystem::permissions(folder_ / "open", std::filesystem::perms(0777));
  EXPECT_EQ(refusal("contains"), "open may be written by everybody: chmod o-w it");
  std::filesystem::permissions(folder_ / "open", std::filesystem::perms(0755));
  EXPECT_EQ(refusal("contains"), "loaded");
}

TEST_F(plugin_library_test, refuses_files_of_other_users) {
  const auto file = copy("contains", "contains");
  if (geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  ASSERT_EQ(chown(file.c_str(), 12345, 0), 0);
  EXPECT_EQ(refusal("contains"), "lib/licaudit/factors/contains.so belongs to uid 12345: chown it to root");
  ASSERT_EQ(chown(file.c_str(), 0, 12345), 0);
  std::filesystem::permissions(file, std::filesystem::perms(0664));
  EXPECT_EQ(refusal("contains"), "lib/licaudit/factors/contains.so may be written by its group: chmod g-w it");
}

TEST_F(plugin_library_test, loads_a_file_once_and_asks_for_a_restart_when_it_changed) {
  const auto file = copy("contains", "contains");
  EXPECT_EQ(refusal("contains"), "loaded");
  EXPECT_EQ(refusal("contains"), "loaded");
  std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) + std::chrono::seconds(1));
  EXPECT_EQ(refusal("contains"),
            "lib/licaudit/factors/contains.so: the file changed since it was loaded: start the daemon "
            "again to use the new one");
}

TEST_F(plugin_library_test, serves_the_factors_of_the_settings) {
  copy("contains", "contains");
  write("factors.d/a.yaml",
        "licences: [ { id: a, factors: [ { id: b, match: [ { tag: { plugin: contains, text: '010' } } ] } ] } ]\n");
  const auto got = good("");
  EXPECT_EQ(got->kinds.count("contains"), 1U);
  EXPECT_TRUE(load_kinds(got->rules->set(), library_));
}

TEST_F(plugin_library_test, locates_problems_of_plugins_in_the_settings) {
  copy("contains", "contains");
  copy("abi_7", "abi_7");
  write("factors.d/a.yaml", R"(licences:
  - id: a
    factors:
      - { id: b, match: [ { tag: { plugin: abi_7 } } ] }
      - { id: c, priority: 2, match: [ { tag: { plugin: contains, x: 1 } } ] }
      - { id: d, priority: 3, match: [ { tag: '(' } ] }
)");
  write("tenants.d/a.yaml",
        "- { id: host, type: provider, criteria: { a/b: { match: [ { tag: { plugin: none } } ] } } }\n");
  const auto got = problems_of("");
  ASSERT_EQ(got.size(), 4U);
  EXPECT_EQ(
      got[0],
      "factors.d/a.yaml:4:34: licences[0].factors[0].match[0].tag: lib/licaudit/factors/abi_7.so: built for factor "
      "plugin ABI 7, this daemon has ABI 1: build the plugin again");
  EXPECT_THAT(got[1],
              ::testing::AllOf(::testing::StartsWith("factors.d/a.yaml:5:47: licences[0].factors[1].match[0].tag: "),
                               ::testing::HasSubstr("text: expected a text, found {\"x\":1}")));
  EXPECT_THAT(got[2], ::testing::StartsWith("factors.d/a.yaml:6:47: licences[0].factors[2].match[0].tag: "));
  EXPECT_EQ(
      got[3],
      "tenants.d/a.yaml:1:66: [0].criteria.a/b.match[0].tag: lib/licaudit/factors/none.so: No such file or directory");
}

}  // namespace
}  // namespace licaudit::settings

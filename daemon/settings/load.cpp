#include "daemon/settings/factor_reader.hpp"
#include "daemon/settings/file_pattern.hpp"
#include "daemon/settings/main_file_reader.hpp"
#include "daemon/settings/plugin_library.hpp"
#include "daemon/settings/source_reader.hpp"
#include "daemon/settings/tenant_reader.hpp"

#include <algorithm>
#include <tuple>
#include <variant>

namespace licaudit::settings {

namespace {

/// Takes the place of a plugin that could not be loaded, so that the compiler goes on to the other errors; the rules
/// that hold it are thrown away.
class absent_test : public factors::value_test {
 public:
  [[nodiscard]] factors::verdict test(std::string_view /*text*/) const override { return factors::verdict::no; }
};

result<std::shared_ptr<const factors::value_test>> make_absent(const json::object& /*options*/) {
  return std::make_shared<absent_test>();
}

/// The main file first, the others by name, each from top to bottom.
void sort_problems(std::vector<problem>& problems, const std::filesystem::path& main) {
  const auto place = [&](const problem& each) {
    return std::tuple(each.file != main, each.file, each.line, each.column);
  };
  std::stable_sort(problems.begin(), problems.end(),
                   [&](const problem& a, const problem& b) { return place(a) < place(b); });
}

bool same_place(const problem& a, const problem& b) {
  return a.file == b.file && a.line == b.line && a.column == b.column;
}

std::vector<std::filesystem::path> files_of(const std::vector<std::string>& patterns) {
  std::vector<std::filesystem::path> files;
  for (const auto& pattern : patterns) {
    for (auto& file : matching_files(pattern)) {
      if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(std::move(file));
    }
  }
  return files;
}

/// One `load`: the files in their order, and the list that all problems go to.
class loading {
 public:
  loading(const std::filesystem::path& file, const std::filesystem::path& binary_directory)
      : file_(std::filesystem::absolute(file).lexically_normal()),
        binary_directory_(std::filesystem::absolute(binary_directory)) {}

  loaded run() {
    if (const auto documents = read_yaml(file_, problems_)) read_all(*documents);
    loaded outcome;
    sort_problems(problems_, file_);
    if (problems_.empty()) outcome.value = std::make_shared<const settings>(std::move(values_));
    outcome.problems = std::move(problems_);
    return outcome;
  }

 private:
  void read_all(const std::vector<yaml_node>& documents) {
    // An empty file, or one of comments alone, leaves everything at its default.
    yaml_node nothing_said;
    nothing_said.kind = yaml_kind::map;
    const yaml_value document(documents.empty() ? nothing_said : documents.front(), "", file_, problems_);
    if (documents.size() > 1) {
      yaml_value(documents[1], "", file_, problems_).complain("a second document: this file is one document");
    }
    check_tree(document);
    main_file_reader main(document, binary_directory_);
    main.read();
    source_reader sources(main.values().plugins, main.values().sync_every);
    main.read_sources(sources);
    main.finish();
    const auto factor_patterns = main.factor_patterns();
    values_ = main.take();
    values_.files.push_back(file_);
    read_sources_folder(sources);
    values_.sources = sources.take();
    read_rules_and_tenants(factor_patterns);
  }

  void read_sources_folder(source_reader& sources) {
    for (const auto& file : matching_files(absolute_pattern(file_.parent_path(), "sources.d/*.yaml"))) {
      values_.files.push_back(file);
      const auto documents = read_yaml(file, problems_);
      if (!documents) continue;
      for (const auto& each : *documents) {
        const yaml_value document(each, "", file, problems_);
        check_tree(document);
        sources.read_file(document);
      }
    }
  }

  /// Where nothing is said: what the host put beside the file, else the catalogue as installed.
  [[nodiscard]] std::vector<std::filesystem::path> factor_files(
      const std::optional<std::vector<std::string>>& patterns) const {
    if (patterns) return files_of(*patterns);
    auto own = matching_files(absolute_pattern(file_.parent_path(), "factors.d/*.yaml"));
    if (!own.empty()) return own;
    const auto catalogue = (binary_directory_ / "../share/licaudit").lexically_normal();
    return matching_files(absolute_pattern(catalogue, "factors.d/*.yaml"));
  }

  void read_rules_and_tenants(const std::optional<std::vector<std::string>>& patterns) {
    factor_reader factors;
    for (const auto& file : factor_files(patterns)) {
      values_.files.push_back(file);
      const auto documents = read_yaml(file, problems_);
      if (!documents) continue;
      for (const auto& each : *documents) {
        const yaml_value document(each, "", file, problems_);
        check_tree(document);
        factors.read(document);
      }
    }
    tenant_reader tenants(problems_);
    for (const auto& file : files_of(values_.tenant_patterns)) {
      values_.files.push_back(file);
      tenants.read(file);
    }
    tenants.check_tree_of_tenants();
    compile(factors.take(), factors.places(), tenants);
    if (values_.rules) tenants.check_criteria(*values_.rules);
    values_.tenants = tenants.take();
  }

  /// Each plugin that a place names; a problem stands at the first place that names it.
  void load_plugins(const std::vector<plugin_place>& places) {
    const plugin_library library(values_.plugins / "factors");
    for (const auto& place : places) {
      if (values_.kinds.find(place.name) != values_.kinds.end()) continue;
      auto factory = library.load(place.name);
      if (!factory) {
        problem wrong = place.where;
        wrong.expected = factory.error().detail;
        problems_.push_back(std::move(wrong));
      }
      values_.kinds.emplace(place.name, factory ? std::move(*factory) : factors::value_test_factory(make_absent));
    }
  }

  void compile(factor_set set, const rule_places& places, const tenant_reader& tenants) {
    load_plugins(places.plugins());
    load_plugins(tenants.plugins());
    auto outcome = factors::rules::compile(std::move(set), values_.kinds);
    if (auto* rules = std::get_if<std::shared_ptr<const factors::rules>>(&outcome)) {
      values_.rules = std::move(*rules);
      return;
    }
    for (const auto& error : std::get<std::vector<factors::rule_error>>(outcome)) {
      problem wrong = places.problem_at(error.path, error.what);
      if (wrong.file.empty()) wrong.file = file_;
      // What a reader refused already, the compiler sees as empty and refuses too.
      const bool is_known = std::any_of(problems_.begin(), problems_.end(),
                                        [&](const problem& known) { return same_place(known, wrong); });
      if (!is_known) problems_.push_back(std::move(wrong));
    }
  }

  std::filesystem::path file_;
  std::filesystem::path binary_directory_;
  std::vector<problem> problems_;
  settings values_;
};

}  // namespace

loaded load(const std::filesystem::path& file, const std::filesystem::path& binary_directory) {
  return loading(file, binary_directory).run();
}

loaded load_tenants(const settings& current) {
  loaded outcome;
  tenant_reader tenants(outcome.problems);
  for (const auto& file : files_of(current.tenant_patterns)) tenants.read(file);
  tenants.check_tree_of_tenants();
  if (current.rules) tenants.check_criteria(*current.rules);
  sort_problems(outcome.problems, current.file);
  if (!outcome.problems.empty()) return outcome;
  auto fresh = std::make_shared<settings>(current);
  fresh->tenants = tenants.take();
  outcome.value = std::move(fresh);
  return outcome;
}

}  // namespace licaudit::settings

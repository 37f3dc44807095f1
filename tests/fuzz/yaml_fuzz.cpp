// YAML to our tree, yaml-cpp included. JSON is YAML: a tree that is written as JSON reads back as the same tree.
#include "daemon/settings/yaml_value.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/promise.hpp"

#include <boost/json/serialize.hpp>

namespace licaudit::fuzz {
namespace {

const std::filesystem::path file = "fuzz.yaml";

/// YAML ends a key that is not quoted on a line of its own after 1024 characters.
constexpr std::size_t longest_json = 1000;

/// How much larger than its text a tree may be: aliases of aliases grow without bound, and are refused beyond this.
constexpr std::size_t most_alias_nodes = 500'000;

std::size_t count(const settings::yaml_node& node) {
  std::size_t nodes = 1;
  for (const auto& item : node.items) nodes += count(item);
  for (const auto& entry : node.entries) nodes += count(entry.value);
  return nodes;
}

void promise_places(const settings::yaml_node& node) {
  promise(node.at.line >= 0 && node.at.column >= 0, "a value stands somewhere");
  for (const auto& item : node.items) promise_places(item);
  for (const auto& entry : node.entries) promise_places(entry.value);
}

void promise_problems(const std::vector<settings::problem>& problems) {
  for (const auto& each : problems) {
    promise(each.file == file, "a problem names its file");
    promise(!each.expected.empty(), "a problem says what was expected");
    promise_sentence(settings::to_text(each), "problem");
  }
}

void promise_round_trip(const settings::yaml_node& node) {
  const auto value = settings::to_json(node);
  const auto text = json::serialize(value);
  if (text.size() > longest_json) return;
  std::vector<settings::problem> problems;
  const auto again = settings::parse_yaml(text, file, problems);
  promise(again && again->size() == 1, "a tree written as JSON is YAML", text);
  promise(settings::to_json(again->front()) == value, "it reads back as the same tree", text);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string input(text_of(bytes, size));
  std::vector<settings::problem> problems;
  const auto documents = settings::parse_yaml(input, file, problems);
  promise(documents || !problems.empty(), "no YAML is a problem");
  if (documents) {
    for (const auto& each : *documents) {
      promise(count(each) <= size + 1 + most_alias_nodes, "aliases do not grow beyond measure");
      promise_places(each);
      settings::check_tree(settings::yaml_value(each, "", file, problems));
      if (problems.empty()) promise_round_trip(each);
    }
  }
  promise_problems(problems);
  return 0;
}

}  // namespace licaudit::fuzz

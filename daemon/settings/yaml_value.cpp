#include "daemon/settings/yaml_value.hpp"

#include "daemon/settings/nearest_name.hpp"
#include "model/names.hpp"

#include <charconv>
#include <map>

namespace licaudit::settings {

namespace {

problem problem_at(const yaml_value& value, yaml_place at, std::string path) {
  problem wrong;
  wrong.file = value.file();
  wrong.line = at.line;
  wrong.column = at.column;
  wrong.path = std::move(path);
  return wrong;
}

std::string joined(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

std::int64_t integer_of(const yaml_node& node) {
  std::int64_t number = 0;
  std::from_chars(node.text.data(), node.text.data() + node.text.size(), number);
  return number;
}

double real_of(const yaml_node& node) {
  double number = 0;
  std::from_chars(node.text.data(), node.text.data() + node.text.size(), number);
  return number;
}

bool is_true(const yaml_node& node) {
  return node.text.front() == 't' || node.text.front() == 'T';
}

}  // namespace

std::string describe(const yaml_node& node) {
  constexpr std::size_t longest_shown = 80;
  std::string shown = node.text.substr(0, longest_shown);
  if (shown.size() < node.text.size()) shown += "...";
  switch (node.kind) {
    case yaml_kind::nothing:
      return "nothing";
    case yaml_kind::flag:
      return shown;
    case yaml_kind::integer:
    case yaml_kind::real:
    case yaml_kind::doubtful:
      return shown;
    case yaml_kind::text:
      return "'" + shown + "'";
    case yaml_kind::list:
      return "a list";
    case yaml_kind::map:
      return "a map";
  }
  return "nothing";
}

void yaml_value::refuse(std::string expected) const {
  refuse(std::move(expected), describe(*node_));
}

void yaml_value::refuse(std::string expected, std::string found) const {
  if (kind() == yaml_kind::doubtful) return;  // check_tree has said so
  problem wrong = problem_at(*this, node_->at, path_);
  wrong.expected = std::move(expected);
  wrong.found = std::move(found);
  problems_->push_back(std::move(wrong));
}

void yaml_value::complain(std::string sentence) const {
  refuse(std::move(sentence), {});
}

std::optional<std::string> yaml_value::text() const {
  if (kind() == yaml_kind::text) return node_->text;
  const bool quotable = kind() == yaml_kind::integer || kind() == yaml_kind::real || kind() == yaml_kind::flag;
  refuse("a text", describe(*node_) + (quotable ? ": quote it, '" + node_->text + "'" : ""));
  return std::nullopt;
}

std::optional<std::string> yaml_value::name() const {
  auto written = text();
  if (!written || is_name(*written)) return written;
  refuse("a name of 1 to 128 letters, digits, '.', '_' or '-'");
  return std::nullopt;
}

std::optional<bool> yaml_value::flag() const {
  if (kind() == yaml_kind::flag) return is_true(*node_);
  refuse("true or false");
  return std::nullopt;
}

std::optional<std::int64_t> yaml_value::integer(std::int64_t least, std::int64_t most) const {
  if (kind() == yaml_kind::integer) {
    const std::int64_t number = integer_of(*node_);
    if (number >= least && number <= most) return number;
  }
  const bool bounded = most != std::numeric_limits<std::int64_t>::max();
  refuse(bounded ? "a whole number from " + std::to_string(least) + " to " + std::to_string(most)
                 : "a whole number of at least " + std::to_string(least));
  return std::nullopt;
}

std::vector<yaml_value> yaml_value::items() const {
  std::vector<yaml_value> all;
  if (kind() != yaml_kind::list) {
    refuse("a list");
    return all;
  }
  for (std::size_t i = 0; i < node_->items.size(); ++i) all.push_back(item(i));
  return all;
}

std::vector<yaml_value> yaml_value::items_or_self() const {
  return kind() == yaml_kind::list ? items() : std::vector<yaml_value>{*this};
}

yaml_value yaml_value::item(std::size_t index) const {
  return {node_->items[index], path_ + "[" + std::to_string(index) + "]", *file_, *problems_};
}

yaml_value yaml_value::member(const yaml_entry& entry) const {
  return {entry.value, joined(path_, entry.key), *file_, *problems_};
}

yaml_map::yaml_map(const yaml_value& value) : value_(value), is_map_(value.kind() == yaml_kind::map) {
  if (!is_map_) value.refuse("a map");
}

std::optional<yaml_value> yaml_map::find(std::string_view key) {
  known_.emplace_back(key);
  for (const auto& entry : value_.node().entries) {
    if (entry.key != key) continue;
    if (entry.value.kind == yaml_kind::nothing) return std::nullopt;
    return value_.member(entry);
  }
  return std::nullopt;
}

std::optional<yaml_value> yaml_map::require(std::string_view key, std::string_view expected) {
  auto found = find(key);
  if (!found && is_map_) value_.refuse("the key '" + std::string(key) + "', " + std::string(expected), "none");
  return found;
}

void yaml_map::finish() const {
  for (const auto& entry : value_.node().entries) {
    bool known = false;
    for (const auto& name : known_) known = known || name == entry.key;
    if (known) continue;
    problem wrong = problem_at(value_, entry.at, joined(value_.path(), entry.key));
    const std::string meant = nearest_name(entry.key, known_);
    wrong.expected = "a known key";
    wrong.found = "'" + entry.key + "'" + (meant.empty() ? std::string() : ": did you mean '" + meant + "'?");
    value_.problems().push_back(std::move(wrong));
  }
}

void check_tree(const yaml_value& root) {
  const yaml_node& node = root.node();
  if (node.kind == yaml_kind::doubtful) {
    problem wrong = problem_at(root, node.at, root.path());
    wrong.expected = "a quoted text or a plain number";
    wrong.found = node.text + ", which some readers take for another number: quote it, '" + node.text + "'";
    root.problems().push_back(std::move(wrong));
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) check_tree(root.item(i));
  std::map<std::string_view, int> lines;
  for (const auto& entry : node.entries) {
    const auto [first, is_new] = lines.emplace(entry.key, entry.at.line);
    if (!is_new) {
      problem wrong = problem_at(root, entry.at, joined(root.path(), entry.key));
      wrong.expected = "each key once";
      wrong.found = "'" + entry.key + "' again after line " + std::to_string(first->second);
      root.problems().push_back(std::move(wrong));
    }
    check_tree(root.member(entry));
  }
}

json::value to_json(const yaml_node& node) {
  switch (node.kind) {
    case yaml_kind::nothing:
      return nullptr;
    case yaml_kind::flag:
      return is_true(node);
    case yaml_kind::integer:
      return integer_of(node);
    case yaml_kind::real:
      return real_of(node);
    case yaml_kind::text:
    case yaml_kind::doubtful:
      return json::string(node.text);
    case yaml_kind::list: {
      json::array list;
      for (const auto& item : node.items) list.push_back(to_json(item));
      return list;
    }
    case yaml_kind::map: {
      json::object map;
      for (const auto& entry : node.entries) map.emplace(entry.key, to_json(entry.value));
      return map;
    }
  }
  return nullptr;
}

}  // namespace licaudit::settings

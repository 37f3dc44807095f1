#pragma once

#include "daemon/settings/yaml_tree.hpp"
#include "model/json.hpp"

#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::settings {

/// A value, where it stands, and where its problems go. Readers that find something wrong say so once and give nothing.
/// A view: the tree, the file's name and the list of problems outlive it.
class yaml_value {
 public:
  yaml_value(const yaml_node& node, std::string path, const std::filesystem::path& file, std::vector<problem>& problems)
      : node_(&node), path_(std::move(path)), file_(&file), problems_(&problems) {}

  [[nodiscard]] const yaml_node& node() const { return *node_; }
  [[nodiscard]] yaml_kind kind() const { return node_->kind; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::filesystem::path& file() const { return *file_; }
  [[nodiscard]] std::vector<problem>& problems() const { return *problems_; }

  /// `expected ..., found` what stands here.
  void refuse(std::string expected) const;
  void refuse(std::string expected, std::string found) const;
  /// A sentence of its own.
  void complain(std::string sentence) const;

  [[nodiscard]] std::optional<std::string> text() const;
  /// A text of the form of names (model/names.hpp).
  [[nodiscard]] std::optional<std::string> name() const;
  [[nodiscard]] std::optional<bool> flag() const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::int64_t least = 0,
                                                    std::int64_t most = std::numeric_limits<std::int64_t>::max()) const;
  [[nodiscard]] std::vector<yaml_value> items() const;
  /// Of a list its items, of anything else itself.
  [[nodiscard]] std::vector<yaml_value> items_or_self() const;

  /// A text that `parse` makes a value of; its failure's detail is what was expected.
  template <class Parse>
  [[nodiscard]] auto parsed(const Parse& parse, const char* expected) const
      -> std::optional<typename decltype(parse(std::string_view()))::value_type> {
    if (kind() == yaml_kind::doubtful) return std::nullopt;
    if (kind() == yaml_kind::text) {
      if (auto value = parse(std::string_view(node_->text))) return *value;
    }
    refuse(expected);
    return std::nullopt;
  }

  [[nodiscard]] yaml_value item(std::size_t index) const;
  [[nodiscard]] yaml_value member(const yaml_entry& entry) const;

 private:
  const yaml_node* node_;
  std::string path_;
  const std::filesystem::path* file_;
  std::vector<problem>* problems_;
};

/// Reads the members of a map by name and then refuses what nobody asked for, with a guess at what was meant.
class yaml_map {
 public:
  /// A value that is no map is refused, and all its members are absent.
  explicit yaml_map(const yaml_value& value);

  /// Absent, or null: none.
  [[nodiscard]] std::optional<yaml_value> find(std::string_view key);
  /// Refused if it is not there.
  [[nodiscard]] std::optional<yaml_value> require(std::string_view key, std::string_view expected);
  void finish() const;

  [[nodiscard]] const yaml_value& value() const { return value_; }

 private:
  yaml_value value_;
  bool is_map_;
  std::vector<std::string> known_;
};

/// Duplicate keys and doubtful scalars in the whole tree. Once per document, before it is read.
void check_tree(const yaml_value& root);

/// Texts stay texts; duplicates were refused before.
[[nodiscard]] json::value to_json(const yaml_node& node);

/// What a message says was found, as description_of (model/json.hpp) does: `'abc'`, `15`, `a list`, `nothing`.
[[nodiscard]] std::string describe(const yaml_node& node);

}  // namespace licaudit::settings

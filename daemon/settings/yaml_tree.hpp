#pragma once

#include "daemon/settings/settings.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::settings {

/// From 1, as editors count.
struct yaml_place {
  int line = 0;
  int column = 0;
};

/// `doubtful`: unquoted, and a number to some readers of YAML and a text to others (`+44207`, `010`, `0x1f`); refused
/// everywhere, because a telephone number that loses its plus or its zero is a wrong one.
enum class yaml_kind : std::uint8_t { nothing, flag, integer, real, text, doubtful, list, map };

struct yaml_entry;

/// What was written, with its place. A tree of our own and not yaml-cpp's, which keeps the first of two equal keys
/// silently, forgets where keys stand, and types scalars by rules that eat telephone numbers.
struct yaml_node {
  yaml_kind kind = yaml_kind::nothing;
  yaml_place at;
  std::string text;  ///< of a scalar, as written, without its quotes
  std::vector<yaml_node> items;
  std::vector<yaml_entry> entries;  ///< in the order of the file; duplicate keys are still there
};

struct yaml_entry {
  std::string key;
  yaml_place at;
  yaml_node value;
};

/// How an unquoted scalar is read: the core schema of YAML 1.2, less what is doubtful.
[[nodiscard]] yaml_kind kind_of_plain(std::string_view text);

/// The documents of a text; `file` is for messages only. None, and a problem with its place, if it is no YAML.
[[nodiscard]] std::optional<std::vector<yaml_node>> parse_yaml(const std::string& text,
                                                               const std::filesystem::path& file,
                                                               std::vector<problem>& problems);

/// The same of a file: a regular one of at most 64 MiB.
[[nodiscard]] std::optional<std::vector<yaml_node>> read_yaml(const std::filesystem::path& file,
                                                              std::vector<problem>& problems);

}  // namespace licaudit::settings

#include "daemon/settings/secretless_copy.hpp"

#include "daemon/settings/yaml_tree.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

namespace licaudit::settings {

namespace {

constexpr std::string_view removed_text = "removed";

bool is_secret_name(std::string_view key) {
  static constexpr std::array words{"secret", "passw",   "passphrase", "token",   "credential",   "private_key",
                                    "apikey", "api_key", "access_key", "api-key", "authorization"};
  std::string lower(key);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  // Of `{ credential: NAME }`: it says where the secret lies.
  if (lower == "credential") return false;
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return lower.find(word) != lower.npos; });
}

bool is_scalar(const yaml_node& node) {
  return node.kind != yaml_kind::list && node.kind != yaml_kind::map && node.kind != yaml_kind::nothing;
}

/// The places of all values under secret names that still say something.
void find_secrets(const yaml_node& node, bool under_secret, std::vector<yaml_place>& places) {
  if (is_scalar(node) && under_secret && node.text != removed_text) places.push_back(node.at);
  for (const auto& item : node.items) find_secrets(item, under_secret, places);
  // A map under a secret name is judged by its own keys.
  for (const auto& entry : node.entries) find_secrets(entry.value, is_secret_name(entry.key), places);
}

std::optional<std::vector<yaml_place>> secrets_of(const std::string& text) {
  std::vector<problem> problems;
  const auto documents = parse_yaml(text, "settings", problems);
  if (!documents) return std::nullopt;
  std::vector<yaml_place> places;
  for (const auto& document : *documents) find_secrets(document, false, places);
  return places;
}

std::optional<std::size_t> offset_of(const std::string& text, const yaml_place& at) {
  std::size_t line = 0;
  for (int i = 1; i < at.line; ++i) {
    line = text.find('\n', line);
    if (line == text.npos) return std::nullopt;
    ++line;
  }
  const std::size_t offset = line + static_cast<std::size_t>(std::max(at.column, 1) - 1);
  return offset < text.size() ? std::optional(offset) : std::nullopt;
}

/// The end of a scalar that begins there and lies on one line; one of several lines is left to the second look.
std::size_t end_of_scalar(const std::string& text, std::size_t begin) {
  const char quote = text[begin];
  if (quote == '"' || quote == '\'') {
    for (auto at = begin + 1; at < text.size(); ++at) {
      if (quote == '"' && text[at] == '\\') {
        ++at;
      } else if (text[at] == quote) {
        if (quote == '"' || at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
        ++at;
      }
    }
    return text.size();
  }
  const auto end = std::min(text.find_first_of(",}]\n", begin), text.size());
  const auto last = text.find_last_not_of(" \t\r", std::min(end, text.find(" #", begin)) - 1);
  return std::max(last + 1, begin);
}

/// `https://user:password@host` without what stands before the `@`.
void strip_user_information(std::string& text) {
  for (auto at = text.find("://"); at != text.npos; at = text.find("://", at + 3)) {
    const auto end = std::min(text.find_first_of("/ \t\n'\"", at + 3), text.size());
    const auto last = text.rfind('@', end);
    if (last == text.npos || last < at + 3 || last >= end) continue;
    text.replace(at + 3, last - at - 3, removed_text);
  }
}

}  // namespace

std::string without_secrets(const std::string& text) {
  const std::string left_out = "# Left out of the backup: its secrets cannot be told from the rest.\n";
  auto places = secrets_of(text);
  if (!places) return left_out;
  std::string copy = text;
  // From the end, so that the places before stay right.
  for (auto place = places->rbegin(); place != places->rend(); ++place) {
    const auto begin = offset_of(copy, *place);
    if (!begin) return left_out;
    copy.replace(*begin, end_of_scalar(copy, *begin) - *begin, removed_secret);
  }
  strip_user_information(copy);
  const auto still = secrets_of(copy);
  return still && still->empty() ? copy : left_out;
}

}  // namespace licaudit::settings

#include "plugins/sources/teams/export_file.hpp"

#include "plugins/sdk/text_file.hpp"

#include <boost/json/stream_parser.hpp>

#include <algorithm>
#include <utility>

namespace licaudit::teams {

namespace {

constexpr std::size_t max_depth = 100;  // what ConvertTo-Json writes at most

std::string how_to(std::string_view cmdlet) {
  return "; make it with: " + std::string(cmdlet) + " | ConvertTo-Json -Depth 5 | Out-File FILE -Encoding utf8";
}

result<json::value> parse(const std::string& text, const std::string& path, std::string_view cmdlet) {
  json::parse_options options;
  options.max_depth = max_depth;
  json::stream_parser parser({}, options);
  json::error_code error;
  const auto parsed = parser.write_some(text.data(), text.size(), error);
  if (!error) parser.finish(error);
  const auto rest = std::string_view(text).substr(parsed);
  if (!error && rest.find_first_not_of(" \t\r\n") != std::string_view::npos) error = json::error::extra_data;
  if (!error) return parser.release();
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(parsed), '\n');
  return failure{errc::malformed,
                 path + ":" + std::to_string(line) + ": not JSON (" + error.message() + ")" + how_to(cmdlet)};
}

/// The list within the three forms.
json::array entries_of(json::value value) {
  if (auto* list = value.if_array()) return std::move(*list);
  if (auto* object = value.if_object()) {
    auto* inner = object->if_contains("value");
    if (inner != nullptr && inner->is_array() && object->contains("Count")) return std::move(inner->get_array());
  }
  json::array alone;
  alone.push_back(std::move(value));
  return alone;
}

}  // namespace

result<export_file> export_file::read(const std::string& path, std::string_view cmdlet) {
  auto text = sdk::read_text_file(path);
  if (!text) return text.error();
  if (text->find_first_not_of(" \t\r\n") == std::string::npos) {
    return failure{errc::malformed, path + ": is empty" + how_to(cmdlet)};
  }
  auto value = parse(*text, path, cmdlet);
  if (!value) return value.error();
  export_file file;
  file.path_ = path;
  for (auto& entry : entries_of(std::move(*value))) {
    if (!entry.is_object()) {
      return file.wrong(file.entries_.size(), "expected an object" + how_to(cmdlet));
    }
    file.entries_.push_back(std::move(entry.get_object()));
  }
  return file;
}

failure export_file::wrong(std::size_t index, const std::string& text) const {
  return {errc::malformed, path_ + ": entry " + std::to_string(index + 1) + ": " + text};
}

}  // namespace licaudit::teams

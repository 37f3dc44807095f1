#include "plugins/factors/number-range/options.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace licaudit::number_range {

namespace json = boost::json;

namespace {

constexpr const char* ranges_expected = "ranges: expected a list of blocks such as ['+442079460000-0999']";

std::variant<block, std::string> read_block(const json::value& value, std::size_t index) {
  const auto where = "ranges[" + std::to_string(index) + "]: ";
  const auto* text = value.if_string();
  if (text == nullptr) return where + "expected a text; put the number between quotes";
  auto parsed = parse_block(*text);
  if (auto* wrong = std::get_if<std::string>(&parsed)) return where + "'" + std::string(*text) + "': " + *wrong;
  return parsed;
}

}  // namespace

std::variant<number_ranges, std::string> parse_options(std::string_view text) {
  json::error_code error;
  const auto value = json::parse(text, error);
  const auto* options = error ? nullptr : value.if_object();
  if (options == nullptr) return std::string("the options are no JSON object");
  for (const auto& option : *options) {
    if (option.key() != "ranges") return std::string(option.key()) + ": unknown option; the only one is ranges";
  }
  const auto* list = options->if_contains("ranges");
  if (list == nullptr || !list->is_array() || list->get_array().empty()) return std::string(ranges_expected);
  std::vector<block> blocks;
  for (const auto& item : list->get_array()) {
    auto read = read_block(item, blocks.size());
    if (auto* wrong = std::get_if<std::string>(&read)) return std::move(*wrong);
    blocks.push_back(std::get<block>(read));
  }
  return number_ranges(std::move(blocks));
}

}  // namespace licaudit::number_range

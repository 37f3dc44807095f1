#include "daemon/api/route_table.hpp"

#include <algorithm>
#include <stdexcept>

namespace licaudit::api {
namespace {

using parameter_map = std::map<std::string, std::string>;

bool matches(const std::vector<std::string_view>& pattern, const std::vector<std::string>& path, parameter_map& out) {
  if (pattern.size() != path.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::string_view name = parameter_name(pattern[i]);
    if (name.empty() ? pattern[i] != path[i] : path[i].empty()) return false;
    if (!name.empty()) out[std::string(name)] = path[i];
  }
  return true;
}

}  // namespace

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

std::string_view parameter_name(std::string_view segment) {
  const bool braced = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
  return braced ? segment.substr(1, segment.size() - 2) : std::string_view();
}

void route_table::add(route one) {
  for (const route& there : routes_) {
    if (there.method == one.method && there.path == one.path) {
      throw std::logic_error("route twice: " + std::string(to_text(one.method)) + " " + one.path);
    }
  }
  routes_.push_back(std::move(one));
}

route_match route_table::find(method how, const std::vector<std::string>& path) const {
  const method wanted = how == method::head ? method::get : how;
  route_match match;
  for (const route& one : routes_) {
    parameter_map parameters;
    if (!matches(segments_of(one.path), path, parameters)) continue;
    match.allowed.emplace_back(to_text(one.method));
    if (one.method == method::get) match.allowed.emplace_back("HEAD");
    const bool better = match.found == nullptr || parameters.size() < match.parameters.size();
    if (one.method != wanted || !better) continue;
    match.found = &one;
    match.parameters = std::move(parameters);
  }
  std::sort(match.allowed.begin(), match.allowed.end());
  return match;
}

}  // namespace licaudit::api

#include "daemon/api/route_table.hpp"

#include <algorithm>
#include <stdexcept>

namespace licaudit::api {

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
  pattern made;
  for (const std::string_view part : segments_of(one.path)) {
    const std::string_view name = parameter_name(part);
    made.segments.push_back({std::string(name.empty() ? part : name), !name.empty()});
    if (!name.empty()) ++made.parameters;
  }
  if (made.parameters > path_parameters::static_capacity) throw std::logic_error("too many parameters: " + one.path);
  patterns_.push_back(std::move(made));
  routes_.push_back(std::move(one));
}

bool route_table::pattern::fits(const std::vector<std::string>& path) const {
  const auto is_met = [](const segment& one, const std::string& text) {
    return one.is_parameter ? !text.empty() : one.text == text;
  };
  return std::equal(segments.begin(), segments.end(), path.begin(), path.end(), is_met);
}

route_match route_table::find(method how, const std::vector<std::string>& path) const {
  const method wanted = how == method::head ? method::get : how;
  route_match match;
  const pattern* best = nullptr;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (routes_[i].method != wanted || !patterns_[i].fits(path)) continue;
    if (best != nullptr && patterns_[i].parameters >= best->parameters) continue;
    match.found = &routes_[i];
    best = &patterns_[i];
  }
  if (best == nullptr) {
    match.allowed = methods_at(path);
    return match;
  }
  for (std::size_t i = 0; i < path.size(); ++i) {
    const segment& one = best->segments[i];
    if (one.is_parameter) match.parameters.push_back({one.text, &path[i]});
  }
  return match;
}

std::vector<std::string> route_table::methods_at(const std::vector<std::string>& path) const {
  std::vector<std::string> methods;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!patterns_[i].fits(path)) continue;
    methods.emplace_back(to_text(routes_[i].method));
    if (routes_[i].method == method::get) methods.emplace_back("HEAD");
  }
  std::sort(methods.begin(), methods.end());
  return methods;
}

}  // namespace licaudit::api

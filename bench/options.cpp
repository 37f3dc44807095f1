#include "bench/options.hpp"

#include <algorithm>
#include <charconv>

namespace licaudit::bench {
namespace {

std::optional<std::size_t> number_of(std::string_view text) {
  std::size_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end || text.empty()) return std::nullopt;
  return number;
}

/// Whether the option with this value could be taken.
bool take(options& into, std::string_view name, std::string_view value, std::initializer_list<std::string_view> known) {
  if (name == "--users" || name == "--changes") {
    const auto number = number_of(value);
    constexpr std::size_t least_users = 100;  // one tenant
    if (!number || (name == "--users" && *number < least_users)) return false;
    if (name == "--users") into.size = {*number, *number / 5, *number / 100, into.size.changes};
    if (name == "--changes") into.size.changes = *number;
    return true;
  }
  if (std::find(known.begin(), known.end(), name) == known.end()) return false;
  into.named[std::string(name)] = value;
  return true;
}

}  // namespace

std::string options::of(std::string_view name) const {
  const auto found = named.find(name);
  return found == named.end() ? std::string() : found->second;
}

std::optional<options> read_options(int count, char** arguments, std::initializer_list<std::string_view> known) {
  options made;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--quick") {
      made.size = workload_size::quick();
    } else if (argument == "--tiny") {
      made.size = workload_size::tiny();
    } else if (!argument.starts_with("--")) {
      made.others.emplace_back(argument);
    } else if (++i == count || !take(made, argument, arguments[i], known)) {
      return std::nullopt;
    }
  }
  return made;
}

}  // namespace licaudit::bench

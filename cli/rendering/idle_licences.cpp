#include "cli/rendering/idle_licences.hpp"

#include "cli/rendering/flow.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/printable.hpp"

#include <algorithm>

namespace licaudit::cli::rendering {

namespace {

bool has_limit(const json::value& licence) {
  return integer_at(licence, "limit").has_value() || integer_at(licence, "limit.setting").has_value();
}

bool counts_or_waits(const json::value& factor) {
  const auto* pending = value_at(factor, "pending");
  return integer_at(factor, "calculated").value_or(0) != 0 || integer_at(factor, "configured").value_or(0) != 0 ||
         (pending != nullptr && pending->is_bool());
}

}  // namespace

bool is_idle(const json::value& licence, const json::array& beside) {
  if (beside.size() == 1 || integer_at(licence, "acquired") || has_limit(licence)) return false;
  if (integer_at(licence, "licensed").value_or(0) != 0) return false;
  const auto& factors = elements(licence, "factors");
  return std::none_of(factors.begin(), factors.end(), counts_or_waits);
}

std::string idle_line(const json::array& licences, const view& as) {
  flow line;
  for (const auto& one : licences) {
    if (!is_idle(one, licences)) continue;
    if (line.width() == 0) line.add("not in use:", 0);
    line.add(printable(text_at(one, "licence")), 1);
  }
  return line.width() == 0 ? std::string() : line.text(as);
}

}  // namespace licaudit::cli::rendering

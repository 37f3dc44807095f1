#include "daemon/sync/tenant_rule.hpp"

#include <boost/regex.hpp>

#include <stdexcept>

namespace licaudit::sync {

namespace {

constexpr std::size_t longest_value = 256;  // as for factors (domain.md 3)

}  // namespace

struct tenant_rule::pattern {
  boost::regex compiled;
};

result<tenant_rule> tenant_rule::compile(const tenant_by_field& rule) {
  tenant_rule made;
  made.field_ = rule.field;
  try {
    constexpr auto flags = boost::regex::perl | boost::regex::no_mod_m | boost::regex::no_mod_s;
    made.pattern_ = std::make_shared<const pattern>(pattern{boost::regex(rule.regex, flags)});
  } catch (const boost::regex_error& error) {
    return failure{errc::malformed, "the tenant regex '" + rule.regex + "' is wrong at byte " +
                                        std::to_string(error.position()) + ": " + error.what()};
  }
  if (made.pattern_->compiled.mark_count() < 1) {
    return failure{errc::malformed, "the tenant regex '" + rule.regex + "' has no group; put ( ) around the tenant"};
  }
  return made;
}

std::optional<std::string> tenant_rule::tenant_of(const subject_view& value) const {
  const auto search = [this](std::string_view text) -> std::optional<std::string> {
    if (text.size() > longest_value) return std::nullopt;
    try {
      boost::cmatch found;
      const auto* const end = text.data() + text.size();
      if (!boost::regex_search(text.data(), end, found, pattern_->compiled) || !found[1].matched) return std::nullopt;
      return found[1].str();
    } catch (const std::runtime_error&) {  // too complex for this text: no match
      return std::nullopt;
    }
  };
  bool has_field = false;
  for (const auto& one : value.fields) {
    if (one.name != field_) continue;
    has_field = true;
    if (auto tenant = search(one.text)) return tenant;
  }
  return field_ == "id" && !has_field ? search(value.id) : std::nullopt;
}

}  // namespace licaudit::sync

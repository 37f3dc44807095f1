#include "daemon/sync/reading_rules.hpp"

#include "model/json.hpp"

#include <utility>

namespace licaudit::sync {

namespace {

/// Goes up when the same line comes to mean something else, so that lines that were given before are parsed again.
constexpr std::int64_t reader_version = 1;

std::string mark_of(const digest& fingerprint) {
  return to_hex(fingerprint).substr(0, 16) + ':';
}

}  // namespace

digest fingerprint_of(const source_plan& plan) {
  json::object what;
  what["reader"] = reader_version;
  what["plugin"] = plan.plugin;
  what["tenant"] = plan.tenant;
  if (plan.by_field) {
    what["field"] = plan.by_field->field;
    what["regex"] = plan.by_field->regex;
  }
  return sha256(canonical_json(what));
}

result<reading_rules> rules_of(const source_plan& plan) {
  reading_rules rules{plan.name, plan.tenant, std::nullopt, fingerprint_of(plan)};
  if (plan.by_field) {
    auto compiled = tenant_rule::compile(*plan.by_field);
    if (!compiled) return compiled.error();
    rules.by_field = std::move(*compiled);
  }
  return rules;
}

std::string kept_cursor(const digest& fingerprint, std::string_view cursor) {
  return mark_of(fingerprint).append(cursor);
}

std::string own_cursor(const digest& fingerprint, std::string_view kept) {
  const auto mark = mark_of(fingerprint);
  return kept.starts_with(mark) ? std::string(kept.substr(mark.size())) : std::string();
}

}  // namespace licaudit::sync

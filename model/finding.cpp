#include "model/finding.hpp"

#include "model/digest.hpp"
#include "model/names.hpp"

#include <array>
#include <utility>

namespace licaudit {

namespace {

constexpr std::size_t id_digits = 12;

/// What a finding is about: each of these may be empty, and then has no key.
constexpr std::array<std::pair<std::string_view, std::string finding::*>, 6> places = {{{"tenant", &finding::tenant},
                                                                                        {"site", &finding::site},
                                                                                        {"licence", &finding::licence},
                                                                                        {"factor", &finding::factor},
                                                                                        {"subject", &finding::subject},
                                                                                        {"source", &finding::source}}};

json::object to_json(const acknowledgement& value) {
  return {{"until", to_rfc3339(value.until)}, {"by", value.by}, {"reason", value.reason}};
}

}  // namespace

std::string_view to_text(severity value) {
  switch (value) {
    case severity::page:
      return "page";
    case severity::warn:
      return "warn";
    case severity::info:
      return "info";
  }
  return {};
}

result<severity> parse_severity(std::string_view text) {
  for (const auto each : {severity::page, severity::warn, severity::info}) {
    if (text == to_text(each)) return each;
  }
  return failure{errc::malformed, in_quotes(text) + " is no severity: expected page, warn or info"};
}

std::string finding_id(const finding& value) {
  json::array identity{value.kind, to_text(value.level)};
  for (const auto& place : places) identity.emplace_back(value.*place.second);
  return to_hex(sha256(canonical_json(identity))).substr(0, id_digits);
}

json::object to_json(const finding& value) {
  json::object out{{"id", finding_id(value)}, {"finding", value.kind}, {"severity", to_text(value.level)}};
  for (const auto& [key, member] : places) {
    if (!(value.*member).empty()) out[key] = value.*member;
  }
  out["since"] = to_rfc3339(value.since);
  out["count"] = value.count;
  out["text"] = value.text;
  if (!value.action.empty()) out["action"] = value.action;
  if (value.acknowledged) out["acknowledged"] = to_json(*value.acknowledged);
  return out;
}

result<finding> finding_from_json(const json::value& value) {
  json_reader in(value, "finding");
  in.allow_others();  // `id` follows from the rest, `acknowledged` is kept beside it, and answers may grow
  finding out;
  out.kind = in.text("finding");
  const auto level = parse_severity(in.text("severity"));
  if (!level) in.refuse("severity", "page, warn or info");
  for (const auto& [key, member] : places) out.*member = in.optional_text(key);
  const auto since = parse_rfc3339(in.text("since"));
  if (!since) in.refuse("since", "an instant like 2026-11-21T23:00:00Z");
  out.count = in.optional_integer("count").value_or(1);
  out.text = in.optional_text("text");
  out.action = in.optional_text("action");
  if (auto wrong = in.finish()) return *wrong;
  out.level = *level;
  out.since = *since;
  return out;
}

}  // namespace licaudit

#pragma once

#include "daemon/sync/intake.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace licaudit::sync {

// Streams as a test writes them, and what the intake makes of them.

inline const instant noon = parse_rfc3339("2026-11-21T12:00:00Z").value();

inline constexpr const char* begin = R"({"kind":"begin","protocol":1,"mode":"snapshot"})"
                                     "\n";
inline constexpr const char* begin_delta = R"({"kind":"begin","protocol":1,"mode":"delta"})"
                                           "\n";
inline constexpr const char* end = R"({"kind":"end"})"
                                   "\n";

inline std::string user(const std::string& id, const std::string& tag = "x", const std::string& tenant = "contoso") {
  return R"({"kind":"user","tenant":")" + tenant + R"(","id":")" + id + R"(","fields":{"tag":")" + tag + "\"}}\n";
}

inline source_plan plan() {
  source_plan made;
  made.name = made.plugin = "teams";
  return made;
}

/// What comes of a stream that ends two seconds after noon.
inline ledger::delivery digest(const std::string& stream, const source_plan& how = plan(),
                               ledger::given_inventory given = {}, std::size_t slice = std::string::npos) {
  intake in(rules_of(how).value(), std::move(given));
  for (std::size_t at = 0; at < stream.size(); at += std::min(slice, stream.size() - at)) {
    if (!in.feed(std::string_view(stream).substr(at, slice))) break;
  }
  return in.finish({}, noon, noon + std::chrono::seconds(2));
}

/// As the ledger would give it back: numbers from 1 in the order of the delivery.
inline ledger::given_inventory given_by(const ledger::delivery& value) {
  ledger::given_inventory given;
  for (std::size_t i = 0; i < value.put.size(); ++i) {
    given.subjects.push_back({value.put[i].line, static_cast<ledger::subject_number>(i + 1)});
  }
  return given;
}

inline std::vector<std::string> ids(const ledger::delivery& value) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < value.put.size(); ++i) all.emplace_back(value.put[i].id);
  return all;
}

}  // namespace licaudit::sync

#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace licaudit::cli {

/// How long a daemon may be silent when the user does not say. What calculates or reads the whole ledger says nothing
/// until it is done, so it gets more.
inline constexpr std::chrono::milliseconds ordinary_patience{5'000};
inline constexpr std::chrono::milliseconds calculation_patience{60'000};
inline constexpr std::chrono::milliseconds verification_patience{3'600'000};

/// One question to the daemon.
struct request {
  std::string method = "GET";
  std::string target;
  std::string body{};  ///< JSON, or nothing
  std::string accept = "application/json, application/problem+json, application/x-ndjson";
  std::string secret{};  ///< the deletion secret; sent as a header, never part of a message
  std::chrono::milliseconds patience = ordinary_patience;
};

/// Every byte but letters, digits and `-._~` as `%XX`, so that any subject id is one path segment.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// Builds the target of a request: `target_builder("tenants").segment(id).segment("history").query("by",
/// "day").text()`. An empty query value is left out.
class target_builder {
 public:
  explicit target_builder(std::string_view resource);
  target_builder& segment(std::string_view raw);
  target_builder& query(std::string_view name, std::string_view value);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  bool has_query_ = false;
};

}  // namespace licaudit::cli

#pragma once

#include "model/finding.hpp"
#include "model/instant.hpp"
#include "model/source_run.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::audit {

/// How one source stands: its last runs, and whom it feeds.
struct source_condition {
  std::chrono::seconds every{};
  std::optional<instant> last_good;
  std::int64_t failed_since_good = 0;
  std::string problem;  ///< of the last run, if that failed
  std::set<std::string, std::less<>> tenants;
  std::string family;  ///< the source of the settings that it is an instance of; empty: it stands for itself

  /// Why the tenants that it feeds are degraded; empty if they are not (domain.md 4).
  [[nodiscard]] std::string trouble(instant now) const;
};

/// All sources; tells which tenants rest on something unsound.
class source_health {
 public:
  source_condition& of(const std::string& source) { return sources_[source]; }
  [[nodiscard]] const std::map<std::string, source_condition, std::less<>>& all() const { return sources_; }

  void note(const source_run& run);

  /// Reason by tenant, for those that are degraded.
  [[nodiscard]] std::map<std::string, std::string, std::less<>> degraded(instant now) const;

  /// One finding a source in trouble, whoever it feeds; one for all instances of a source where more than a few are in
  /// trouble, because then it is the source.
  [[nodiscard]] std::vector<finding> findings(instant now) const;

 private:
  std::map<std::string, source_condition, std::less<>> sources_;
};

}  // namespace licaudit::audit

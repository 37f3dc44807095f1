#pragma once

#include "daemon/audit/listed_findings.hpp"
#include "model/finding.hpp"
#include "model/instant.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace licaudit::audit {

/// All findings, by what causes them: a cause posts its list anew when it may have changed, and only what differs then
/// moves. A finding that is posted again keeps the instant at which it began, also where it has become worse or milder,
/// and its acknowledgement unless it has become worse.
class finding_board {
 public:
  /// Takes what a restart found in the ledger; `cause` as it will be posted under.
  void restore(const std::string& cause, finding one);

  /// The list of a cause from now on. True if it differs from what it posted before.
  bool post(const std::string& cause, std::vector<finding> list, instant now);

  /// Null: there is none, or it ended.
  [[nodiscard]] std::shared_ptr<const finding> find(std::string_view id) const;
  /// When the same began at that tenant, however loud it is now; none: it would be new.
  [[nodiscard]] std::optional<instant> since_of(const finding& like) const;
  /// Of a finding that is there; none: it is to be raised again.
  void acknowledge(std::string_view id, std::optional<acknowledgement> seen);
  /// Takes back those that said until then.
  void raise_again(instant now);

  [[nodiscard]] std::vector<finding> of_cause(std::string_view cause) const;
  /// Worst first.
  [[nodiscard]] const listed_findings& all();
  [[nodiscard]] std::vector<finding> of_tenant(std::string_view tenant) const;

  /// What changed since the last call, by id: null, it ended.
  using changes = std::map<std::string, std::shared_ptr<const finding>>;
  [[nodiscard]] changes take_changes();
  /// Whose lists changed since the last call.
  [[nodiscard]] std::set<std::string> take_moved_tenants() { return std::exchange(moved_tenants_, {}); }

 private:
  struct posted {
    std::string id;
    std::shared_ptr<const finding> what;
  };
  struct worse_first {
    bool operator()(const posted& a, const posted& b) const;
  };
  void add(posted one);
  void remove(const posted& one);
  static void take_over(finding& one, const std::map<std::string, posted>& before, instant now);
  [[nodiscard]] posted* find_posted(std::string_view id);

  std::map<std::string, std::vector<posted>, std::less<>> causes_;
  std::set<posted, worse_first> ordered_;
  std::map<std::string, std::set<posted, worse_first>, std::less<>> by_tenant_;
  changes changes_;
  std::set<std::string> moved_tenants_;
  listed_findings all_;
  bool all_is_old_ = false;
};

}  // namespace licaudit::audit

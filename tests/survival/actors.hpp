#pragma once

#include "tests/survival/actor.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace licaudit::test {

/// Makes tenants below the reseller of the sample host, enables and disables them.
class tenant_clerk final : public actor {
 public:
  tenant_clerk() : actor({"tenant"}) {}
  step next(std::mt19937_64& random) override;
  [[nodiscard]] std::string difference(const ledger_copy& left) const override;

 private:
  std::map<std::string, bool> tenants_;  ///< enabled
  int made_ = 0;
};

/// Puts and removes users of `contoso` by hand.
class subject_clerk final : public actor {
 public:
  subject_clerk() : actor({"subject"}) {}
  step next(std::mt19937_64& random) override;
  [[nodiscard]] std::string difference(const ledger_copy& left) const override;

 private:
  std::map<std::string, std::string> users_;  ///< gateway by id
};

/// Switches a factor of `contoso` and applies.
class switch_clerk final : public actor {
 public:
  switch_clerk() : actor({"factor", "apply"}) {}
  step next(std::mt19937_64& random) override;
  [[nodiscard]] std::string difference(const ledger_copy& left) const override;

 private:
  std::string pending_, effective_;  ///< `0`, `1` or empty; pending `-`: none
  bool waits_ = false;
};

/// Changes what the source `feed` says of `contoso`, and refreshes.
class feed_clerk final : public actor {
 public:
  /// `feed`: the file that the source prints.
  explicit feed_clerk(std::filesystem::path feed);
  step next(std::mt19937_64& random) override;
  [[nodiscard]] std::string difference(const ledger_copy& left) const override;

 private:
  void write() const;

  std::filesystem::path feed_;
  std::map<std::string, std::string> said_;  ///< what the file says now: gateway by id
  std::set<std::string> possible_;           ///< what the ledger may hold: the last that is sure, and what came after
  int next_user_ = 0;
};

[[nodiscard]] std::vector<std::unique_ptr<actor>> all_clerks(const std::filesystem::path& feed);

/// Counts the users of `contoso` on a gateway of its sites with plain SQL and compares with the last tally; empty: they
/// agree.
[[nodiscard]] std::string recount(const ledger_copy& left);

}  // namespace licaudit::test

#pragma once

#include "daemon/access/caller.hpp"
#include "daemon/access/right.hpp"
#include "daemon/access/tenant_tree.hpp"
#include "model/instant.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::access {

/// One mapping of the settings: who, and what he is where.
struct grant {
  std::optional<std::uint32_t> uid{}, gid{};  ///< one of these two or
  std::optional<digest> token{};              ///< the SHA-256 of a token
  access::role role = access::role::customer;
  std::string tenant{};   ///< empty: the root
  bool update = false;    ///< a customer may order
  bool subjects = false;  ///< subjects of the whole subtree, not of the own tenant alone
  std::string name{};     ///< of the user or group, as written in the settings; `token 9f86d081`
  std::optional<instant> expires{};
};

/// `hidden`: the tenant does not exist, or answers as if it did not.
enum class decision : std::uint8_t { granted, refused, hidden };

/// Everything that one caller is. Several mappings add up. Immutable; a copy shares what it holds.
class standing {
 public:
  standing(std::string name, std::vector<grant> grants, std::string unknown_because = {});

  /// For the operation log: `north`, `root`, `uid 1042`, `uid 1042 (licaudit-admin)`, `token 9f86d081`.
  [[nodiscard]] const std::string& name() const { return held_->name; }

  [[nodiscard]] bool is_known() const { return !held_->grants.empty(); }

  /// At the listener: why nobody is known who shows this, and what to do. Empty for peers.
  [[nodiscard]] const std::string& unknown_because() const { return held_->unknown_because; }

  /// When the first of its mappings expires; the caller is another from then on.
  [[nodiscard]] std::optional<instant> until() const;

  [[nodiscard]] decision may(right what, std::string_view tenant, const tenant_tree& tree) const;

  /// For routes that name no tenant: is there any tenant at which it is granted? `inspect` and `operate` concern the
  /// daemon as a whole and need a mapping at the root.
  [[nodiscard]] bool may_somewhere(right what, const tenant_tree& tree) const;

  /// Does the caller hold this right for the root and with it for every tenant, those to come included?
  [[nodiscard]] bool may_everywhere(right what, const tenant_tree& tree) const;

  /// The tenants at which mappings with this right stand, without repetition; they exist.
  [[nodiscard]] std::vector<std::string> tenants_with(right what, const tenant_tree& tree) const;

 private:
  struct holding {
    std::string name;
    std::vector<grant> grants;
    std::string unknown_because;
  };
  std::shared_ptr<const holding> held_;
};

/// The `access` section of the settings, and the two users who need no mapping: root and the daemon's own are provider
/// at the root and see subjects everywhere, because they can read the database file anyway. At the listener there are
/// no users, only tokens.
class policy {
 public:
  policy(std::vector<grant> grants, std::uint32_t own_uid) : grants_(std::move(grants)), own_uid_(own_uid) {}

  [[nodiscard]] standing standing_of(const caller& who, instant now) const;

 private:
  std::vector<grant> grants_;
  std::uint32_t own_uid_;
};

}  // namespace licaudit::access

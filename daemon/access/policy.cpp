#include "daemon/access/policy.hpp"

#include <algorithm>

namespace licaudit::access {
namespace {

/// The table of domain.md 7, one line a right; where a right reaches is decided by `reaches`.
bool has(const grant& of, right what) {
  const auto is = [&of](auto... roles) { return ((of.role == roles) || ...); };
  switch (what) {
    case right::status:
    case right::read:
    case right::subjects:
    case right::operation_log:
      return true;
    case right::names:
      return !is(role::auditor);
    case right::order:
      return is(role::provider, role::reseller) || (is(role::customer) && of.update);
    case right::switch_factors:
    case right::manage_tenants:
      return is(role::provider, role::reseller);
    case right::attributes:
      return is(role::provider, role::reseller, role::partner);
    case right::set_partner:
    case right::delete_tenant:
    case right::operate:
      return is(role::provider);
    case right::inspect:
      return is(role::provider, role::auditor);
  }
  return false;
}

bool is_of_the_daemon(right what) {
  return what == right::inspect || what == right::operate;
}

bool is_at_root(const grant& of, const tenant_tree& tree) {
  return of.tenant.empty() || of.tenant == tree.root();
}

std::string_view seat(const grant& of, const tenant_tree& tree) {
  return of.tenant.empty() ? tree.root() : std::string_view(of.tenant);
}

bool sees(const grant& of, std::string_view tenant, const tenant_tree& tree) {
  return of.tenant.empty() || tree.is_within(tenant, of.tenant);
}

/// People are shown across the subtree only where the mapping says so. The tenants under a customer are its own
/// services (domain.md 1), so its people are its own there too.
bool reaches(const grant& of, right what, std::string_view tenant, const tenant_tree& tree) {
  if (is_of_the_daemon(what)) return is_at_root(of, tree);
  const bool own_only = (what == right::subjects || what == right::names) && !of.subjects && of.role != role::customer;
  return own_only ? tenant == seat(of, tree) : sees(of, tenant, tree);
}

bool is_of(const grant& rule, const caller& who) {
  if (who.door == door::listener) return rule.token && who.token && are_same(*rule.token, *who.token);
  return (rule.uid && *rule.uid == who.uid) || (rule.gid && who.is_in_group(*rule.gid));
}

/// Somebody at the listener whom no mapping knows, or none any more.
standing stranger(const caller& who, const grant* expired) {
  if (!who.token) {
    return {"nobody",
            {},
            "send the header `Authorization: Bearer TOKEN`, with a token whose SHA-256 stands in `access` of "
            "licauditd.yaml"};
  }
  if (expired == nullptr) {
    return {"unknown token",
            {},
            "this token is not known here; a provider can put its SHA-256 into `access` of licauditd.yaml"};
  }
  return {expired->name,
          {},
          "this token expired on " + to_rfc3339(*expired->expires) +
              "; a provider can prolong it or put another into `access` of licauditd.yaml"};
}

/// A user's mapping names him; a group's only says through which door he came.
std::string name_of(const caller& who, const std::vector<grant>& grants) {
  if (who.door == door::listener) return grants.front().name;
  if (who.uid == 0) return "root";
  for (const grant& one : grants) {
    if (one.uid && !one.name.empty()) return one.name;
  }
  std::string name = "uid " + std::to_string(who.uid);
  for (const grant& one : grants) {
    if (one.gid && !one.name.empty()) return name + " (" + one.name + ")";
  }
  return name;
}

}  // namespace

standing::standing(std::string name, std::vector<grant> grants, std::string unknown_because)
    : held_(std::make_shared<const holding>(holding{std::move(name), std::move(grants), std::move(unknown_because)})) {}

std::optional<instant> standing::until() const {
  std::optional<instant> first;
  for (const grant& one : held_->grants) {
    if (one.expires && (!first || *one.expires < *first)) first = one.expires;
  }
  return first;
}

decision standing::may(right what, std::string_view tenant, const tenant_tree& tree) const {
  if (!tree.exists(tenant)) return decision::hidden;
  bool visible = false;
  for (const grant& one : held_->grants) {
    if (!sees(one, tenant, tree)) continue;
    visible = true;
    if (has(one, what) && reaches(one, what, tenant, tree)) return decision::granted;
  }
  return visible ? decision::refused : decision::hidden;
}

bool standing::may_somewhere(right what, const tenant_tree& tree) const {
  return std::any_of(held_->grants.begin(), held_->grants.end(), [&](const grant& one) {
    return has(one, what) && (!is_of_the_daemon(what) || is_at_root(one, tree));
  });
}

bool standing::may_everywhere(right what, const tenant_tree& tree) const {
  return std::any_of(held_->grants.begin(), held_->grants.end(), [&](const grant& one) {
    const bool own_only = (what == right::subjects || what == right::names) && !one.subjects;
    return has(one, what) && is_at_root(one, tree) && (!own_only || one.role == role::customer);
  });
}

std::vector<std::string> standing::tenants_with(right what, const tenant_tree& tree) const {
  std::vector<std::string> found;
  for (const grant& one : held_->grants) {
    const std::string_view at = seat(one, tree);
    if (!has(one, what) || !tree.exists(at)) continue;
    if (std::find(found.begin(), found.end(), at) == found.end()) found.emplace_back(at);
  }
  return found;
}

standing policy::standing_of(const caller& who, instant now) const {
  std::vector<grant> found;
  const grant* expired = nullptr;
  for (const grant& one : grants_) {
    if (!is_of(one, who)) continue;
    const bool is_over = one.expires && *one.expires <= now;
    if (!is_over) found.push_back(one);
    if (is_over && (expired == nullptr || *expired->expires < *one.expires)) expired = &one;
  }
  if (who.door == door::listener && found.empty()) return stranger(who, expired);
  std::string name = name_of(who, found);
  if (who.door == door::socket && (who.uid == 0 || who.uid == own_uid_)) {
    grant all;
    all.uid = who.uid;
    all.role = role::provider;
    all.subjects = true;
    found.push_back(std::move(all));
  }
  return {std::move(name), std::move(found)};
}

}  // namespace licaudit::access

#include "daemon/settings/access_reader.hpp"

#include "daemon/settings/accounts.hpp"
#include "daemon/settings/duration.hpp"

#include <algorithm>

namespace licaudit::settings {

namespace {

result<role> parse_role(std::string_view text) {
  if (text == "provider") return role::provider;
  if (text == "reseller") return role::reseller;
  if (text == "partner") return role::partner;
  if (text == "customer") return role::customer;
  if (text == "auditor") return role::auditor;
  return failure{errc::malformed, "no role"};
}

/// A name that the system knows, or a number as it is.
template <class Find>
std::optional<std::uint32_t> read_account(const yaml_value& value, const Find& find, const char* expected,
                                          std::string& name) {
  constexpr std::int64_t largest_id = 0xFFFFFFFE;
  if (value.kind() == yaml_kind::integer) {
    const auto number = value.integer(0, largest_id);
    if (!number) return std::nullopt;
    name = value.node().text;
    return static_cast<std::uint32_t>(*number);
  }
  const auto written = value.text();
  if (!written) return std::nullopt;
  name = *written;
  const auto id = find(*written);
  if (!id) value.refuse(expected);
  return id;
}

void read_who(yaml_map& in, access_rule& rule) {
  const auto user = in.find("user");
  const auto group = in.find("group");
  const auto token = in.find("token_sha256");
  const int given = (user ? 1 : 0) + (group ? 1 : 0) + (token ? 1 : 0);
  if (given != 1 && in.value().kind() == yaml_kind::map) {
    in.value().refuse("exactly one of user, group and token_sha256", given == 0 ? "none" : std::to_string(given));
  }
  if (user) rule.uid = read_account(*user, find_user, "a user that exists on this machine", rule.name);
  if (group) rule.gid = read_account(*group, find_group, "a group that exists on this machine", rule.name);
  if (!token) return;
  rule.token_sha256 = read_sha256(*token).value_or("");
  constexpr std::size_t shown_digits = 8;
  rule.name = "token " + rule.token_sha256.substr(0, shown_digits);
}

access_rule read_rule(const yaml_value& item) {
  access_rule rule;
  yaml_map in(item);
  read_who(in, rule);
  constexpr const char* roles = "a role: provider, reseller, partner, customer or auditor";
  if (const auto value = in.require("role", roles)) {
    rule.role = value->parsed(parse_role, roles).value_or(role::customer);
  }
  if (const auto value = in.find("tenant")) rule.tenant = value->name().value_or("");
  if (const auto value = in.find("update")) rule.update = value->flag().value_or(false);
  if (const auto value = in.find("subjects")) rule.subjects = value->flag().value_or(false);
  if (const auto value = in.find("expires")) {
    rule.expires = value->parsed(parse_expiry, "a date such as 2027-01-01, or RFC 3339");
  }
  in.finish();
  return rule;
}

}  // namespace

std::optional<std::string> read_sha256(const yaml_value& value) {
  constexpr std::size_t hex_digits = 64;
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  auto written = value.text();
  if (!written) return std::nullopt;
  if (written->size() != hex_digits || !std::all_of(written->begin(), written->end(), is_hex)) {
    value.refuse("a SHA-256 of 64 hex digits", "a text of " + std::to_string(written->size()) + " characters");
    return std::nullopt;
  }
  for (char& c : *written) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return written;
}

std::vector<access_rule> read_access(const yaml_value& list) {
  std::vector<access_rule> rules;
  for (const auto& item : list.items()) rules.push_back(read_rule(item));
  return rules;
}

}  // namespace licaudit::settings

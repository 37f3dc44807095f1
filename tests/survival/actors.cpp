#include "tests/survival/actors.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <sstream>

namespace licaudit::test {

namespace {

const std::array<std::string, 3> gateways{"sb1-1316004-508-3.sbc.example.net", "sb2-1316004-508-4.sbc.example.net",
                                          "elsewhere.example.net"};

int any(std::mt19937_64& random, int below) {
  return std::uniform_int_distribution<int>(0, below - 1)(random);
}

const std::string& any_gateway(std::mt19937_64& random) {
  return gateways[static_cast<std::size_t>(any(random, static_cast<int>(gateways.size())))];
}

std::string compared(const std::string& what, const std::string& is, const std::string& expected) {
  return is == expected ? std::string() : what + ": the ledger has [" + is + "], there must be [" + expected + "]; ";
}

std::string lines_of(const std::vector<ledger_copy::row>& rows) {
  std::string lines;
  for (const auto& row : rows) lines += row.at(0) + '=' + row.at(1) + '\n';
  return lines;
}

template <class Map>
std::string lines_of_map(const Map& values) {
  std::ostringstream lines;
  for (const auto& [key, value] : values) lines << key << '=' << value << '\n';
  return lines.str();
}

/// What a source gives of contoso: the id and the gateway of each user.
std::string given_by(const ledger_copy& left, const std::string& source) {
  return lines_of(left.rows(
      "SELECT s.id, json_extract(coalesce(g.fields, (SELECT fields FROM subject_version WHERE subject = g.subject"
      " ORDER BY sequence DESC LIMIT 1)), '$.pstn_gateway') FROM given g JOIN subject s ON s.number = g.subject"
      " JOIN source f ON f.number = g.source WHERE f.name = '" +
      source + "' ORDER BY s.id"));
}

constexpr const char* current_users =
    "FROM subject s JOIN tenant t ON t.number = s.tenant JOIN subject_version v ON v.subject = s.number"
    " AND v.sequence = (SELECT max(sequence) FROM subject_version WHERE subject = s.number)"
    " WHERE t.id = 'contoso' AND s.kind = 0 AND v.fields LIKE '%pstn_gateway%'";

}  // namespace

step tenant_clerk::next(std::mt19937_64& random) {
  if (tenants_.empty() || any(random, 3) == 0) {
    const std::string id = "made-" + std::to_string(++made_);
    return {"POST", "/v1/tenants",
            R"({"id":")" + id + R"(","name":"Made )" + id +
                R"(","type":"customer","parent":"northwind","service":"hosted-essentials"})",
            [this, id] { tenants_[id] = true; }};
  }
  auto one = std::next(tenants_.begin(), any(random, static_cast<int>(tenants_.size())));
  const bool enabled = !one->second;
  return {"PATCH", "/v1/tenants/" + one->first, enabled ? R"({"enabled":true})" : R"({"enabled":false})",
          [this, id = one->first, enabled] { tenants_[id] = enabled; }};
}

std::string tenant_clerk::difference(const ledger_copy& left) const {
  const auto is = lines_of(
      left.rows("SELECT t.id, coalesce((SELECT value FROM decision d WHERE d.tenant = t.number AND d.item = 'enabled'"
                " ORDER BY sequence DESC LIMIT 1), 1) FROM tenant t"
                " WHERE t.number IN (SELECT tenant FROM tenant_version WHERE origin = 'local') ORDER BY t.id"));
  return compared("tenants", is, lines_of_map(tenants_));
}

step subject_clerk::next(std::mt19937_64& random) {
  const std::string id = "by-hand-" + std::to_string(any(random, 40));
  const std::string target = "/v1/tenants/contoso/users/" + id;
  if (users_.count(id) != 0 && any(random, 3) == 0) return {"DELETE", target, "", [this, id] { users_.erase(id); }};
  const auto& gateway = any_gateway(random);
  return {"PUT", target, R"({"fields":{"pstn_gateway":")" + gateway + "\"}}",
          [this, id, gateway] { users_[id] = gateway; }};
}

std::string subject_clerk::difference(const ledger_copy& left) const {
  return compared("users by hand", given_by(left, "local"), lines_of_map(users_));
}

step switch_clerk::next(std::mt19937_64& random) {
  const std::string target = "/v1/tenants/contoso/factors/ump/user-interface";
  if (waits_ && any(random, 2) == 0)
    return {"POST", "/v1/apply", any(random, 2) == 0 ? R"({"all":true})" : R"({"tenants":["contoso"]})", [this] {
              effective_ = pending_;
              waits_ = false;
            }};
  const auto will_be = [this](const std::string& value) {
    pending_ = value;
    waits_ = value != effective_;
  };
  const int which = any(random, 3);
  if (which == 2) return {"DELETE", target, "", [will_be] { will_be(""); }};
  return {"PUT", target, which == 1 ? R"({"on":true})" : R"({"on":false})",
          [will_be, which] { will_be(std::to_string(which)); }};
}

std::string switch_clerk::difference(const ledger_copy& left) const {
  const std::string of_contoso =
      " WHERE tenant = (SELECT number FROM tenant WHERE id = 'contoso')"
      " AND item = 'switch:ump/user-interface'";
  const auto pending = left.value("SELECT 'waits:' || coalesce(value, '') FROM pending_switch" + of_contoso);
  const auto effective = left.value("SELECT value FROM decision" + of_contoso + " ORDER BY sequence DESC LIMIT 1");
  return compared("pending switch", pending, waits_ ? "waits:" + pending_ : "") +
         compared("switch", effective, effective_);
}

feed_clerk::feed_clerk(std::filesystem::path feed) : actor({"refresh"}), feed_(std::move(feed)) {
  for (; next_user_ < 60; ++next_user_) said_["fed-" + std::to_string(next_user_)] = gateways[0];
  write();
  possible_ = {"", lines_of_map(said_)};
}

void feed_clerk::write() const {
  const auto aside = feed_.string() + ".new";
  {
    std::ofstream out(aside);
    out << R"({"kind":"begin","protocol":1,"mode":"snapshot"})" << '\n';
    for (const auto& [id, gateway] : said_)
      out << R"({"kind":"user","id":")" << id << R"(","fields":{"pstn_gateway":")" << gateway << "\"}}\n";
    out << R"({"kind":"end"})" << '\n';
  }
  std::filesystem::rename(aside, feed_);
}

step feed_clerk::next(std::mt19937_64& random) {
  // At most three of sixty: what no guard holds.
  said_.erase(std::next(said_.begin(), any(random, static_cast<int>(said_.size())))->first);
  said_["fed-" + std::to_string(next_user_++)] = any_gateway(random);
  std::next(said_.begin(), any(random, static_cast<int>(said_.size())))->second = any_gateway(random);
  write();
  const auto now = lines_of_map(said_);
  possible_.insert(now);
  return {"POST", "/v1/refresh", R"({"sources":["feed"]})", [this, now] { possible_ = {now}; }, false};
}

std::string feed_clerk::difference(const ledger_copy& left) const {
  const auto is = given_by(left, "feed");
  return possible_.count(is) != 0 ? std::string() : "the feed was taken in part: [" + is + "]; ";
}

std::vector<std::unique_ptr<actor>> all_clerks(const std::filesystem::path& feed) {
  std::vector<std::unique_ptr<actor>> all;
  all.push_back(std::make_unique<tenant_clerk>());
  all.push_back(std::make_unique<subject_clerk>());
  all.push_back(std::make_unique<switch_clerk>());
  all.push_back(std::make_unique<feed_clerk>(feed));
  return all;
}

std::string recount(const ledger_copy& left) {
  const std::string users(current_users);
  const auto counted = left.number("SELECT count(*) " + users + " AND (v.fields LIKE '%" + gateways[0] +
                                   "%' OR v.fields LIKE '%" + gateways[1] + "%')");
  const auto configured = left.number("SELECT count(*) " + users);
  const auto is = left.value(
      "SELECT n1 || ' (' || n2 || ')' FROM tally WHERE tenant = (SELECT number FROM tenant WHERE id = 'contoso') AND "
      "item ="
      " (SELECT number FROM item WHERE licence = 'ump' AND factor = 'direct-routing') ORDER BY sequence DESC LIMIT 1");
  if (is.empty() && configured == 0) return {};  // it died before its first calculation
  return compared("direct routing of contoso", is, std::to_string(counted) + " (" + std::to_string(configured) + ")");
}

}  // namespace licaudit::test

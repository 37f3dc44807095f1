// Sums over subtrees and what is inherited, over random trees that are moved, disabled and filled at random.
#include "tests/daemon/audit/scene.hpp"
#include "tests/scale.hpp"

#include <gtest/gtest.h>

#include <random>

namespace licaudit::audit {

namespace {

/// What the view says of one tenant, worked out again from what each tenant has of its own.
struct figures {
  std::int64_t licensed = 0, direct = 0, direct_configured = 0, monitored = 0;
  std::optional<std::int64_t> acquired;
  bool operator==(const figures&) const = default;
};

class random_tree {
 public:
  explicit random_tree(std::uint32_t seed) : random_(seed) {
    s.give_tenants({host_record});
    parent_["host"] = "";
    zones_["host"] = "";
  }

  void step() {
    switch (pick(8)) {
      case 0:
      case 1:
        return create();
      case 2:
      case 3:
        return move();
      case 4:
        return enable();
      case 5:
        return remove();
      default:
        return put_user();
    }
  }

  void check() {
    const auto seen = s.seen();
    ASSERT_EQ(seen->tenants.size(), parent_.size());
    for (const auto& [id, above] : parent_) {
      const auto* one = seen->find(id);
      ASSERT_NE(one, nullptr) << id;
      EXPECT_EQ(shown(*one), summed(id)) << id;
      EXPECT_EQ(one->tally->aggregated, has_children(id)) << id;
      EXPECT_EQ(one->zone.name(), zone_of(id)) << id;
      EXPECT_EQ(one->tally->disabled, is_disabled(id)) << id;
    }
  }

  scene s;

 private:
  int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  std::string any() {
    auto one = parent_.begin();
    std::advance(one, pick(static_cast<int>(parent_.size())));
    return one->first;
  }

  void create() {
    if (parent_.size() > 14) return;
    const std::string id = "t" + std::to_string(++made_), above = any();
    const bool acquires = pick(2) == 0;
    const char* zone = pick(3) == 0 ? "Asia/Tokyo" : pick(2) == 0 ? "Europe/London" : "";
    json::object record{{"id", id}, {"parent", above}, {"service", "direct-routing-pro"}};
    record["type"] =
        above == "host" || type_[above] == "reseller" ? (pick(2) == 0 ? "reseller" : "customer") : "customer";
    record["sites"] = json::array{json::object{{"name", "a"}, {"pstn_gateway", "g"}}};
    if (*zone != '\0') record["time_zone"] = zone;
    if (acquires) record["acquired"] = json::object{{"ump", 5 + pick(5)}};
    const auto created = s.office().create_tenant(record, "n");
    ASSERT_TRUE(created) << created.error().detail;
    parent_[id] = above;
    type_[id] = std::string(record["type"].as_string());
    zones_[id] = zone;
    if (acquires) acquired_[id] = record["acquired"].at("ump").as_int64();
  }

  void move() {
    const std::string id = any(), to = any();
    const auto said = s.office().try_move({id, to, {}});
    const bool possible = id != "host" && parent_[id] != to && !is_within(to, id) &&
                          !(type_[id] == "reseller" && type_[to] == "customer");
    ASSERT_EQ(said.has_value(), possible) << id << " to " << to << (said ? "" : ": " + said.error().detail);
    const auto made = s.office().move({id, to, {}}, "n");
    ASSERT_EQ(made.has_value(), possible);
    if (!possible) return;
    parent_[id] = to;
    for (const auto& sum : said->sums)
      for (const auto& licence : sum.licences) {
        EXPECT_EQ(s.ump(sum.tenant).licensed, licence.licensed_to) << "as foretold of " << sum.tenant;
        EXPECT_EQ(s.ump(sum.tenant).acquired, licence.acquired_to) << "as foretold of " << sum.tenant;
      }
  }

  void enable() {
    const std::string id = any();
    const bool on = pick(2) == 0;
    ASSERT_TRUE(s.office().change_tenant(id, {{"enabled", on}}, "n"));
    off_[id] = !on;
  }

  void remove() {
    const std::string id = any();
    const bool possible = id != "host" && !has_children(id);
    ASSERT_EQ(s.office().remove_tenant(id, "n").has_value(), possible);
    if (!possible) return;
    for (auto* of : {&parent_, &zones_, &type_}) of->erase(id);
    acquired_.erase(id);
    users_.erase(id);
    off_.erase(id);
  }

  void put_user() {
    const std::string id = any();
    if (id == "host") return;
    const std::string user_id = "u" + std::to_string(pick(6));
    ASSERT_TRUE(s.office().put_subject(user(id, user_id, R"({"pstn_gateway":"g"})"), "n"));
    users_[id].insert(user_id);
  }

  bool has_children(const std::string& id) {
    for (const auto& [child, above] : parent_)
      if (above == id) return true;
    return false;
  }
  bool is_within(std::string id, const std::string& ancestor) {
    for (; !id.empty(); id = parent_[id])
      if (id == ancestor) return true;
    return false;
  }
  bool is_disabled(std::string id) {
    for (; !id.empty(); id = parent_[id])
      if (off_[id]) return true;
    return false;
  }
  std::string zone_of(std::string id) {
    for (; !id.empty(); id = parent_[id])
      if (!zones_[id].empty()) return zones_[id];
    return time_zone().name();
  }

  figures summed(const std::string& id) {
    figures sum;
    const auto users = static_cast<std::int64_t>(users_[id].size());
    sum.direct = sum.licensed = is_disabled(id) ? 0 : users;
    sum.direct_configured = sum.monitored = users;
    if (const auto own = acquired_.find(id); own != acquired_.end()) sum.acquired = own->second;
    for (const auto& [child, above] : parent_) {
      if (above != id) continue;
      const auto part = summed(child);
      sum.direct += part.direct;
      sum.licensed += part.licensed;
      sum.direct_configured += part.direct_configured;
      sum.monitored += part.monitored;
      if (part.acquired) sum.acquired = sum.acquired.value_or(0) + *part.acquired;
    }
    return sum;
  }

  static figures shown(const tenant_view& of) {
    figures made;
    made.monitored = of.tally->monitored;
    for (const auto& licence : of.tally->licences) {
      made.licensed += licence.licensed;
      made.acquired = licence.acquired;
      for (const auto& factor : licence.factors)
        if (factor.factor == "direct-routing") {
          made.direct = factor.calculated;
          made.direct_configured = factor.configured.value_or(0);
        }
    }
    return made;
  }

  std::mt19937 random_;
  int made_ = 0;
  std::map<std::string, std::string> parent_, zones_, type_;
  std::map<std::string, std::int64_t> acquired_;
  std::map<std::string, std::set<std::string>> users_;
  std::map<std::string, bool> off_;
};

}  // namespace

TEST(tenant_tree, sums_are_the_sums_of_their_parts_after_every_move_removal_and_switching_off) {
  for (std::size_t round = 0; round < scaled(3); ++round) {
    random_tree tree(static_cast<std::uint32_t>(4711 + round));
    for (int i = 0; i < 60; ++i) {
      tree.step();
      tree.check();
      if (::testing::Test::HasFailure()) FAIL() << "round " << round << ", step " << i;
    }
    tree.s.restart();
    tree.check();
    tree.s.calculate();
    tree.check();
  }
}

TEST(tenant_tree, keeps_the_history_of_a_removed_tenant_and_its_id_for_ever) {
  scene s;
  s.give_tenants({host_record, R"({"id":"north","parent":"host","type":"reseller","time_zone":"Asia/Tokyo"})"});
  const auto record = parse_json(
      R"({"id":"mine","parent":"north","service":"direct-routing-pro","sites":[{"name":"a","pstn_gateway":"g"}]})");
  ASSERT_TRUE(s.office().create_tenant(*record, "n"));
  ASSERT_TRUE(s.office().put_subject(user("mine", "ann", R"({"pstn_gateway":"g"})"), "n"));
  ASSERT_TRUE(s.office().remove_tenant("mine", "n"));
  for (int again = 0; again < 2; ++again) {
    const auto seen = s.seen();
    EXPECT_EQ(seen->find("mine"), nullptr);
    EXPECT_TRUE(seen->is_retired("mine"));
    EXPECT_TRUE(seen->is_within("mine", "north"));
    EXPECT_TRUE(seen->is_within("mine", "mine"));
    EXPECT_FALSE(seen->is_within("north", "mine"));
    EXPECT_EQ(seen->zone_of("mine").name(), "Asia/Tokyo");
    ledger::history_query query;
    query.tenant = "mine";
    query.until = instant::max();
    query.only_changes = true;
    const auto page = s.reader().history(query).value();
    ASSERT_GE(page.entries.size(), 2u);
    EXPECT_EQ(page.entries[1].tally.licences.at(0).licensed, 1);
    for (const char* other : {"host", "north"}) {
      json::object anew = record->as_object();
      anew["parent"] = other;
      const auto refused = s.office().create_tenant(anew, "n");
      ASSERT_FALSE(refused);
      EXPECT_EQ(refused.error().detail,
                "tenant mine: the id was given before and is never given again; choose another");
    }
    s.restart();
  }
}

TEST(tenant_tree, time_zones_come_from_the_nearest_above_and_follow_it) {
  scene s;
  const auto give = [&s](const std::string& zone) {
    s.give_tenants({host_record, R"({"id":"north","parent":"host","type":"reseller","time_zone":")" + zone + R"("})",
                    R"({"id":"a","parent":"north"})", R"({"id":"b","parent":"a","time_zone":"America/New_York"})"});
  };
  give("Asia/Tokyo");
  EXPECT_EQ(s.seen()->find("a")->zone.name(), "Asia/Tokyo");
  EXPECT_EQ(s.seen()->find("b")->zone.name(), "America/New_York");
  EXPECT_EQ(s.seen()->find("host")->zone.name(), time_zone().name());
  give("Europe/London");
  EXPECT_EQ(s.seen()->find("a")->zone.name(), "Europe/London");
}

}  // namespace licaudit::audit

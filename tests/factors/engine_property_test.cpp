// The engine against the formulas, over a long random life of a small world.
#include "factors/worth.hpp"
#include "random_world.hpp"
#include "reference.hpp"
#include "tests/scale.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using testing::random_world;
using testing::reference;
using counts_by_factor = std::map<std::string, reference::counted>;

class life {
 public:
  explicit life(std::uint32_t seed) : random_(seed), engine_(compiled_rules(random_.rules())) {
    engine_.hold_fields(*compiled_rules(random_world::widest_rules()));
  }

  void change() {
    const auto ids = random_world::tenant_ids();
    const auto id = ids[random_.pick(ids.size())];
    const auto what = random_.pick(100);
    if (what < 55) return put_subject(id);
    if (what < 75) return remove_subject();
    if (what < 88) return put_tenant(id);
    if (what < 90) return remove_tenant(id);
    if (what < 94) return flip_switch();
    if (what < 95) return let_time_pass(id);
    if (what < 96) return begin_month(id);
    if (what < 98) return set_candidate();
    if (!engine_.has_candidate()) return;
    what < 99 ? engine_.drop_candidate() : engine_.adopt_candidate();
  }

  void compare(const std::string& id) {
    compare_kept();
    const auto known = tenants_.find(id);
    if (known == tenants_.end()) {
      EXPECT_TRUE(engine_.count(id, switches()).empty());
      return;
    }
    compare(known->second, which_rules::effective);
    if (engine_.has_candidate()) compare(known->second, which_rules::candidate);
    compare_holdings(known->second);
    compare_worths(known->second);
    compare_moved(known->second, which_rules::effective);
    if (engine_.has_candidate()) compare_moved(known->second, which_rules::candidate);
  }

  [[nodiscard]] bool has_moved() const { return moved_ > 0; }

  void compare_with_fresh() {
    engine fresh(compiled_rules(engine_.current().set()));
    fresh.hold_fields(*compiled_rules(random_world::widest_rules()));
    for (const auto& [id, one] : tenants_) {
      fresh.put_tenant(one.value, one.now);
      fresh.begin_month(id, one.month_start);
    }
    for (const auto& [number, one] : subjects_) fresh.put_subject(number, one);
    for (const auto& [id, one] : tenants_) {
      EXPECT_EQ(texts(fresh.problems(id)), texts(engine_.problems(id))) << id;
      EXPECT_EQ(fresh.users(id), engine_.users(id));
    }
  }

 private:
  struct known_tenant {
    tenant value;
    instant now;
    instant month_start = instant::min();
  };

  std::vector<std::int64_t> sums_of(tenant_index tenant) const {
    const switch_board on(engine_.current(), [](const licence&, const factor&) { return true; });
    std::vector<factor_sum> sums;
    engine_.count(tenant, on, sums);
    std::vector<std::int64_t> flat{engine_.users(engine_.id_of(tenant))};
    for (const auto& one : sums) flat.insert(flat.end(), {one.n1, one.n2, one.failed ? 1 : 0});
    return flat;
  }

  /// Counting those that the engine says have moved is enough to know all.
  void compare_kept() {
    for (const auto one : engine_.take_moved()) kept_[std::string(engine_.id_of(one))] = sums_of(one);
    for (const auto& [id, one] : tenants_) EXPECT_EQ(kept_[id], sums_of(engine_.index_of(id).value())) << id;
  }

  switch_position switches() const {
    return [off = off_](const licence& of, const factor& which) { return !off.contains(of.id + "/" + which.id); };
  }

  void put_subject(const std::string& id) {
    if (!tenants_.contains(id)) return;
    // Dense and far numbers, with replacements, also across tenants and kinds.
    const auto number = random_.pick(60) + (random_.one_in(5) ? 1ULL << 40U : 0U);
    auto value = random_.a_subject(id, number);
    engine_.put_subject(number, value);
    subjects_[number] = std::move(value);
  }

  void remove_subject() {
    const auto number = random_.pick(60);
    engine_.remove_subject(number);
    subjects_.erase(number);
  }

  void put_tenant(const std::string& id) {
    auto value = random_.a_tenant(id);
    if (tenants_.contains(id) && random_.one_in(4)) {
      value = tenants_[id].value;
      value.name += "!";  // nothing that a rule reads
    }
    tenants_[id].value = std::move(value);
    tenants_[id].now = now_;
    engine_.put_tenant(tenants_[id].value, now_);
  }

  void begin_month(const std::string& id) {
    if (!tenants_.contains(id)) return;
    tenants_[id].month_start = from_milliseconds(static_cast<std::int64_t>(random_.pick(1000)));
    engine_.begin_month(id, tenants_[id].month_start);
  }

  void remove_tenant(const std::string& id) {
    engine_.remove_tenant(id);
    tenants_.erase(id);
    std::erase_if(subjects_, [&](const auto& one) { return one.second.name.tenant == id; });
  }

  void flip_switch() {
    const auto name = std::string(random_.one_in(2) ? "ump/f" : "agents/f") + std::to_string(random_.pick(5));
    if (!off_.erase(name)) off_.insert(name);
  }

  void let_time_pass(const std::string& id) {
    now_ = from_milliseconds(static_cast<std::int64_t>(random_.pick(1000)));
    if (!tenants_.contains(id)) return;
    tenants_[id].now = now_;
    engine_.put_tenant(tenants_[id].value, now_);
  }

  /// Other rules, or those in force with an edit or two, which the engine takes over from.
  void set_candidate() {
    auto next = random_.one_in(3) ? random_.rules() : random_.edited(engine_.current().set());
    ASSERT_TRUE(engine_.set_candidate(compiled_rules(std::move(next))));
  }

  std::vector<subject> subjects_of(const std::string& id) const {
    std::vector<subject> found;
    for (const auto& [number, one] : subjects_) {
      if (one.name.tenant == id) found.push_back(one);
    }
    return found;
  }

  void compare(const known_tenant& one, which_rules which) {
    const auto& set = engine_.current(which).set();
    const auto expected =
        reference(set, one.value, one.now, one.month_start).count(subjects_of(one.value.id), switches());
    counts_by_factor actual;
    for (const auto& of : engine_.count(one.value.id, switches(), which)) {
      for (const auto& each : of.factors) {
        actual[of.which->id + "/" + each.which->id] = {each.n1, each.n2, each.failed};
        EXPECT_EQ(each.on, switches()(*of.which, *each.which));
      }
    }
    ASSERT_EQ(actual.size(), expected.size());
    for (const auto& [name, wanted] : expected) {
      const auto& found = actual[name];
      ASSERT_TRUE(found == wanted) << one.value.id << " " << name << ": " << found.n1 << " (" << found.n2 << ") "
                                   << found.failed << ", expected " << wanted.n1 << " (" << wanted.n2 << ") "
                                   << wanted.failed;
    }
  }

  /// What every subject is worth adds up to what is counted.
  void compare_worths(const known_tenant& one) {
    const auto subjects = subjects_of(one.value.id);
    const worths values(one.value, one.month_start);
    std::map<const factor*, worth> sums;
    for (const auto& found : holdings(engine_.current(), one.value, one.now, switches(), subjects)) {
      if (found.holder == nullptr) continue;
      sums[found.holder].add(values.of(subjects[found.subject], *found.of_licence, *found.holder));
    }
    for (const auto& of : engine_.count(one.value.id, switches()))
      for (const auto& each : of.factors)
        EXPECT_EQ(sums[each.which].count(*each.which), each.n1) << one.value.id << " " << each.which->id.text();
  }

  void compare_holdings(const known_tenant& one) {
    const auto subjects = subjects_of(one.value.id);
    reference expected(engine_.current().set(), one.value, one.now);
    std::set<std::pair<std::size_t, const licence*>> listed;
    for (const auto& found : holdings(engine_.current(), one.value, one.now, switches(), subjects)) {
      const auto& of = subjects[found.subject];
      listed.insert({found.subject, found.of_licence});
      EXPECT_EQ(found.holder, expected.holder(of, *found.of_licence, switches()));
      for (const auto& each : found.of_licence->factors) {
        const auto in = [&](const auto& list) { return std::find(list.begin(), list.end(), &each) != list.end(); };
        EXPECT_EQ(in(found.configured), expected.configured(of, *found.of_licence, each));
        EXPECT_EQ(in(found.eligible), expected.eligible(of, *found.of_licence, each));
      }
    }
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      for (const auto& of : engine_.current().set().licences) {
        const bool any = std::any_of(of.factors.begin(), of.factors.end(),
                                     [&](const factor& each) { return expected.configured(subjects[i], of, each); });
        EXPECT_EQ(any, listed.contains({i, &of}));
      }
    }
  }

  /// The holder's id under every licence that has one.
  static std::map<std::string, std::string> holders(reference& under, const factor_set& set, const subject& of,
                                                    const switch_position& on) {
    std::map<std::string, std::string> found;
    for (const auto& within : set.licences) {
      if (const auto* holder = under.holder(of, within, on); holder != nullptr) found[within.id] = holder->id;
    }
    return found;
  }

  void compare_moved(const known_tenant& one, which_rules then) {
    const auto before = switches();
    flip_switch();
    flip_switch();
    const auto& set = engine_.current().set();
    const auto& later_set = engine_.current(then).set();
    reference now(set, one.value, one.now);
    reference later(later_set, one.value, one.now);
    std::int64_t units = 0;
    for (const auto& each : subjects_of(one.value.id)) {
      auto from = holders(now, set, each, before);
      auto to = holders(later, later_set, each, switches());
      for (const char* id : {"agents", "ump", "voice"}) {
        if (from[id] != to[id]) units += each.quantity;
      }
    }
    EXPECT_EQ(engine_.moved(one.value.id, before, switches(), then), units) << one.value.id;
    moved_ += units;
  }

  static std::vector<std::string> texts(const std::vector<rule_problem>& problems) {
    std::vector<std::string> found;
    for (const auto& one : problems) {
      found.push_back(one.of_factor->id + " " + one.criterion + " " + one.site + " " + one.text + " " +
                      std::to_string(one.subjects) + " " + std::to_string(one.example) + " " +
                      std::to_string(one.distinct_values));
    }
    return found;
  }

  random_world random_;
  engine engine_;
  std::map<std::string, known_tenant> tenants_;
  std::map<std::uint64_t, subject> subjects_;
  std::map<std::string, std::vector<std::int64_t>> kept_;
  std::set<std::string> off_;
  instant now_{};
  std::int64_t moved_ = 0;  ///< in all comparisons
};

TEST(engine_property, counts_as_the_formulas_do_through_any_changes) {
  const auto changes = scaled(100000);
  const std::size_t lives = 10;
  bool any_moved = false;
  for (std::uint32_t seed = 1; seed <= lives; ++seed) {
    life world(seed);
    for (std::size_t i = 0; i < changes / lives; ++i) {
      world.change();
      const auto ids = random_world::tenant_ids();
      if (i % 20 == 0) world.compare(ids[i / 20 % ids.size()]);
      if (i % 500 == 0) world.compare_with_fresh();
      if (::testing::Test::HasFailure()) FAIL() << "life " << seed << ", change " << i;
    }
    for (const auto& id : random_world::tenant_ids()) world.compare(id);
    world.compare_with_fresh();
    any_moved |= world.has_moved();
  }
  EXPECT_TRUE(any_moved);
}

}  // namespace
}  // namespace licaudit::factors

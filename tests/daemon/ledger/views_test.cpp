// What an auditor with a SQL shell reads must be what the reader answers.
#include "bookkeeper.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gtest/gtest.h>

#include <random>

namespace licaudit::ledger {
namespace {

tenant_tally random_tally(const std::string& tenant, std::mt19937& random) {
  tenant_tally made;
  made.tenant = tenant;
  for (const char* id : {"ump", "agents"}) {
    if (random() % 8 == 0) continue;
    auto& licence = made.licences.emplace_back();
    licence.licence = id;
    if (random() % 2 == 0) licence.acquired = random() % 3;
    licence.state = static_cast<tally_state>(random() % 5);
    for (const char* factor : {"dr", "oc", "lcm"}) {
      if (random() % 5 == 0) continue;
      factor_tally one{factor, random() % 3 != 0, static_cast<std::int64_t>(random() % 3)};
      if (random() % 4 != 0) one.configured = random() % 3;
      licence.factors.push_back(one);
      licence.licensed += one.calculated;
    }
  }
  return made;
}

std::string text_of(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "NULL";
}

class views_test : public testing::Test {
 protected:
  /// Calculations of two tenants over the end of a month.
  views_test() {
    auto book = state.open();
    bookkeeper keeper(*book);
    std::mt19937 random(11);
    for (int i = 0; i < 30; ++i) {
      for (const char* tenant : {"acme", "apex"}) {
        if (random() % 9 == 0)
          keeper.hide(tenant);
        else if (random() % 2 == 0)
          keeper.show(random_tally(tenant, random));
      }
      keeper.calculate(at("2026-01-17T00:00:00Z") + std::chrono::days(i));
    }
  }
  [[nodiscard]] std::vector<history_entry> history(const std::string& tenant) const {
    history_query query;
    query.tenant = tenant;
    query.since = at("2026-01-01T00:00:00Z");
    query.until = at("2026-04-01T00:00:00Z");
    return state.read()->history(query).value().entries;
  }
  static std::string of(const std::string& tenant, const history_entry& one) {
    return " WHERE tenant = '" + tenant + "' AND sequence = " + std::to_string(one.sequence);
  }

  scratch_state state;
};

TEST_F(views_test, licences_are_summed_as_they_were_in_force) {
  raw_sqlite raw(state.file());
  int seen = 0;
  for (const std::string tenant : {"acme", "apex"})
    for (const auto& entry : history(tenant)) {
      std::vector<std::string> expected, found;
      for (const auto& one : entry.tally.licences)
        expected.push_back(one.licence + " " + std::to_string(one.licensed) + ' ' + text_of(one.acquired) + ' ' +
                           std::string(to_text(one.state)));
      std::sort(expected.begin(), expected.end());
      for (const auto& row : raw.rows("SELECT licence || ' ' || licensed || ' ' || coalesce(acquired, 'NULL') || ' ' ||"
                                      " state FROM licences" +
                                      of(tenant, entry) + " ORDER BY 1"))
        found.push_back(row.at(0));
      EXPECT_EQ(found, expected) << tenant << " at " << to_rfc3339(entry.at);
      seen += static_cast<int>(found.size());
    }
  EXPECT_GT(seen, 50);
}

TEST_F(views_test, factors_are_those_in_force) {
  raw_sqlite raw(state.file());
  int seen = 0;
  for (const std::string tenant : {"acme", "apex"})
    for (const auto& entry : history(tenant)) {
      std::vector<std::string> expected, found;
      for (const auto& licence : entry.tally.licences)
        for (const auto& one : licence.factors)
          expected.push_back(licence.licence + "/" + one.factor + ' ' + std::to_string(one.calculated) + ' ' +
                             text_of(one.configured) + (one.on ? " 1" : " 0"));
      std::sort(expected.begin(), expected.end());
      for (const auto& row : raw.rows("SELECT licence || '/' || factor || ' ' || calculated || ' ' ||"
                                      " coalesce(configured, 'NULL') || ' ' || is_on FROM factors" +
                                      of(tenant, entry) + " ORDER BY 1"))
        found.push_back(row.at(0));
      EXPECT_EQ(found, expected) << tenant << " at " << to_rfc3339(entry.at);
      seen += static_cast<int>(found.size());
    }
  EXPECT_GT(seen, 100);
}

TEST_F(views_test, changes_have_dates_and_names) {
  raw_sqlite raw(state.file());
  EXPECT_EQ(raw.value("SELECT count(*) FROM tallies"), raw.value("SELECT count(*) FROM tally"));
  EXPECT_EQ(raw.value("SELECT count(*) FROM tallies WHERE at LIKE '2026-01-17T00:00:00.000Z' AND n1 IS NULL"), "0");
}

}  // namespace
}  // namespace licaudit::ledger

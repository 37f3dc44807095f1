#include "daemon/settings/settings.hpp"
#include "tests/daemon/settings/settings_folder.hpp"

#include <gmock/gmock.h>

namespace licaudit::settings {
namespace {

using ::testing::ElementsAre;

class terms_folder : public settings_folder {};

TEST_F(terms_folder, gives_what_the_json_form_gives) {
  write("factors.d/a.yaml", R"(
licences:
  - id: stt
    billing: { of: acquired, by: peak }
    limit: { included: 5000, unit: minute, period: month }
    requires: [voice]
    warn: { available: 5% }
    grace: { percent: 10, days: 14 }
    pool: units
    multiple: 5
    factors: [ { id: minutes, subject: meter, unit: minute } ]
  - id: voice
    warn: { available: 20 }
    pool: tenants
    factors:
      - { id: agents, units: { per: retention, step: 3 months, free: 14 days } }
      - { id: ranges, subject: number, count: expanded }
      - { id: storage, subject: meter, package: { size: 500, unit: GB } }
  - { id: old, deprecated: { successor: [voice, stt] }, factors: [ { id: f } ] }
  - { id: older, deprecated: {}, factors: [ { id: f } ] }
)");
  const auto expected = factor_set_from_json(parse_json(R"({"licences": [
    {"id": "stt", "billing": {"of": "acquired", "by": "peak"}, "requires": ["voice"], "warn": {"available": "5%"},
     "limit": {"included": 5000, "unit": "minute", "period": "month"}, "grace": {"percent": 10, "days": 14},
     "pool": "units", "multiple": 5, "factors": [{"id": "minutes", "subject": "meter", "unit": "minute"}]},
    {"id": "voice", "warn": {"available": 20}, "pool": "tenants", "factors": [
      {"id": "agents", "units": {"per": "retention", "step": "3 months", "free": "14 days"}},
      {"id": "ranges", "subject": "number", "count": "expanded"},
      {"id": "storage", "subject": "meter", "package": {"size": 500, "unit": "GB"}}]},
    {"id": "old", "deprecated": {"successor": ["voice", "stt"]}, "factors": [{"id": "f"}]},
    {"id": "older", "deprecated": {}, "factors": [{"id": "f"}]}]})")
                                                 .value())
                            .value();
  EXPECT_EQ(good("")->rules->set(), expected);
}

TEST_F(terms_folder, several_files_may_say_some_each) {
  write("factors.d/a.yaml", "licences: [ { id: a, pool: units, warn: { available: 5 }, factors: [ { id: f } ] } ]\n");
  write("factors.d/b.yaml", "licences: [ { id: a, pool: units, grace: { percent: 1, days: 2 } } ]\n");
  const auto terms = good("")->rules->set().licences.at(0).terms;
  EXPECT_EQ(terms.pool, pool_kind::units);
  EXPECT_EQ(terms.warn->available, 5);
  EXPECT_EQ(terms.grace->days, 2);
}

TEST_F(terms_folder, files_that_disagree_are_refused) {
  write("factors.d/a.yaml",
        "licences: [ { id: a, pool: units, limit: { included: 5 }, requires: [b], factors: [ { id: f } ] },\n"
        "            { id: b, multiple: 2, factors: [ { id: f } ] } ]\n");
  write("factors.d/b.yaml",
        "licences: [ { id: a, pool: tenants, limit: { included: 6 }, requires: [] },\n"
        "            { id: b, multiple: 3 } ]\n");
  EXPECT_THAT(problems_of(""), ElementsAre("factors.d/b.yaml:1:28: licences[0].pool: expected what factors.d/a.yaml:1 "
                                           "says of this licence, found something else",
                                           "factors.d/b.yaml:1:44: licences[0].limit: expected what factors.d/a.yaml:1 "
                                           "says of this licence, found something else",
                                           "factors.d/b.yaml:1:71: licences[0].requires: expected what "
                                           "factors.d/a.yaml:1 says of this licence, found something else",
                                           "factors.d/b.yaml:2:32: licences[1].multiple: expected what "
                                           "factors.d/a.yaml:2 says of this licence, found something else"));
}

TEST_F(terms_folder, what_is_wrong_is_said_where_it_stands) {
  write("factors.d/a.yaml", R"(licences:
  - id: a
    limit: { included: -1, period: week, colour: red }
    pool: shared
    requires: [ 'no such' ]
    warn: { available: 105% }
    grace: { percent: 10 }
    multiple: 1
    factors:
      - { id: f, units: { per: retention, step: 3 days, free: 1 month } }
      - { id: g, priority: 2, package: { size: 0 } }
      - { id: h, priority: 3, count: all }
)");
  EXPECT_THAT(problems_of(""),
              ElementsAre("factors.d/a.yaml:3:24: licences[0].limit.included: expected a whole number from 0 to "
                          "1000000000000, found -1",
                          "factors.d/a.yaml:3:36: licences[0].limit.period: expected month; leave it out where the "
                          "limit is of what there is at one time, found 'week'",
                          "factors.d/a.yaml:3:42: licences[0].limit.colour: expected a known key, found 'colour'",
                          "factors.d/a.yaml:4:11: licences[0].pool: expected units or tenants, found 'shared'",
                          "factors.d/a.yaml:5:17: licences[0].requires[0]: expected a name of 1 to 128 letters, "
                          "digits, '.', '_' or '-', found 'no such'",
                          "factors.d/a.yaml:6:24: licences[0].warn.available: expected a percentage, as 5%, or a whole "
                          "number, found '105%'",
                          "factors.d/a.yaml:7:12: licences[0].grace: expected the key 'days', how long, found none",
                          "factors.d/a.yaml:8:15: licences[0].multiple: expected a whole number from 2 to "
                          "1000000000000, found 1",
                          "factors.d/a.yaml:10:49: licences[0].factors[0].units.step: expected a number of months or "
                          "years, as '3 months', found '3 days'",
                          "factors.d/a.yaml:10:63: licences[0].factors[0].units.free: expected a number of days or "
                          "weeks, as '14 days', found '1 month'",
                          "factors.d/a.yaml:11:48: licences[0].factors[1].package.size: expected a whole number from 1 "
                          "to 1000000000000, found 0",
                          "factors.d/a.yaml:12:38: licences[0].factors[2].count: expected expanded; leave it out where "
                          "each rule counts once, found 'all'"));
}

TEST_F(terms_folder, what_does_not_go_together_is_said_where_it_stands) {
  write("factors.d/a.yaml", R"(licences:
  - id: a
    requires: [a, b]
    deprecated: { successor: [c] }
    factors:
      - { id: f, count: expanded }
      - { id: g, priority: 2, unit: minute }
      - { id: h, subject: meter, unit: minute, package: { size: 100, unit: hour } }
)");
  EXPECT_THAT(
      problems_of(""),
      ElementsAre(
          "factors.d/a.yaml:3:15: licences[0].requires: a licence cannot name itself",
          "factors.d/a.yaml:4:17: licences[0].deprecated: there is no licence `c` in the factor files",
          "factors.d/a.yaml:6:25: licences[0].factors[0].count: only numbers can be expanded: leave it out",
          "factors.d/a.yaml:7:37: licences[0].factors[1].unit: only meters have a unit: leave it out",
          "factors.d/a.yaml:8:40: licences[0].factors[2].unit: the package has the unit `hour`: leave this one out"));
}

}  // namespace
}  // namespace licaudit::settings

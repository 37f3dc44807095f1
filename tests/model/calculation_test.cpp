#include "model/calculation.hpp"

#include "tests/model/written.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace licaudit {
namespace {

tenant_tally sample() {
  licence_tally ump{
      "ump", 500, 370, tally_state::degraded, {{"direct-routing", true, 200, 212}, {"user-interface", false, 0, 380}}};
  licence_tally recording{"call-recording", std::nullopt, 0, tally_state::never, {{"all", true, 0, std::nullopt}}};
  return {"contoso", true, false, 812, {ump, recording}};
}

TEST(calculation_test, writes_a_tally_as_people_know_it) {
  EXPECT_EQ(to_text(factor_tally{"f", true, 12, 34}), "12 (34)");
  EXPECT_EQ(to_text(factor_tally{"f", false, 0, 34}), "0 (34) (n/a)");
  EXPECT_EQ(to_text(factor_tally{"f", true, 0, std::nullopt}), "0 (n/a)");
  EXPECT_EQ(to_text(factor_tally{"f", false, 0, std::nullopt}), "0 (n/a)");
  EXPECT_EQ(to_text(factor_tally{"f", true, 0, 0}), "0 (0)");
}

TEST(calculation_test, names_its_states) {
  for (const auto state :
       {tally_state::ok, tally_state::disabled, tally_state::never, tally_state::degraded, tally_state::held}) {
    EXPECT_EQ(parse_tally_state(to_text(state)).value(), state);
  }
  EXPECT_EQ(problem_of(parse_tally_state("good")),
            "'good' is no state of a tally: expected ok, disabled, never, degraded or held");
}

TEST(calculation_test, gives_a_page_the_worst_state_of_its_licences) {
  EXPECT_EQ(sample().state(), tally_state::degraded);
  EXPECT_EQ(tenant_tally{}.state(), tally_state::ok);
  tenant_tally disabled;
  disabled.disabled = true;
  EXPECT_EQ(disabled.state(), tally_state::disabled);
}

TEST(calculation_test, knows_what_is_available) {
  EXPECT_EQ(sample().licences[0].available(), 130);
  EXPECT_EQ(sample().licences[1].available(), std::nullopt);
}

TEST(calculation_test, keeps_the_form_of_a_leaf) {
  EXPECT_EQ(canonical_json(to_json(sample())),
            R"({"aggregated":true,"disabled":false,"licences":[)"
            R"({"acquired":500,"factors":[{"calculated":200,"configured":212,"factor":"direct-routing","on":true},)"
            R"({"calculated":0,"configured":380,"factor":"user-interface","on":false}],)"
            R"("licence":"ump","licensed":370,"state":"degraded"},)"
            R"({"acquired":null,"factors":[{"calculated":0,"configured":null,"factor":"all","on":true}],)"
            R"("licence":"call-recording","licensed":0,"state":"never"}],"monitored":812,"tenant":"contoso"})");
}

TEST(calculation_test, reads_a_tally_back) {
  EXPECT_EQ(tenant_tally_from_json(to_json(sample())).value(), sample());
  EXPECT_EQ(tenant_tally_from_json(parsed(canonical_json(to_json(sample())))).value(), sample());
}

TEST(calculation_test, says_what_is_wrong_with_a_tally) {
  EXPECT_EQ(problem_of(tenant_tally_from_json(relaxed("{'tenant':'a'}"))),
            "tally: monitored: expected a whole number, found nothing");
  EXPECT_EQ(problem_of(tenant_tally_from_json(
                relaxed("{'tenant':'a','monitored':0,'licences':[{'licence':'l','licensed':1,'state':'x'}]}"))),
            "tally of a: licence tally: state: expected ok, disabled, never, degraded or held, found 'x'");
  EXPECT_FALSE(tenant_tally_from_json(
      relaxed("{'tenant':'a','monitored':0,'licences':[{'licence':'l','licensed':1,'state':'ok','factors':[5]}]}")));
  EXPECT_FALSE(tenant_tally_from_json(relaxed("{'tenant':'a','monitored':0,'who':'ann'}")));
}

TEST(calculation_test, keeps_causes_short_and_reads_them_back) {
  const calculation_cause sync{"sync", "teams", 17, 0, "", ""};
  EXPECT_EQ(canonical_json(to_json(sync)), R"({"kind":"sync","run":17,"source":"teams"})");
  EXPECT_EQ(calculation_cause_from_json(to_json(sync)).value(), sync);
  const calculation_cause apply{"apply", "", 0, 4711, "north", "lifecycle-management off"};
  EXPECT_EQ(calculation_cause_from_json(to_json(apply)).value(), apply);
  EXPECT_EQ(canonical_json(to_json(calculation_cause{"start", "", 0, 0, "", ""})), R"({"kind":"start"})");
  EXPECT_FALSE(calculation_cause_from_json(relaxed("{}")));
}

TEST(calculation_test, finds_what_a_tally_says_of_a_licence) {
  tenant_tally tally;
  EXPECT_EQ(tally.find("ump"), nullptr);
  tally.licences.resize(2);
  tally.licences[0].licence = "storage";
  tally.licences[1].licence = "ump";
  EXPECT_EQ(tally.find("ump"), &tally.licences[1]);
  EXPECT_EQ(std::as_const(tally).find("storage"), &tally.licences[0]);
  EXPECT_EQ(tally.find("um"), nullptr);
}

}  // namespace
}  // namespace licaudit

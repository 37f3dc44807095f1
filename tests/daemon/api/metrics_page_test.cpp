#include "daemon/api/metrics_page.hpp"

#include "sample_house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(metrics_page_test, leaves_out_what_is_not_known) {
  sample_house rooms;
  auto fresh = sample_tenant("contoso", "albion", tenant_type::customer, 3);
  fresh->tally.change().licences[0].acquired.reset();
  fresh->tally.change().licences[0].factors[1].configured.reset();
  rooms.seen->tenants["contoso"] = fresh;
  rooms.seen->last_calculation.reset();
  sync::source_state never;
  never.source = "teams";
  never.condition = sync::source_condition::never;
  const std::string page = metrics_page(*rooms.seen, rooms.known_facts, {never}, sample_now);
  EXPECT_THAT(page, Not(HasSubstr("licence_limit{tenant=\"contoso\"")));
  EXPECT_THAT(page, Not(HasSubstr("factor_configured{tenant=\"contoso\",licence=\"ump\",factor=\"lifecycle")));
  EXPECT_THAT(page, HasSubstr("factor_configured{tenant=\"contoso\",licence=\"ump\",factor=\"direct-routing\"} 15\n"));
  EXPECT_THAT(page, Not(HasSubstr("calculation_timestamp_seconds")));
  EXPECT_THAT(page, Not(HasSubstr("source_last_success_timestamp_seconds{")));
  EXPECT_THAT(page, HasSubstr("licaudit_source_ok{source=\"teams\"} 0\n"));
}

TEST(metrics_page_test, turns_to_nought_when_something_is_wrong) {
  sample_house rooms;
  const auto page = [&rooms] { return metrics_page(*rooms.seen, rooms.known_facts, {}, sample_now); };
  EXPECT_THAT(page(), HasSubstr("licaudit_writable 1\n"));
  EXPECT_THAT(page(), HasSubstr("licaudit_rules_pending 0\n"));
  EXPECT_THAT(page(), HasSubstr("licaudit_licence_sound{tenant=\"contoso\",licence=\"ump\"} 1\n"));
  rooms.seen->problem = "the disk is full";
  rooms.seen->pending = sample_rules();
  rooms.known_facts.last_reload_worked = false;
  auto held = sample_tenant("contoso", "albion", tenant_type::customer, 3);
  held->tally.change().licences[0].state = tally_state::held;
  rooms.seen->tenants["contoso"] = held;
  EXPECT_THAT(page(), HasSubstr("licaudit_writable 0\n"));
  EXPECT_THAT(page(), HasSubstr("licaudit_rules_pending 1\n"));
  EXPECT_THAT(page(), HasSubstr("licaudit_config_last_reload_successful 0\n"));
  EXPECT_THAT(page(), HasSubstr("licaudit_licence_sound{tenant=\"contoso\",licence=\"ump\"} 0\n"));
}

}  // namespace
}  // namespace licaudit::api

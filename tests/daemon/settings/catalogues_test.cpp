#include "daemon/settings/settings.hpp"
#include "tests/daemon/settings/settings_folder.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace licaudit::settings {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The catalogues that are installed, side by side as the daemon reads them.
class catalogues : public settings_folder {
 protected:
  catalogues() { set_ = good("factors: " LICAUDIT_SOURCE_DIRECTORY "/config/factors.d/*.yaml\n")->rules->set(); }

  [[nodiscard]] const licence& at(const char* id) const {
    const auto* found = set_.find(id);
    if (found == nullptr) throw std::runtime_error(id);
    return *found;
  }

  [[nodiscard]] std::vector<std::string> licences_of(const char* service) const {
    std::vector<std::string> ids;
    for (const auto& each : set_.licences)
      if (std::any_of(each.factors.begin(), each.factors.end(), [&](const factor& f) { return f.applies_to(service); }))
        ids.push_back(each.id);
    return ids;
  }

  factor_set set_;
};

TEST_F(catalogues, each_vendor_has_its_own_service) {
  EXPECT_THAT(licences_of("ump-365"), ElementsAre("ump"));
  EXPECT_THAT(licences_of("self-service"),
              ElementsAre("call-recording", "outbound", "power-pack-ai-qa", "power-pack-ai-topics",
                          "power-pack-smart-routing", "speech-to-text", "voice"));
  EXPECT_THAT(licences_of("contact-centre"),
              ElementsAre("agents", "ai-agents", "audio-video", "canned-messages", "channel-accounts", "dataset-files",
                          "dataset-urls", "disk", "widgets", "workflow-triggers", "workflows"));
  EXPECT_EQ(licences_of("recording").size(), 29U);
  for (const auto& each : set_.licences)
    for (const auto& one : each.factors) EXPECT_EQ(one.services.empty(), false) << each.id.text();
}

TEST_F(catalogues, recording_sells_packages) {
  const auto package = [this](const char* id) {
    return std::to_string(at(id).factors.at(0).counting.package->size) + " " +
           at(id).factors.at(0).counting.package->unit;
  };
  for (const auto* id : {"storage", "archive-storage", "data-export"}) EXPECT_EQ(package(id), "500 GB") << id;
  for (const auto* id : {"transcription", "translation"}) EXPECT_EQ(package(id), "100 hour") << id;
  EXPECT_EQ(package("ai-tokens"), "20000000 token");
}

TEST_F(catalogues, recording_names_the_successors_of_what_is_deprecated) {
  std::set<std::string> deprecated;
  for (const auto& each : set_.licences)
    if (each.terms.is_deprecated()) deprecated.insert(each.id);
  EXPECT_THAT(deprecated, ElementsAre("compliance-uc-recording-analytics", "compliance-voice-recording-analytics",
                                      "package-speech-analytics", "package-video-indexer",
                                      "smart-uc-recording-analytics", "smart-voice-analytics"));
  EXPECT_THAT(*at("package-speech-analytics").terms.successors,
              ElementsAre("ai-policy-engine", "recording-insights-ai"));
  EXPECT_THAT(*at("package-video-indexer").terms.successors, IsEmpty());
}

TEST_F(catalogues, a_contact_centre_shares_its_system_licence) {
  EXPECT_EQ(at("agents").terms.pool, pool_kind::units);
  EXPECT_EQ(at("ai-agents").terms.pool, pool_kind::tenants);
  EXPECT_EQ(at("workflow-triggers").terms.pool, pool_kind::units);
  EXPECT_EQ(at("workflow-triggers").terms.limit->included, 1000);
  EXPECT_EQ(at("disk").factors.at(0).counting.unit, "GB");
}

TEST_F(catalogues, self_service_bills_the_peak_of_a_month) {
  for (const auto& id : licences_of("self-service")) EXPECT_EQ(at(id.c_str()).billing_by, "peak") << id;
  EXPECT_EQ(at("voice").billing_of, "acquired");
  EXPECT_EQ(at("call-recording").billing_of, "calculated");
  EXPECT_THAT(at("outbound").terms.needs, ElementsAre("voice"));
  EXPECT_EQ(to_text(at("call-recording").factors.at(0).counting.units->step), "3 months");
  EXPECT_EQ(at("speech-to-text").terms.limit->included, 5000);
  EXPECT_TRUE(at("speech-to-text").terms.limit->monthly);
}

TEST_F(settings_folder, a_fifth_vendor_is_a_file_and_nothing_else) {
  write("factors.d/doorbells.yaml", R"(
services: { doorbells: { monitors_users: false } }
licences:
  - id: doors
    title: Door stations
    billing: { of: acquired, by: average }
    pool: units
    multiple: 10
    warn: { available: 2 }
    factors:
      - { id: ranges, subject: number, services: [doorbells], configured: [ { tag: '^door' } ], count: expanded }
  - id: video
    title: Video minutes
    requires: [doors]
    limit: { included: 60, unit: minute, period: month }
    factors:
      - { id: minutes, subject: meter, services: [doorbells], unit: minute, configured: [ { id: '^video$' } ] }
)");
  const auto set = good("")->rules->set();
  ASSERT_EQ(set.licences.size(), 2U);
  EXPECT_TRUE(set.licences[0].factors.at(0).counting.expanded);
  EXPECT_EQ(set.licences[0].terms.multiple, 10);
  EXPECT_EQ(set.licences[1].terms.limit->included, 60);
  EXPECT_FALSE(set.service_monitors_users("doorbells"));
}

}  // namespace
}  // namespace licaudit::settings

// Tenants of one's own from their addition to their removal, by the real programs.
#include "tests/system/running_daemon.hpp"

#include "model/digest.hpp"
#include "model/instant.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>

namespace licaudit::test {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

namespace {

using words = std::vector<std::string>;

class tenants : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto text = host.read("licauditd.yaml");
    host.write("licauditd.yaml", text + "\ndeletion_secret_sha256: " + to_hex(sha256("sesame")) + "\n");
    ASSERT_TRUE(host.start()) << host.said();
    ASSERT_EQ(host.cli({"refresh"}).status, 0);
    root = host.ask({"tenants", "--type", "provider"}).at("tenants").at(0).at("tenant").as_string().c_str();
    for (const char* reseller : {"east", "west"})
      done({"tenant", "add", reseller, "--name", reseller, "--type", "reseller"});
    done({"tenant", "add", "shop", "--name", "The \"Shop\", Ltd", "--parent", "east", "--service", "direct-routing-pro",
          "--site", "a=gw-shop", "--acquired", "ump=5", "--country", "GB", "--contract-number", "K-4711"});
    done({"user", "put", "shop", "ann@shop.example", "pstn_gateway=gw-shop"});
  }

  void done(const words& command) {
    const auto outcome = host.cli(command);
    ASSERT_EQ(outcome.status, 0) << command[1] << ": " << outcome.err;
  }
  std::string refusal(const words& command, int status = 5) {
    const auto outcome = host.cli(command);
    EXPECT_EQ(outcome.status, status) << outcome.out << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    return outcome.err;
  }
  std::string report(const std::string& columns) {
    return host.cli({"tenants", "--search", "shop", "--csv", "--no-header", "--columns", columns}).out;
  }
  bool reached(const std::function<bool()>& state) {
    const auto begun = std::chrono::steady_clock::now();
    while (!state()) {
      if (std::chrono::steady_clock::now() - begun > std::chrono::seconds(50)) return false;
      std::this_thread::yield();
    }
    return true;
  }

  running_daemon host;
  std::string root;
};

}  // namespace

TEST_F(tenants, are_reported_by_columns) {
  EXPECT_EQ(host.cli({"tenants", "--search", "shop", "--csv", "--columns",
                      "tenant,name,country,contract_number,ump.licensed,ump.acquired,attribute.colour"})
                .out,
            "tenant,name,country,contract_number,ump.licensed,ump.acquired,attribute.colour\r\n"
            "shop,\"The \"\"Shop\"\", Ltd\",GB,K-4711,1,5,\r\n");
  done({"tenant", "set", "shop", "--attribute", "colour=red", "--country", "IE"});
  EXPECT_EQ(report("country,contract_number,attribute.colour"), "IE,K-4711,red\r\n");
  done({"tenant", "set", "shop", "--attribute", "colour="});
  EXPECT_EQ(report("attribute.colour,type"), ",customer\r\n");
  EXPECT_THAT(refusal({"tenants", "--columns", "tenant,shoe-size"}), HasSubstr("there is no column 'shoe-size'"));
}

TEST_F(tenants, move_as_a_dry_run_foretold) {
  const auto tried = host.ask({"tenant", "move", "shop", "--to", "west", "--dry-run"});
  EXPECT_EQ(tried.at("state").as_string(), "dry-run");
  EXPECT_EQ(report("parent"), "east\r\n");
  done({"tenant", "move", "shop", "--to", "west"});
  EXPECT_EQ(report("parent"), "west\r\n");
  for (const auto& sum : tried.at("sums").as_array()) {
    const std::string tenant(sum.at("tenant").as_string());
    const auto page = host.ask({"show", tenant});
    std::int64_t licensed = 0;
    for (const auto& one : page.at("licences").as_array()) licensed += one.at("licensed").as_int64();
    EXPECT_EQ(licensed, sum.at("licences").at(0).at("licensed").at(1).as_int64()) << tenant;
  }
}

TEST_F(tenants, move_when_the_time_has_come_also_after_downtime) {
  done({"tenant", "move", "shop", "--to", "west", "--effective", "+1s"});
  EXPECT_TRUE(reached([this] { return report("parent") == "west\r\n"; }));
  const auto planned = host.ask({"tenant", "move", "shop", "--to", "east", "--effective", "+1s"});
  const auto due = parse_rfc3339(planned.at("effective").as_string().c_str()).value();
  EXPECT_EQ(host.stop(), 0);
  EXPECT_TRUE(reached([due] { return std::chrono::system_clock::now() > due; }));
  ASSERT_TRUE(host.start()) << host.said();
  EXPECT_TRUE(reached([this] { return report("parent") == "east\r\n"; }));
  EXPECT_THAT(host.cli({"log", "--tenant", "shop"}).out, HasSubstr("tenant shop moved under east, as"));
  EXPECT_EQ(host.cli({"verify", "--full"}).status, 0);
}

TEST_F(tenants, refuse_nonsense_with_one_sentence_that_the_log_keeps) {
  EXPECT_THAT(refusal({"tenant", "move", "shop", "--to", "shop"}), HasSubstr("cannot stand under itself"));
  EXPECT_THAT(refusal({"tenant", "move", root, "--to", "shop"}), HasSubstr("is the root"));
  EXPECT_THAT(refusal({"tenant", "move", "shop", "--to", "west", "--effective", "1 December"}),
              HasSubstr("'1 December' names no time zone with 'December'"));
  EXPECT_THAT(refusal({"tenant", "move", "shop", "--to", "west", "--effective", "yesterday"}),
              HasSubstr("lies in the past"));
  EXPECT_THAT(refusal({"tenant", "set", "shop", "--billing-date", "November"}),
              HasSubstr("billing_date: expected a day like 2026-11-21, found 'November'"));
  EXPECT_THAT(refusal({"tenant", "add", "shop2", "--parent", "east", "--name", "the \"shop\", ltd"}),
              HasSubstr("as well; rename one of the two"));
  EXPECT_EQ(report("parent"), "east\r\n");
  EXPECT_TRUE(reached([this] {
    const auto log = host.cli({"log", "--type", "refused", "--csv"}).out;
    return log.find("cannot stand under itself") != std::string::npos &&
           log.find("expected a day like") != std::string::npos && log.find("lies in the past") != std::string::npos;
  })) << host.cli({"log", "--type", "refused", "--csv"}).out;
}

TEST_F(tenants, leave_their_history_behind) {
  host.write("secret", "sesame\n");
  const auto secret = (host.folder() / "demo" / "secret").string();
  done({"tenant", "remove", "shop", "--secret-file", secret});
  EXPECT_EQ(report("tenant"), "");
  EXPECT_THAT(host.cli({"history", "shop"}).out, HasSubstr("ump"));
  EXPECT_THAT(host.cli({"log", "--tenant", "shop"}).out, HasSubstr("tenant shop removed"));
  EXPECT_THAT(refusal({"tenant", "add", "shop", "--parent", "east"}), HasSubstr("never given again"));
  EXPECT_EQ(host.cli({"verify", "--full"}).status, 0);
}

}  // namespace licaudit::test

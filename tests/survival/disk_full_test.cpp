// A disk without space, and one with little, by a limit on the size of the daemon's files. (It works without root, and
// a write beyond it fails as one on a full disk does.)
#include "tests/survival/http_client.hpp"
#include "tests/survival/ledger_copy.hpp"
#include "tests/survival/patience.hpp"
#include "tests/system/scripted_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <iostream>

namespace licaudit::test {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* put_ann = "/v1/tenants/contoso/users/ann";
constexpr const char* put_bob = "/v1/tenants/contoso/users/bob";
constexpr const char* on_london = R"({"fields":{"pstn_gateway":"sb1-1316004-508-3.sbc.example.net"}})";

class tight_host : public scripted_host {
 public:
  tight_host() {
    write("licauditd.yaml", read("licauditd.yaml") + "schedule: { calculate: 2s, sync: 1h }\n");
    script("feed", snapshot(users(20)));
    source("feed.yaml", "feed", ", tenant: contoso");
  }

  /// No file grows beyond this any more.
  void limit_files(rlim_t bytes) const {
    const rlimit limit{bytes, RLIM_INFINITY};
    ASSERT_EQ(::prlimit(pid(), RLIMIT_FSIZE, &limit, nullptr), 0);
  }
  void fill_the_disk() const { limit_files(4096); }
  void make_room() const { limit_files(RLIM_INFINITY); }

  [[nodiscard]] json::object status() const { return get("/v1/status").object(); }
  [[nodiscard]] bool can_write() const {
    const auto said = status();
    const auto* problem = said.if_contains("problem");
    return problem != nullptr && problem->is_null();
  }
  [[nodiscard]] http_answer give_order(const char* target) const {
    return ask_over_http(socket(), "PUT", target, on_london);
  }
  [[nodiscard]] http_answer get(const char* target) const { return ask_over_http(socket(), "GET", target); }
};

}  // namespace

TEST(disk_full, stops_writing_answers_questions_says_so_and_heals_by_itself) {
  tight_host host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status & ~6, 0) << host.said();
  ASSERT_TRUE(host.give_order(put_ann).good());
  ASSERT_EQ(host.shown("contoso", "direct-routing"), "21 (21)");
  host.fill_the_disk();

  const auto refused = host.give_order(put_bob);
  EXPECT_EQ(refused.status, 503) << refused.body;
  EXPECT_THAT(refused.body, HasSubstr("nothing was changed"));
  const auto status = host.status();
  EXPECT_EQ(status.at("state").as_string(), "degraded");
  EXPECT_TRUE(status.at("problem").is_string());
  EXPECT_EQ(host.cli({"status"}).status, 6) << "it fails, so that a monitor hears of it";
  EXPECT_THAT(host.findings(), HasSubstr("storage"));
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "21 (21)") << "questions go on, and nothing moved";
  EXPECT_TRUE(host.get("/v1/tenants/contoso/history?since=2020-01-01").good());
  EXPECT_TRUE(host.get("/v1/tenants/contoso/subjects?licence=ump").good());
  EXPECT_THAT(ask_over_http(host.socket(), "POST", "/v1/refresh", "{}").body, HasSubstr("problem"));

  host.make_room();
  const auto begun = std::chrono::steady_clock::now();
  ASSERT_TRUE(wait_until([&] { return host.can_write(); })) << "nobody asks it to, and it must notice: " << host.said();
  const std::chrono::duration<double> healed = std::chrono::steady_clock::now() - begun;
  std::cout << "writing again " << healed.count() << " s after there was room; the interval is 2 s\n";
  EXPECT_THAT(host.findings(), Not(HasSubstr("storage")));
  EXPECT_TRUE(host.give_order(put_bob).good());
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "22 (22)");
  EXPECT_EQ(host.cli({"verify", "--full"}).status, 0);
  host.kill_hard();
  const ledger_copy left(host.state(), host.folder() / "copy");
  EXPECT_EQ(left.damage(), "");
  EXPECT_EQ(left.number("SELECT count(*) FROM operation WHERE type = 'subject'"), 2) << "what was refused is not there";
}

TEST(disk_full, refuses_what_does_not_fit_and_keeps_the_rest_whole) {
  tight_host host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status & ~6, 0) << host.said();
  ASSERT_EQ(host.shown("contoso", "direct-routing"), "20 (20)");
  // Room for some small commits, and none for a run of 6,000 users.
  host.limit_files(std::filesystem::file_size(host.state() / "licaudit.db-wal") + (512u << 10));
  host.write("many", users(6000));
  host.script("feed",
              "echo '{\"kind\":\"begin\",\"protocol\":1,\"mode\":\"snapshot\"}'\n"
              "cat \"${0%/*}/../../many\"\necho '{\"kind\":\"end\"}'\n");
  const auto refreshed = host.cli({"refresh", "feed"});
  EXPECT_NE(refreshed.status, 0);
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "20 (20)") << "none of the run took effect";
  host.make_room();
  ASSERT_TRUE(wait_until([&] { return host.shown("contoso", "direct-routing") == "6000 (6000)"; }))
      << "the source runs again by itself: " << host.said();
  EXPECT_EQ(host.cli({"verify", "--full"}).status, 0);
}

TEST(disk_full, a_daemon_killed_while_its_disk_is_full_starts_again_with_what_it_acknowledged) {
  tight_host host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status & ~6, 0) << host.said();
  ASSERT_TRUE(host.give_order(put_ann).good());
  host.fill_the_disk();
  EXPECT_EQ(host.give_order(put_bob).status, 503);
  host.kill_hard();
  ASSERT_TRUE(host.start()) << host.said();
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "21 (21)");
  EXPECT_EQ(host.cli({"verify", "--full"}).status, 0);
}

}  // namespace licaudit::test

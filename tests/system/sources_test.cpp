// Several sources, one instance a tenant, deltas, guards, and sources that leave the settings: against the real daemon.
#include "tests/system/scripted_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::test {

using ::testing::HasSubstr;
using ::testing::Not;

namespace {

constexpr const char* on_site = R"({"pstn_gateway":"sb1-1316004-508-3.sbc.example.net"})";

void expect_sound_end(running_daemon& host) {
  const auto verified = host.cli({"verify", "--full"});
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
  EXPECT_EQ(host.stop(), 0);
}

std::string without_blanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

}  // namespace

TEST(sources, feed_one_subject_together_and_the_first_named_holds) {
  scripted_host host;
  host.script("first", snapshot(user("ann", on_site)));
  host.script("second", snapshot(user("ann", R"({"pstn_gateway":"elsewhere","lifecycle_template":"gold"})")));
  host.source("10-first.yaml", "first", ", tenant: contoso");
  host.source("20-second.yaml", "second", ", tenant: contoso");
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "1 (1)") << "the gateway of the first";
  EXPECT_EQ(host.shown("contoso", "lifecycle-management"), "0 (1)") << "the template of the second";

  // `local` stands before all.
  const auto put = run_program(
      {"/usr/bin/curl", "-sS", "--max-time", "20", "-X", "PUT", "-d", R"({"fields":{"pstn_gateway":"a desk phone"}})",
       "--unix-socket", host.socket().string(), "http://localhost/v1/tenants/contoso/users/ann"},
      "");
  ASSERT_THAT(put.out, HasSubstr("operation")) << put.err;
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "0 (1)");
  EXPECT_EQ(host.shown("contoso", "lifecycle-management"), "1 (1)") << "one subject counts once, by the next factor";
  const auto removed = run_program({"/usr/bin/curl", "-sS", "--max-time", "20", "-X", "DELETE", "--unix-socket",
                                    host.socket().string(), "http://localhost/v1/tenants/contoso/users/ann"},
                                   "");
  ASSERT_THAT(removed.out, HasSubstr("operation")) << removed.err;
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "1 (1)");
  expect_sound_end(host);
}

TEST(sources, have_an_instance_for_each_tenant_or_find_it_in_a_field) {
  scripted_host host;
  host.script("each", "case $request in\n*'contoso/Contoso Ltd\"'*) ;;\n*) echo \"$request\" >&2; exit 1;;\nesac\n" +
                          snapshot(user("ann", on_site)));
  host.write("sources.d/each.yaml",
             "name: each\nplugin: each\nfor_each: { service: direct-routing-pro }\n"
             "config: { path: '${tenant.id}/${tenant.name}' }\n");
  host.script("plans", snapshot(R"({"kind":"number","id":"p/1","fields":{"dial_plan":"cust-tailspin","tag":"t"}})"
                                "\n"
                                R"({"kind":"number","id":"p/2","fields":{"dial_plan":"emergency","tag":"t"}})"
                                "\n"));
  host.write("sources.d/plans.yaml",
             "sources:\n  - { name: plans, plugin: plans, tenant: { field: dial_plan, regex: '^cust-(.+)$' } }\n");
  ASSERT_TRUE(host.start()) << host.said();
  const auto refreshed = host.cli({"refresh"});
  ASSERT_EQ(refreshed.status, 0) << refreshed.out << host.said();
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "1 (1)");
  EXPECT_EQ(host.shown("tailspin", "service-numbers"), "1 (1)");
  EXPECT_THAT(host.cli({"sources"}).out, HasSubstr("each.contoso"));
  EXPECT_THAT(host.cli({"source", "runs", "plans"}).out, HasSubstr("no tenant 1")) << "left out, and counted";
  expect_sound_end(host);
}

TEST(sources, that_shrink_are_held_until_accepted) {
  scripted_host host;
  host.script("people", snapshot(users(100)));
  host.source("people.yaml", "people", ", tenant: contoso");
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  host.script("people", snapshot(users(40)));
  EXPECT_EQ(host.cli({"refresh"}).status, 6);
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "100 (100)");
  const auto page = host.cli({"show", "contoso"});
  EXPECT_EQ(page.status, 6);
  EXPECT_THAT(page.out, HasSubstr("would remove 60 of the 100"));
  EXPECT_THAT(page.out, HasSubstr("licaudit source accept people"));
  EXPECT_EQ(host.cli({"findings"}).status, 6);
  EXPECT_EQ(host.cli({"status"}).status, 6);
  EXPECT_EQ(host.stop(), 0);
  ASSERT_TRUE(host.start()) << host.said();
  const auto accepted = host.cli({"source", "accept", "people", "--tenant", "contoso"});
  EXPECT_EQ(accepted.status, 0) << accepted.err;
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "40 (40)");
  EXPECT_EQ(host.shown("contoso", "state"), "ok");
  EXPECT_EQ(host.cli({"source", "accept", "people"}).status, 5) << "nothing is held any more";
  EXPECT_EQ(host.cli({"refresh"}).status, 0);
  expect_sound_end(host);
}

TEST(sources, that_make_a_count_swing_leave_it_held_until_accepted) {
  scripted_host host;
  host.script("people", snapshot(users(100)));
  host.source("people.yaml", "people", ", tenant: contoso");
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  host.script("people", snapshot(users(100, "renamed.example.net")));
  EXPECT_EQ(host.cli({"refresh"}).status, 0) << "the run itself is sound";
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "0 (100)") << "computed and shown";
  EXPECT_EQ(host.shown("contoso", "state"), "held");
  const auto page = host.cli({"show", "contoso"});
  EXPECT_EQ(page.status, 6);
  EXPECT_THAT(page.out, HasSubstr("from 100 to 0"));
  EXPECT_THAT(page.out, HasSubstr("licaudit source accept people --tenant contoso")) << "what it says can be typed";
  EXPECT_EQ(host.cli({"source", "accept", "people", "--tenant", "contoso"}).status, 0);
  EXPECT_EQ(host.shown("contoso", "state"), "ok");
  expect_sound_end(host);
}

TEST(sources, that_give_deltas_go_on_from_their_cursor_after_a_restart) {
  scripted_host host;
  // Without a cursor all, with `1` a difference, with `2` it has forgotten where it was.
  host.script(
      "people",
      "case $request in\n"
      "*'\"cursor\":\"1\"'*) echo '{\"kind\":\"begin\",\"protocol\":1,\"mode\":\"delta\"}'\n"
      "  echo "
      "'{\"kind\":\"user\",\"id\":\"zoe\",\"fields\":{\"pstn_gateway\":\"sb1-1316004-508-3.sbc.example.net\"}}'\n"
      "  echo '{\"kind\":\"remove\",\"of\":\"user\",\"id\":\"u0\"}'\n"
      "  echo '{\"kind\":\"remove\",\"of\":\"user\",\"id\":\"u1\"}'\n"
      "  echo '{\"kind\":\"end\",\"cursor\":\"2\"}'; exit 0;;\n"
      "*'\"cursor\":\"2\"'*) exit 75;;\n"
      "*'\"cursor\":null'*) ;;\n*) exit 9;;\nesac\n"
      "cat <<'END_OF_LINES'\n{\"kind\":\"begin\",\"protocol\":1,\"mode\":\"snapshot\"}\n" +
          users(20) + "{\"kind\":\"end\",\"cursor\":\"1\"}\nEND_OF_LINES\n");
  host.source("people.yaml", "people", ", tenant: contoso, every: 1d");
  ASSERT_TRUE(host.start()) << host.said();
  // The source starts by itself; the page tells when its first run is done.
  const auto begun = std::chrono::steady_clock::now();
  while (host.shown("contoso", "direct-routing") != "20 (20)" &&
         std::chrono::steady_clock::now() - begun < std::chrono::seconds(50)) {
  }
  ASSERT_EQ(host.shown("contoso", "direct-routing"), "20 (20)");
  EXPECT_EQ(host.stop(), 0);
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh", "people"}).status, 0);
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "19 (19)") << "one more, two less";
  ASSERT_EQ(host.cli({"refresh", "people"}).status, 0) << "exit status 75: from the beginning";
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "20 (20)");
  EXPECT_THAT(without_blanks(host.cli({"source", "runs", "people"}).out), HasSubstr("yes")) << "a delta is told as one";
  expect_sound_end(host);
}

TEST(sources, that_leave_the_settings_count_until_a_person_lets_them_go) {
  scripted_host host;
  host.script("people", snapshot(users(30)));
  host.source("people.yaml", "people", ", tenant: contoso");
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  std::filesystem::remove(host.folder() / "demo" / "sources.d" / "people.yaml");
  host.signal(SIGHUP);
  ASSERT_TRUE(host.wait_ready());
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "30 (30)");
  const auto told = host.cli({"findings"});
  EXPECT_EQ(told.status, 1);
  EXPECT_THAT(told.out, HasSubstr("source people is no longer in the settings"));
  EXPECT_THAT(told.out, HasSubstr("licaudit source accept people"));
  EXPECT_EQ(host.stop(), 0);
  ASSERT_TRUE(host.start()) << host.said();
  EXPECT_THAT(host.findings(), HasSubstr("unconfigured-source")) << "after a restart too";
  const auto left = host.cli({"source", "accept", "people"});
  EXPECT_EQ(left.status, 0) << left.err;
  EXPECT_THAT(left.out, HasSubstr("has left"));
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "0 (0)");
  EXPECT_EQ(host.shown("contoso", "state"), "ok") << "a person said so: no swing";
  EXPECT_THAT(host.findings(), Not(HasSubstr("unconfigured-source")));
  EXPECT_EQ(host.cli({"source", "accept", "people"}).status, 5);
  EXPECT_THAT(host.cli({"history", "contoso"}).out, HasSubstr("-30 users"));
  expect_sound_end(host);
}

TEST(sources, that_run_when_the_daemon_is_told_to_stop_do_not_keep_it) {
  scripted_host host;
  host.script("people", "trap '' TERM\n: > \"$(dirname \"$0\")/marked\"\nwhile :; do sleep 1; done\n");
  host.source("people.yaml", "people", ", tenant: contoso");
  ASSERT_TRUE(host.start()) << host.said();
  const auto mark = host.folder() / "demo" / "plugins" / "sources" / "marked";
  const auto begun = std::chrono::steady_clock::now();
  while (!std::filesystem::exists(mark) && std::chrono::steady_clock::now() - begun < std::chrono::seconds(50))
    EXPECT_EQ(host.cli({"tenants"}).status, 0);
  ASSERT_TRUE(std::filesystem::exists(mark));
  EXPECT_EQ(host.stop(), 0);
}

}  // namespace licaudit::test

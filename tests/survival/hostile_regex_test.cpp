// Patterns that run away, over values that make them.
#include "tests/scale.hpp"
#include "tests/survival/http_client.hpp"
#include "tests/survival/latencies.hpp"
#include "tests/survival/patience.hpp"
#include "tests/system/scripted_host.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <iostream>
#include <set>
#include <thread>

namespace licaudit::test {

namespace {

struct hostile_pattern {
  const char* pattern;
  const char* matches;  ///< a value that it matches without trouble
  std::string piece;    ///< the value is this again and again
  std::string end;      ///< and then this
};

const std::vector<hostile_pattern>& hostile_patterns() {
  static const std::vector<hostile_pattern> all{
      {"^(a+)+$", "aaa", "a", "!"},
      {"^(a|aa)+$", "aaa", "a", "!"},
      {"^([a-zA-Z]+)*$", "aaa", "a", "!"},
      {"^(a|a?)+$", "aaa", "a", "!"},
      {"^(a*)*b$", "aab", "a", "!"},
      {"^(\\w+\\s?)*$", "ab ab", "ab ", "!"},
      {"(x+x+)+y", "xxy", "x", ""},
      {"^((a+)+)+$", "aaa", "a", "!"},
      {"^(\\d+)*-$", "1-", "1", "!"},
      {"^(.+)+\\d$", "ab1", "a", "!"},
      {"^(?:[a-z]+[a-z]+)+[0-9]$", "ab1", "a", ""},
      {"^([^,]*,?)*;$", "1,;", "1,", ""},
  };
  return all;
}

/// 256 bytes, the longest that a regex is given; each another by its last but one.
std::string hostile_value(const hostile_pattern& of, std::size_t number) {
  constexpr std::size_t longest = 256;
  std::string value;
  while (value.size() < longest) value += of.piece;
  value.resize(longest - of.end.size() - number % 50);
  return value + of.end;
}

/// One factor a pattern over a field of its own, and one factor beside them that is harmless.
std::string rules() {
  std::string text = "licences:\n  - id: hostile\n    title: Hostile\n    factors:\n";
  for (std::size_t i = 0; i < hostile_patterns().size(); ++i) {
    const auto n = std::to_string(i);
    text += "      - { id: h" + n + ", title: H" + n + ", subject: user, priority: " + std::to_string(i + 1) +
            ", configured: [ { f" + n + ": '.' } ], match: [ { f" + n + ": '" + hostile_patterns()[i].pattern +
            "' } ] }\n";
  }
  return text +
         "  - id: sound\n    title: Sound\n    factors:\n"
         "      - { id: plain, title: Plain, subject: user, priority: 1, configured: [ { plain: '.' } ], "
         "match: [ { plain: '^yes$' } ] }\n";
}

constexpr std::size_t values_of_a_pattern = 20;

std::string hostile_users() {
  std::string lines;
  for (std::size_t i = 0; i < hostile_patterns().size(); ++i) {
    const auto n = std::to_string(i);
    lines += user("good-" + n, R"({"f)" + n + R"(":")" + hostile_patterns()[i].matches + "\"}");
    for (std::size_t v = 0; v < values_of_a_pattern; ++v)
      lines += user("bad-" + n + "-" + std::to_string(v),
                    R"({"f)" + n + R"(":")" + hostile_value(hostile_patterns()[i], v) + "\"}");
  }
  return lines + user("yes", R"({"plain":"yes"})") + user("no", R"({"plain":"no"})");
}

/// Asks as long as a job on another thread goes on.
template <class Job>
latencies answers_during(const std::filesystem::path& socket, const Job& job) {
  std::atomic<bool> over{false};
  std::thread worker([&] {
    job();
    over = true;
  });
  latencies answers;
  bool good = true;
  while (good && !over) good = answers.ask(socket, "/v1/tenants/contoso/licences", 1);
  worker.join();
  EXPECT_TRUE(good) << "a question was not answered";
  return answers;
}

/// Keeps the longest turn of the daemon's loop: see turn_meter.cpp.
class turn_file {
 public:
  explicit turn_file(std::filesystem::path path) : path_(std::move(path)) { forget(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// What was until now; in place, as the daemon looks into it.
  void forget() const {
    std::fstream out(path_, std::ios::in | std::ios::out | std::ios::binary);
    if (!out) out.open(path_, std::ios::out | std::ios::binary);
    const std::int64_t none = 0;
    out.write(reinterpret_cast<const char*>(&none), sizeof(none));
  }
  [[nodiscard]] double milliseconds() const {
    std::int64_t nanoseconds = 0;
    std::ifstream(path_, std::ios::binary).read(reinterpret_cast<char*>(&nanoseconds), sizeof(nanoseconds));
    return static_cast<double>(nanoseconds) / 1e6;
  }

 private:
  std::filesystem::path path_;
};

std::string shown(const json::object& page, const std::string& licence, const std::string& factor) {
  for (const auto& one : page.at("licences").as_array()) {
    if (one.at("licence").as_string() != licence) continue;
    for (const auto& each : one.at("factors").as_array())
      if (each.at("factor").as_string() == factor) return std::string(each.at("text").as_string());
  }
  return "not shown";
}

}  // namespace

TEST(hostile_regex, is_given_up_flagged_and_harms_neither_the_loop_nor_other_factors) {
  ASSERT_GE(hostile_patterns().size(), 10u);
  scripted_host host;
  const turn_file turns(host.folder() / "turns");
  host.run_as("licauditd-for-tests", {{"LICAUDIT_LONGEST_TURN", turns.path().string()}});
  std::filesystem::remove_all(host.folder() / "factors.d");
  std::filesystem::create_directory(host.folder() / "factors.d");
  host.write("../factors.d/hostile.yaml", rules());
  host.script("feed", snapshot(hostile_users()));
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_TRUE(wait_until([&] { return ask_over_http(host.socket(), "GET", "/v1/tenants/contoso/licences").good(); }));
  host.source("feed.yaml", "feed", ", tenant: contoso");
  ASSERT_EQ(host.cli({"reload"}).status, 0) << host.said();
  turns.forget();
  const auto answers = answers_during(host.socket(), [&] { EXPECT_EQ(host.cli({"refresh", "feed"}).status & ~6, 0); });
  EXPECT_GT(answers.count(), 0u);
  std::cout << "while " << hostile_patterns().size() * values_of_a_pattern << " matches ran away: " << answers.text()
            << "; longest turn of the loop " << turns.milliseconds() << " ms\n";
  EXPECT_GT(turns.milliseconds(), 0) << "it was measured";
  // Time that other programs took is not in it, but how fast the machine is: for the long suite alone.
  if (test_scale() > 1) {
    EXPECT_LT(turns.milliseconds(), 50);
  }

  const auto page = ask_over_http(host.socket(), "GET", "/v1/tenants/contoso/licences").object();
  EXPECT_EQ(page.at("state").as_string(), "degraded") << "not ok: some criteria said nothing";
  EXPECT_EQ(shown(page, "sound", "plain"), "1 (2)");
  std::set<std::string> flagged, expected;
  const auto findings = ask_over_http(host.socket(), "GET", "/v1/findings").object();
  for (const auto& one : findings.at("findings").as_array())
    if (one.at("finding").as_string() == "failed-criterion") flagged.emplace(one.at("factor").as_string());
  for (std::size_t i = 0; i < hostile_patterns().size(); ++i) {
    const auto id = "h" + std::to_string(i);
    expected.insert(id);
    EXPECT_EQ(shown(page, "hostile", id), "1 (" + std::to_string(values_of_a_pattern + 1) + ")")
        << hostile_patterns()[i].pattern;
  }
  EXPECT_EQ(flagged, expected);
  EXPECT_EQ(host.cli({"verify", "--full"}).status, 0) << "a recount agrees";
}

}  // namespace licaudit::test

#include "tests/survival/crash_host.hpp"

#include "tests/survival/http_client.hpp"
#include "tests/survival/patience.hpp"

#include <poll.h>

namespace licaudit::test {

crash_host::crash_host() : clerks_(all_clerks(folder() / "demo" / "feed")) {
  script("feed", "cat \"${0%/*}/../../feed\"\n");
  source("feed.yaml", "feed", ", tenant: contoso, every: 1h");
}

bool crash_host::wait_for_tenants() {
  return wait_until([this] { return has_ended() || ask_over_http(socket(), "GET", "/v1/tenants/contoso").good(); }) &&
         !has_ended();
}

std::string crash_host::kill_under_traffic(int answers, int milliseconds_more, std::uint64_t seed) {
  traffic all(socket(), clerks_, seed);
  const bool busy = wait_until([&] { return all.answered() >= answers || has_ended(); });
  ::poll(nullptr, 0, milliseconds_more);
  all.expect_the_end();
  kill_hard();
  auto complaints = all.join();
  if (!busy) complaints += "no progress within a minute\n";
  return complaints;
}

bool crash_host::dies_under_traffic(int answers, std::uint64_t seed) {
  traffic all(socket(), clerks_, seed);
  all.expect_the_end();
  (void)wait_until([&] { return has_ended() || all.answered() >= answers; });
  const bool died = has_ended();
  kill_hard();
  (void)all.join();
  return died;
}

bool crash_host::back_up(const std::string& file) const {
  const auto path = (folder() / file).string();
  return ask_over_http(socket(), "POST", "/v1/backup", R"({"path":")" + path + "\"}").good();
}

std::string crash_host::inspect() {
  const ledger_copy left(state(), folder() / "copy");
  if (left.is_empty()) {
    for (const auto& who : clerks_)
      if (who->acknowledged() != 0) return "the ledger is empty";
    return {};
  }
  std::string problems = left.damage() + recount(left);
  for (const auto& who : clerks_) problems += who->settle(left);
  return problems;
}

std::string crash_host::verify() const {
  const auto answer = ask_over_http(socket(), "POST", "/v1/verify", R"({"full":true})");
  const auto said = answer.object();
  const auto* clean = said.if_contains("clean");
  return clean != nullptr && clean->is_bool() && clean->as_bool() ? std::string() : "verify: " + answer.body;
}

}  // namespace licaudit::test

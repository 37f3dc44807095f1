#include "tests/survival/traffic.hpp"

#include "tests/survival/http_client.hpp"

#include <array>

namespace licaudit::test {

traffic::traffic(std::filesystem::path socket, const std::vector<std::unique_ptr<actor>>& actors, std::uint64_t seed)
    : socket_(std::move(socket)) {
  for (const auto& who : actors) threads_.emplace_back([this, &who, seed] { give_orders(*who, seed); });
  threads_.emplace_back([this] { read(); });
}

traffic::~traffic() {
  expect_the_end();
  (void)join();
}

std::string traffic::join() {
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
  return complaints_;
}

void traffic::give_orders(actor& who, std::uint64_t seed) {
  std::seed_seq mixed{seed, static_cast<std::uint64_t>(who.acknowledged())};
  std::mt19937_64 random(mixed);
  bool goes_on = true;
  while (goes_on && !over_) {
    const step what = who.next(random);
    who.begin(what);
    goes_on = take_answer(who, what);
  }
  over_ = true;
}

bool traffic::take_answer(actor& who, const step& what) {
  const auto answer = ask_over_http(socket_, what.method, what.target, what.body);
  if (answer.status == 0) {
    if (!end_expected_) complain(what.method + ' ' + what.target + ": no whole answer");
    return false;
  }
  ++answered_;
  const auto said = answer.object();
  const auto* operation = said.if_contains("operation");
  if (!answer.good() || operation == nullptr) {
    complain(what.method + ' ' + what.target + ' ' + what.body + ": " + answer.body);
    who.withdraw();
    return false;
  }
  acknowledgement done{operation->to_number<std::int64_t>(), {}};
  if (const auto* calculation = said.if_contains("calculation"); calculation != nullptr && calculation->is_object())
    done.calculation = calculation->as_object().at("sequence").to_number<std::int64_t>();
  who.acknowledge(done);
  return true;
}

void traffic::read() {
  const std::array<const char*, 4> pages{"/v1/status", "/v1/tenants/contoso/licences",
                                         "/v1/tenants/contoso/history?since=2020-01-01&by=calculation",
                                         "/v1/operations?since=2020-01-01"};
  for (std::size_t turn = 0; !over_; ++turn) {
    const std::string page = pages.at(turn % pages.size());
    const auto answer = ask_over_http(socket_, "GET", page);
    if (answer.status == 0 && !end_expected_) complain(page + ": no whole answer");
    // 404: the tenant is not there before the first run of its source.
    if (answer.status != 0 && !answer.good() && answer.status != 404) complain(page + ": " + answer.body);
    if (answer.status == 0) break;
  }
}

void traffic::complain(const std::string& what) {
  const std::lock_guard<std::mutex> mine(complaining_);
  complaints_ += what + '\n';
}

}  // namespace licaudit::test

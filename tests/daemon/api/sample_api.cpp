#include "sample_api.hpp"

#include "daemon/api/request_target.hpp"
#include "daemon/api/routes.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>

#include <chrono>
#include <stdexcept>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

/// Remembers what is written, until its reader leaves.
class line_collector final : public line_writer {
 public:
  explicit line_collector(std::function<bool()> reads) : reads_(std::move(reads)) {}
  asio::awaitable<bool> write(std::string line) override {
    if (reads_ && !reads_()) co_return false;
    lines.push_back(std::move(line));
    co_return true;
  }
  std::vector<std::string> lines;

 private:
  std::function<bool()> reads_;
};

}  // namespace

sample_api::sample_api() {
  const house all{rooms,
                  rooms,
                  rooms,
                  rooms,
                  rooms,
                  loop_.get_executor(),
                  [this](std::string_view text) { reports.emplace_back(text); }};
  router_wiring wiring;
  wiring.policy = [this] { return std::make_shared<access::policy>(grants, 990U); };
  wiring.view = [this] { return rooms.view(); };
  wiring.now = [] { return sample_now; };
  wiring.refused = [this](operation what) { refused.push_back(std::move(what)); };
  wiring.report = [this](std::string_view text) { reports.emplace_back(text); };
  router_ = std::make_unique<router>(all_routes(all), std::move(wiring));
}

void sample_api::run_loop() {
  loop_.restart();
  loop_.run_for(std::chrono::seconds(10));
}

response sample_api::ask(method how, std::string_view target, std::string body) {
  request asked;
  asked.method = how;
  auto parsed = parse_request_target(target).value();
  asked.path = std::move(parsed.path);
  asked.query = std::move(parsed.query);
  asked.has_length = !body.empty();
  asked.body = std::move(body);
  asked.accept = accept_header;
  asked.deletion_secret = deletion_secret;
  asked.caller.uid = uid;
  asked.caller.gid = 100;
  std::optional<response> made;
  auto replied = router_->answer(asked);
  if (auto* at_hand = std::get_if<response>(&replied)) {
    made = std::move(*at_hand);
  } else {
    auto answered = [&made](const std::exception_ptr& failed, response answer) {
      if (!failed) made = std::move(answer);
    };
    asio::co_spawn(loop_, std::move(std::get<asio::awaitable<response>>(replied)), std::move(answered));
    run_loop();
  }
  if (!made) throw std::runtime_error("no answer to " + std::string(target));
  if (made->kept) made->body = *made->kept;
  return std::move(*made);
}

json::value sample_api::ask_json(method how, std::string_view target, std::string body) {
  const response answer = ask(how, target, std::move(body));
  EXPECT_EQ(answer.status, 200) << target << ": " << answer.body;
  auto parsed = parse_json(answer.body);
  if (!parsed) throw std::runtime_error(std::string(target) + " answered no JSON: " + answer.body);
  return std::move(*parsed);
}

std::string sample_api::problem_of(method how, std::string_view target, std::string body) {
  const response answer = ask(how, target, std::move(body));
  EXPECT_GE(answer.status, 400) << target;
  EXPECT_EQ(answer.content_type, "application/problem+json");
  return std::to_string(answer.status) + " " + std::string(parse_json(answer.body).value().at("detail").as_string());
}

std::vector<std::string> sample_api::lines(const response& streaming, std::function<bool()> reads) {
  line_collector collector(std::move(reads));
  auto writing = streaming.lines(collector);
  auto written = [](const std::exception_ptr& failed) {
    if (failed) std::rethrow_exception(failed);
  };
  asio::co_spawn(loop_, std::move(writing), std::move(written));
  run_loop();
  return std::move(collector.lines);
}

void sample_api::become(access::role what, std::string tenant) {
  uid = 1042;
  access::grant made;
  made.uid = uid;
  made.role = what;
  made.tenant = std::move(tenant);
  made.name = "north";
  grants.push_back(std::move(made));
}

}  // namespace licaudit::api

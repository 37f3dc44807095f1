#include "tests/daemon/app/bill_house.hpp"

#include "daemon/api/request_target.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/app/holding_question.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/json/serialize.hpp>

namespace asio = boost::asio;

namespace licaudit::app {

bill_house::bill_house()
    : office_(scene.office(), loop_.get_executor()),
      ledger_(scene.reader(), loop_.get_executor(),
              holding_question([this] { return scene.seen(); }, scene.how.compile)) {
  others_.known_facts.calculate_every = std::chrono::hours(24 * 30);
  const api::house all{office_, ledger_, others_, others_, others_, loop_.get_executor(), {}};
  api::router_wiring wiring;
  wiring.policy = [this] { return std::make_shared<access::policy>(grants, 990U); };
  wiring.view = [this] { return scene.seen(); };
  wiring.now = [this] { return now_; };
  wiring.refused = [this](operation what) { EXPECT_TRUE(scene.office().record(std::move(what))); };
  wiring.report = [](std::string_view text) { ADD_FAILURE() << text; };
  router_ = std::make_unique<api::router>(api::all_routes(all), std::move(wiring));
  set_clock("2026-11-02T10:00:00Z");
}

void bill_house::set_clock(std::string_view at) {
  now_ = parse_rfc3339(at).value();
  scene.set_clock(now_);
}

void bill_house::calculate(std::string_view at) {
  set_clock(at);
  scene.calculate();
}

void bill_house::bill_by(const std::string& of, const std::string& by) {
  auto set = scene.how.rules->set();
  set.licences.front().billing_of = of;
  set.licences.front().billing_by = by;
  scene.how.rules = audit::rules_of(canonical_json(to_json(set)));
  scene.how.rules_automatic = true;
  ASSERT_TRUE(scene.office().adopt(scene.how, "root"));
}

api::response bill_house::ask(api::method how, std::string_view target, std::string body, std::string accept) {
  api::request asked;
  asked.method = how;
  auto parsed = api::parse_request_target(target).value();
  asked.path = std::move(parsed.path);
  asked.query = std::move(parsed.query);
  asked.has_length = !body.empty();
  asked.body = std::move(body);
  asked.accept = std::move(accept);
  asked.caller.uid = user;
  asked.caller.gid = user;
  std::optional<api::response> made;
  auto replied = router_->answer(asked);
  if (auto* at_hand = std::get_if<api::response>(&replied)) return std::move(*at_hand);
  auto answered = [&made](const std::exception_ptr& failed, api::response answer) {
    if (!failed) made = std::move(answer);
  };
  asio::co_spawn(loop_, std::move(std::get<asio::awaitable<api::response>>(replied)), std::move(answered));
  loop_.restart();
  loop_.run_for(std::chrono::seconds(30));
  if (!made) throw std::runtime_error("no answer to " + std::string(target));
  return std::move(*made);
}

json::value bill_house::ask_json(api::method how, std::string_view target, std::string body) {
  const auto answer = ask(how, target, std::move(body));
  EXPECT_EQ(answer.status, 200) << target << ": " << answer.text();
  return parse_json(answer.text()).value();
}

json::value bill_house::rule(const std::string& month, const std::string& what, const std::string& body) {
  return ask_json(api::method::post, "/v1/bills/" + month + "/" + what, body);
}

std::string bill_house::refusal(const std::string& month, const std::string& what, const std::string& body) {
  const auto answer = ask(api::method::post, "/v1/bills/" + month + "/" + what, body);
  EXPECT_GE(answer.status, 400) << answer.body;
  return std::to_string(answer.status) + " " + std::string(parse_json(answer.body).value().at("detail").as_string());
}

json::value bill_house::bill(const std::string& tenant, const std::string& month) {
  return get("/v1/bills?month=" + month + "&tenant=" + tenant).at("tenants").at(0);
}

std::int64_t bill_house::quantity(const std::string& tenant, const std::string& month) {
  return bill(tenant, month).at("licences").at(0).at("quantity").to_number<std::int64_t>();
}

namespace {

class line_list final : public api::line_writer {
 public:
  asio::awaitable<bool> write(std::string line) override {
    all.push_back(std::move(line));
    co_return true;
  }
  std::vector<std::string> all;
};

}  // namespace

std::vector<std::string> bill_house::lines(std::string_view target) {
  auto streaming = ask(api::method::get, target);
  EXPECT_EQ(streaming.status, 200) << streaming.body;
  line_list made;
  if (!streaming.lines) return {};
  auto written = [](const std::exception_ptr& failed) {
    if (failed) std::rethrow_exception(failed);
  };
  asio::co_spawn(loop_, streaming.lines(made), std::move(written));
  loop_.restart();
  loop_.run_for(std::chrono::seconds(30));
  return std::move(made.all);
}

std::vector<operation> bill_house::logged() {
  ledger::operation_query all;
  all.until = instant::max();
  all.limit = 1000;
  return scene.reader().operations(all).value();
}

std::string record(const std::string& id, const std::string& parent, std::int64_t acquired, const std::string& zone,
                   const std::string& name) {
  json::object made{{"id", id}, {"name", name.empty() ? id : name}};
  made["type"] = parent.empty() ? "provider" : parent == "host" && acquired < 0 ? "reseller" : "customer";
  if (!parent.empty()) made["parent"] = parent;
  if (!zone.empty()) made["time_zone"] = zone;
  if (made["type"] == "customer") made["service"] = "direct-routing-pro";
  if (acquired >= 0) made["acquired"] = json::object{{"ump", acquired}};
  return json::serialize(made);
}

}  // namespace licaudit::app

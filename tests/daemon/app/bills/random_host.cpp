#include "random_host.hpp"

#include "daemon/api/bill_rulings.hpp"
#include "daemon/ledger/observed_range.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::app {

namespace {

using audit::scene;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

/// Each way of billing; pools, prerequisites, packages and limits among them.
std::shared_ptr<const factors::rules> sold() {
  return audit::rules_of(R"json({"licences":[
    {"id":"agents","title":"A","billing":{"of":"acquired","by":"peak"},"pool":"units","multiple":2,
     "factors":[{"id":"used","subject":"user","priority":1,"configured":[{"role":"agent"}]}]},
    {"id":"disk","title":"D","billing":{"of":"calculated","by":"average"},
     "limit":{"included":3,"unit":"GB","period":"month"},
     "factors":[{"id":"used","subject":"meter","priority":1,"package":{"size":5,"unit":"GB"},
       "configured":[{"id":"^disk"}]}]},
    {"id":"outbound","title":"O","billing":{"of":"acquired","by":"average"},"requires":["voice"],
     "factors":[{"id":"used","subject":"user","priority":1,"configured":[{"role":"outbound"}]}]},
    {"id":"places","title":"P","billing":{"of":"acquired","by":"last"},"pool":"tenants",
     "factors":[{"id":"used","subject":"user","priority":1,"configured":[{"role":"place"}]}]},
    {"id":"seats","title":"S","billing":{"of":"calculated","by":"last"},
     "factors":[{"id":"used","subject":"user","priority":1,"configured":[{"role":"."}]}]},
    {"id":"speech","title":"T","billing":{"of":"calculated","by":"peak"},
     "limit":{"included":20,"unit":"minute","period":"month"},
     "factors":[{"id":"used","subject":"meter","priority":1,"unit":"minute","configured":[{"id":"^speech"}]}]},
    {"id":"users","title":"U","billing":{"of":"calculated","by":"peak"},
     "factors":[{"id":"used","subject":"user","priority":1,"configured":[{"role":"."}]}]},
    {"id":"voice","title":"V","billing":{"of":"acquired","by":"peak"},
     "factors":[{"id":"used","subject":"user","priority":1,"configured":[{"role":"voice"}]}]}]})json");
}

const std::vector<std::string> licences{"agents", "agents", "outbound", "places", "voice", "voice"};
const std::vector<std::string> zones{"",           "Europe/London",       "America/New_York", "Pacific/Kiritimati",
                                     "Asia/Tokyo", "Australia/Lord_Howe", "Etc/GMT+12",       "America/Sao_Paulo"};
const std::vector<std::string> roles{"agent", "outbound", "place", "voice", "other"};
const std::vector<std::string> sources{"plans", "teams"};

std::vector<std::pair<const billing::bill_line*, std::string>> held_in(const api::month_bills& bills) {
  std::vector<std::pair<const billing::bill_line*, std::string>> held;
  for (const auto& sheet : bills.sheets)
    for (const auto& line : sheet.counted->lines)
      if (!line.charged.held.empty()) held.emplace_back(&line, sheet.tenant);
  return held;
}

}  // namespace

random_host::random_host(std::uint32_t seed, instant from) : engine_(seed), clock_(from) {
  wait(minutes(below(1000)));
  how.rules = sold();
  how.rules_automatic = true;
  // Nothing is late by the clock alone: what fails is told.
  for (auto& one : how.sources) one = {one.name, hours(100'000), ""};
  EXPECT_TRUE(office().adopt(how, "root"));
  found();
}

void random_host::found() {
  root_zone_ = any_of(zones);
  give_tenants({R"({"id":"host","name":"Host","type":"provider","service":"phones","time_zone":")" +
                (root_zone_.empty() ? "UTC" : root_zone_) + "\"}"});
  parents_ = {"host"};
  create("north", "host", "reseller");
  create("south", "host", "reseller");
  parents_ = {"host", "north", "south"};
  create("team", any_of(parents_), "partner");
  parents_.emplace_back("team");
  for (int i = 0; i < 4; ++i) create("c" + std::to_string(++created_), any_of(parents_), "customer");
}

void random_host::create(const std::string& id, const std::string& parent, const std::string& type) {
  json::object record{{"id", id}, {"name", id}, {"parent", parent}, {"type", type}, {"service", "phones"}};
  const auto& zone = any_of(zones);
  if (!zone.empty()) record["time_zone"] = zone;
  if (below(3) == 0) record["acquired"] = json::object{{"voice", static_cast<std::int64_t>(below(10))}};
  const auto made = office().create_tenant(record, "root");
  EXPECT_TRUE(made) << made.error().detail;
  if (made && type == "customer") customers_.push_back(id);
}

void random_host::wait(milliseconds time) {
  clock_ += time;
  set_clock(clock_);
}

void random_host::live_through(std::chrono::year_month month) {
  const auto next = month + std::chrono::months(1);
  const auto end = time_zone().start_of(next / 1) + hours(16);
  while (clock_ < end) {
    milliseconds step(below(100'000'000));
    if (below(8) == 0) step *= 4;
    if (below(6) == 0) step = milliseconds(below(3));
    // Where it would go past the end of the month somewhere, something happens there to the millisecond.
    const auto& zone = any_of(zones);
    const auto border = time_zone::find(zone.empty() ? "UTC" : zone).value().start_of(next / 1);
    if (clock_ < border && clock_ + step > border) step = border - clock_ - milliseconds(below(2));
    wait(step);
    EXPECT_TRUE(office().make_due_moves());
    something();
  }
}

void random_host::something() {
  switch (below(18)) {
    case 17:
      return turn_on_or_off();
    case 0:
    case 1:
    case 2:
    case 3:
      return order();
    case 4:
      return set_limit();
    case 5:
      return move();
    case 6:
      return plan_move();
    case 7:
      return turn_on_or_off();
    case 8:
      return create_or_remove();
    case 9:
    case 10:
    case 11:
      return count_users();
    case 12:
    case 13:
      return read_meter();
    case 14:
      return put_own_user();
    case 15:
      return below(2) == 0 ? break_or_mend_source() : accept_run();
    default:
      calculate();
  }
}

void random_host::order() {
  const auto& tenant = below(3) == 0 ? any_of(parents_) : any_of(customers_);
  for (std::size_t lines = 1 + below(2); lines > 0; --lines)
    (void)office().stage(tenant, any_of(licences), static_cast<std::int64_t>(below(16)) - 6, "ann");
  const auto cart = office().cart(tenant, "ann");
  ASSERT_TRUE(cart);
  const auto confirmed = office().confirm(tenant, cart->version, "ann");
  if (!confirmed || !confirmed->outcome) (void)office().unstage(tenant, "", "ann");
}

void random_host::set_limit() {
  const auto limit = below(3) == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(below(50)));
  EXPECT_TRUE(office().set_limit(any_of(customers_), "speech", limit, "ann"));
}

void random_host::move() {
  (void)office().move({any_of(customers_), any_of(parents_), {}}, "ann");
  if (below(4) == 0) (void)office().move({"team", any_of(parents_), {}}, "ann");
}

void random_host::plan_move() {
  (void)office().move({any_of(customers_), any_of(parents_), clock_ + minutes(1 + below(20'000))}, "ann");
}

void random_host::turn_on_or_off() {
  const bool whole_subtree = below(4) == 0;
  const auto& tenant = whole_subtree ? any_of(parents_) : any_of(customers_);
  if (!off_.empty()) {
    (void)office().change_tenant(off_.back(), {{"enabled", true}}, "ann");
    off_.pop_back();
  } else if (office().change_tenant(tenant, {{"enabled", false}}, "ann")) {
    off_.push_back(tenant);
  }
}

void random_host::create_or_remove() {
  if (customers_.size() < 6) return create("c" + std::to_string(++created_), any_of(parents_), "customer");
  const auto which = customers_.begin() + static_cast<std::ptrdiff_t>(below(customers_.size()));
  if (office().remove_tenant(*which, "ann")) customers_.erase(which);
}

/// One user who stands for many: a swing is at hand.
void random_host::count_users() {
  last_fed_ = any_of(customers_);
  auto one = audit::user(last_fed_, "u" + std::to_string(below(4)), R"({"role":")" + any_of(roles) + "\"}");
  one.quantity = static_cast<std::int64_t>(below(below(3) == 0 ? 60 : 8));
  const bool leaves = below(5) == 0;
  const auto put = leaves ? std::vector<subject>() : std::vector<subject>{one};
  const auto removed = leaves ? std::vector<subject_name>{one.name} : std::vector<subject_name>();
  last_run_ = give_delta("teams", put, removed).run.id;
}

void random_host::read_meter() {
  const bool disk = below(2) == 0;
  subject one;
  one.name = {any_of(customers_), subject_kind::meter, disk ? "disk" : "speech"};
  one.fields["used"] = {std::to_string(below(40)) + "." + std::to_string(below(10))};
  one.fields["unit"] = {disk ? "GB" : "minute"};
  one.fields["at"] = {to_rfc3339(clock_ - minutes(below(300)))};
  give_delta("plans", {one}, {});
}

void random_host::put_own_user() {
  const auto& tenant = below(2) == 0 ? any_of(parents_) : any_of(customers_);
  auto one = audit::user(tenant, "own", R"({"role":")" + any_of(roles) + "\"}");
  one.quantity = static_cast<std::int64_t>(below(20));
  if (below(4) == 0)
    (void)office().remove_subject(one.name, "ann");
  else
    (void)office().put_subject(one, "ann");
}

void random_host::break_or_mend_source() {
  const auto& source = any_of(sources);
  if (below(2) == 0)
    fail(source, "no route to host");
  else
    give_delta(source, {}, {});
}

void random_host::accept_run() {
  if (last_run_ != 0) (void)office().accept("teams", last_run_, {last_fed_}, "ann");
}

void random_host::accept_one(const api::month_bills& bills) {
  const auto held = held_in(bills);
  if (held.empty()) return;
  const auto& [line, tenant] = any_of(held);
  const auto found = api::acceptance_of(bills, tenant, line->licence, any_of(line->charged.held).when.from);
  if (found)
    EXPECT_TRUE(office().decide_bill(found->decision, "ann"));
  else
    EXPECT_THAT(found.error().detail, ::testing::HasSubstr("corrected"));
}

/// Of anybody, or of a sum below which something is held.
void random_host::correct_one(const api::month_bills& bills) {
  const auto held = held_in(bills);
  const auto& sheet = any_of(bills.sheets);
  if (sheet.counted->lines.empty()) return;
  auto tenant = sheet.tenant;
  auto licence = any_of(sheet.counted->lines).licence;
  if (!held.empty() && below(2) == 0) {
    const auto* one = any_of(held).first;
    if (one->parent.empty()) return;
    tenant = one->parent;
    licence = one->licence;
  }
  const auto made =
      api::correction_of(bills, tenant, licence, static_cast<std::int64_t>(below(40)), "agreed on the phone");
  if (made)
    EXPECT_TRUE(office().decide_bill(*made, "ann"));
  else
    EXPECT_THAT(made.error().detail, ::testing::AnyOf(::testing::HasSubstr("is charged already"),
                                                      ::testing::HasSubstr("no calculation has followed")));
}

void random_host::decide_on_bills(std::chrono::year_month month) {
  api::bill_question question;
  question.tenant = "host";
  question.month = month;
  question.now = clock_;
  question.longest_silence = longest_silence;
  for (int tries = 0; tries < 6; ++tries) {
    const auto bills = api::bills_of(reader().observed(api::range_of(question)).value(), question);
    switch (below(3)) {
      case 0:
        return;
      case 1:
        accept_one(bills);
        break;
      default:
        correct_one(bills);
    }
  }
}

}  // namespace licaudit::app

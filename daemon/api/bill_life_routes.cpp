// How a bill lives: what is held on it is accepted, it is closed, and what turns out wrong later is corrected.
#include "daemon/api/bill_page.hpp"
#include "daemon/api/bill_question.hpp"
#include "daemon/api/bill_rulings.hpp"
#include "daemon/api/json_text.hpp"
#include "daemon/api/router.hpp"
#include "daemon/api/routes.hpp"
#include "model/date_range.hpp"
#include "model/quantity.hpp"

#include <algorithm>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr std::size_t longest_reason = 500;

constexpr const char* close_schema = R"({"type":"object","properties":{"tenant":{"type":"string"}},
  "additionalProperties":false})";
constexpr const char* closed_schema = R"({"type":"object","required":["month","tenants","operation"],"properties":{
  "month":{"type":"string"},"tenants":{"type":"array","items":{"type":"string"}},"sequence":{"type":"integer"},
  "chain_head":{"type":"string"},"operation":{"type":"integer"}}})";
constexpr const char* accept_schema = R"({"type":"object","required":["tenant","licence","at"],"properties":{
  "tenant":{"type":"string"},"licence":{"type":"string"},"at":{"type":"string"}},"additionalProperties":false})";
constexpr const char* accepted_schema = R"({"type":"object","required":["month","tenant","licence","from","until",
  "quantity","operation"],"properties":{"month":{"type":"string"},"tenant":{"type":"string"},
  "licence":{"type":"string"},"from":{"type":"string","format":"date-time"},
  "until":{"type":"string","format":"date-time"},"quantity":{"type":"integer"},"operation":{"type":"integer"}}})";
constexpr const char* correct_schema = R"({"type":"object","required":["tenant","licence","quantity","reason"],
  "properties":{"tenant":{"type":"string"},"licence":{"type":"string"},
  "quantity":{"type":"integer","minimum":0,"maximum":1000000000000},"reason":{"type":"string"}},
  "additionalProperties":false})";
constexpr const char* corrected_schema = R"({"type":"object","required":["month","tenant","licence","was","quantity",
  "difference","reason","operation"],"properties":{"month":{"type":"string"},"tenant":{"type":"string"},
  "licence":{"type":"string"},"was":{"type":["integer","number","null"]},"quantity":{"type":"integer"},
  "difference":{"type":["integer","number"]},"reason":{"type":"string"},"operation":{"type":"integer"}}})";

/// The bills of the month of the path; of the whole tree where no tenant is named.
asio::awaitable<result<month_bills>> bills_for(const house& all, const call& asked, std::string tenant, bool closing) {
  if (tenant.empty()) tenant = asked.view().root;
  auto question = bill_question_of(all, asked, tenant, asked.parameter("month"));
  if (!question) co_return question.error();
  question->closing = closing;
  co_return co_await all.ledger.bills(*question);
}

/// Likewise of the whole tree, for a month that has begun where the tenant is: what was corrected above it counts.
asio::awaitable<result<month_bills>> bills_around(const house& all, const call& asked, std::string tenant) {
  auto question = bill_question_of(all, asked, tenant, asked.parameter("month"));
  if (!question) co_return question.error();
  question->tenant = asked.view().root;
  co_return co_await all.ledger.bills(*question);
}

struct life_question {
  std::string tenant{}, licence{}, at{}, reason{};
  std::int64_t quantity = 0;
};

failure no_such_tenant(const std::string& tenant) {
  return {errc::unknown, "there is no tenant " + tenant + "; see: licaudit tenants"};
}

answer_of_handler close(const house& all, const call& asked, life_question what) {
  const auto bills = co_await bills_for(all, asked, what.tenant, true);
  if (!bills) co_return bills.error();
  if (bills->sheets.empty() && !what.tenant.empty()) co_return no_such_tenant(what.tenant);
  const auto witness = witness_of(*bills, asked.view());
  auto decision = closing_of(*bills, witness, what.tenant.empty());
  if (!decision) co_return decision.error();
  std::vector<std::string> tenants;
  for (const auto& one : decision->papers.closed) tenants.push_back(one.tenant);
  const auto done = co_await all.audit.decide_bill(std::move(*decision), asked.caller());
  if (!done) co_return done.error();
  json_text out;
  out.begin_object().member("month", licaudit::to_text(bills->month)).member("tenants", tenants);
  out.member("sequence", witness.sequence).member("chain_head", witness.chain_head);
  out.member("operation", done->operation);
  out.end_object();
  co_return json_answer(out.take());
}

answer_of_handler accept(const house& all, const call& asked, life_question what) {
  const auto at = parse_date(what.at, range_end::since, asked.view().zone_of(what.tenant), asked.now());
  if (!at) co_return failure{errc::malformed, "at: " + at.error().detail};
  const auto bills = co_await bills_around(all, asked, what.tenant);
  if (!bills) co_return bills.error();
  if (bills->find(what.tenant) == nullptr) co_return no_such_tenant(what.tenant);
  auto found = acceptance_of(*bills, what.tenant, what.licence, *at);
  if (!found) co_return found.error();
  const auto stretch = found->stretch;
  const auto done = co_await all.audit.decide_bill(std::move(found->decision), asked.caller());
  if (!done) co_return done.error();
  json_text out;
  out.begin_object().member("month", licaudit::to_text(bills->month)).member("tenant", what.tenant);
  out.member("licence", what.licence).member("from", stretch.when.from).member("until", stretch.when.until);
  out.member("quantity", stretch.quantity);
  out.member("operation", done->operation);
  out.end_object();
  co_return json_answer(out.take());
}

bool is_reason(const std::string& text) {
  const auto is_blank = [](char c) { return c == ' '; };
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; };
  return text.size() <= longest_reason && !std::all_of(text.begin(), text.end(), is_blank) &&
         std::none_of(text.begin(), text.end(), is_control);
}

answer_of_handler correct(const house& all, const call& asked, life_question what) {
  if (!is_reason(what.reason))
    co_return failure{errc::refused, "reason: a correction needs one, one line of at most 500 bytes"};
  const auto bills = co_await bills_for(all, asked, {}, false);
  if (!bills) co_return bills.error();
  if (bills->find(what.tenant) == nullptr) co_return no_such_tenant(what.tenant);
  auto decision = correction_of(*bills, what.tenant, what.licence, what.quantity, what.reason);
  if (!decision) co_return decision.error();
  const auto made = decision->papers.corrected.front();
  const auto done = co_await all.audit.decide_bill(std::move(*decision), asked.caller());
  if (!done) co_return done.error();
  json_text out;
  out.begin_object().member("month", licaudit::to_text(bills->month)).member("tenant", what.tenant);
  out.member("licence", what.licence).key("was").raw(made.was ? to_text(*made.was) : "null");
  out.member("quantity", made.quantity).key("difference").raw(to_text(made.difference()));
  out.member("reason", made.reason);
  out.member("operation", done->operation);
  out.end_object();
  co_return json_answer(out.take());
}

enum class ruling { close, accept, correct };

result<life_question> question_of(const call& asked, ruling what) {
  const auto body = asked.body();
  if (!body) return body.error();
  json_reader in(*body, "bill");
  life_question made;
  made.tenant = what == ruling::close ? in.optional_text("tenant") : in.text("tenant");
  if (what != ruling::close) made.licence = in.text("licence");
  if (what == ruling::accept) made.at = in.text("at");
  const auto* quantity = what == ruling::correct ? in.optional_value("quantity") : nullptr;
  if (what == ruling::correct) made.reason = in.optional_text("reason");
  if (auto wrong = in.finish()) return *wrong;
  if (what == ruling::close && in.has("tenant") && made.tenant.empty())
    return failure{errc::malformed,
                   "tenant: expected an id, found an empty text; leave it out to close the month whole"};
  if (what != ruling::correct) return made;
  if (quantity == nullptr || !quantity->is_int64() || !is_quantity(quantity->as_int64()))
    return failure{errc::refused, std::string("quantity: a correction says what is charged instead, ") + a_quantity};
  made.quantity = quantity->as_int64();
  return made;
}

answer_of_handler rule(const house& all, const call& asked, ruling kind) {
  auto question = question_of(asked, kind);
  if (!question) co_return question.error();
  if (kind == ruling::close) co_return co_await close(all, asked, std::move(*question));
  if (kind == ruling::accept) co_return co_await accept(all, asked, std::move(*question));
  co_return co_await correct(all, asked, std::move(*question));
}

void add_ruling(route_table& routes, const house& all, ruling kind, const char* word, const char* summary) {
  route one;
  one.method = method::post;
  one.path = std::string("/v1/bills/{month}/") + word;
  one.right = access::right::operate;
  one.summary = summary;
  one.request_schema = kind == ruling::close ? close_schema : kind == ruling::accept ? accept_schema : correct_schema;
  one.body_optional = kind == ruling::close;
  one.response_schema = kind == ruling::close    ? closed_schema
                        : kind == ruling::accept ? accepted_schema
                                                 : corrected_schema;
  one.handler = [all, kind](const call& asked) { return rule(all, asked, kind); };
  routes.add(std::move(one));
}

}  // namespace

void add_bill_life_routes(route_table& routes, const house& all) {
  add_ruling(routes, all, ruling::close, "close",
             "Close the bills of a month, of a tenant with all under it or of all, in the order of months: they never "
             "change again");
  add_ruling(routes, all, ruling::accept, "accept",
             "Let a value that a guard held be billed: what stood at that time, for as long as it stood; nothing held "
             "there: 409");
  add_ruling(
      routes, all, ruling::correct, "correct",
      "Charge another quantity of a licence than the lines of an ended month come to, with the reason: a line of "
      "its own");
}

}  // namespace licaudit::api

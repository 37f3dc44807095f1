#include "daemon/api/bill_page.hpp"
#include "daemon/api/bill_question.hpp"
#include "daemon/api/bill_statement.hpp"
#include "daemon/api/paging.hpp"
#include "daemon/api/router.hpp"
#include "daemon/api/routes.hpp"
#include "model/time_zone.hpp"

#include <algorithm>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr const char* statement_type = "text/html; charset=utf-8";

/// The tenant that is asked for; none named: the one highest up that the caller sees.
result<std::string> tenant_of(const call& asked) {
  if (const auto named = asked.query("tenant")) {
    if (auto seen = require(asked, access::right::read, *named); !seen) return seen.error();
    return std::string(*named);
  }
  const audit::tenant_view* highest = nullptr;
  for (const auto& one : asked.view().tenants) {
    if (!asked.may(access::right::read, one.first)) continue;
    if (highest == nullptr || asked.view().is_within(highest->record->id, one.first)) highest = one.second.get();
  }
  if (highest == nullptr) return failure{errc::unknown, "there is no tenant yet; licaudit status says what is missing"};
  return highest->record->id;
}

result<bill_question> question_of(const house& all, const call& asked) {
  auto tenant = tenant_of(asked);
  if (!tenant) return tenant.error();
  return bill_question_of(all, asked, *tenant, asked.query("month"));
}

/// Where the page begins.
result<std::size_t> first_of_page(const month_bills& bills, const std::string& after) {
  if (after.empty()) return std::size_t{0};
  const auto* last = bills.find(after);
  if (last == nullptr)
    return failure{errc::conflict, "the tenants have changed since the page before; begin again without `after`"};
  return static_cast<std::size_t>(last - bills.sheets.data()) + 1;
}

answer_of_handler show_bills(const house& all, const call& asked) {
  const auto page = page_of(asked);
  if (!page) co_return page.error();
  auto question = question_of(all, asked);
  if (!question) co_return question.error();
  const auto bills = co_await all.ledger.bills(*question);
  if (!bills) co_return bills.error();
  if (asked.asked().accept.find("text/html") != std::string::npos) {
    response answer;
    answer.content_type = statement_type;
    answer.body = bill_statement(*bills, asked.view());
    co_return answer;
  }
  const auto first = first_of_page(*bills, page->after);
  if (!first) co_return first.error();
  co_return json_answer(bill_page(*bills, asked.view(), *first, page->limit));
}

}  // namespace

result<bill_question> bill_question_of(const house& all, const call& asked, const std::string& tenant,
                                       std::optional<std::string_view> named) {
  bill_question question;
  question.tenant = tenant;
  question.now = asked.now();
  question.longest_silence = intervals_of_silence * all.daemon.facts().calculate_every;
  const auto today = asked.view().zone_of(tenant).civil(question.now).day;
  question.month = today.year() / today.month();
  if (!named) return question;
  const auto month = parse_month(*named);
  if (!month) return failure{errc::malformed, "month: " + month.error().detail};
  if (*month > question.month)
    return failure{errc::refused, "month: " + std::string(*named) + " has not begun; there is nothing to bill yet"};
  question.month = *month;
  return question;
}

void add_bill_routes(route_table& routes, const house& all) {
  route bills;
  bills.path = "/v1/bills";
  bills.right = access::right::read;
  bills.summary =
      "What each licence comes to in a month of the tenant's own time zone, and where that comes from; a tenant "
      "with its subtree. With `Accept: text/html` the statement of the tenant as a page to print";
  bills.query = {{"month", "2026-11; absent: this one"},
                 {"tenant", "This tenant and its subtree; absent: all that the caller sees"},
                 limit_parameter,
                 after_parameter};
  bills.response_schema = R"({"type":"object","required":["month","sequence","chain_head","tenants","next"],
    "properties":{"month":{"type":"string"},"ledger":{"type":"string"},"epoch":{"type":"integer"},
    "sequence":{"type":"integer"},"chain_head":{"type":"string"},"next":{"type":["string","null"]},
    "tenants":{"type":"array","items":{"type":"object","required":["tenant","zone","state","revision","aggregated",
      "licences"],"properties":{"tenant":{"type":"string"},"name":{"type":"string"},"zone":{"type":"string"},
      "state":{"enum":["open","ready","closed"]},
      "closed":{"type":["object","null"],"properties":{"at":{"type":"string","format":"date-time"},
        "by":{"type":"string"},"operation":{"type":"integer"}}},"parent":{"type":["string","null"]},
      "contract_number":{"type":["string","null"]},
      "charged":{"type":"array","items":{"type":"object","required":["licence","quantity"],"properties":{
        "licence":{"type":"string"},"quantity":{"type":["integer","number","null"]}}}},
      "corrections":{"type":"array","items":{"type":"object","required":["tenant","licence","quantity","reason"],
        "properties":{"tenant":{"type":"string"},"licence":{"type":"string"},
        "was":{"type":["integer","number","null"]},"quantity":{"type":"integer"},
        "difference":{"type":["integer","number"]},"reason":{"type":"string"},
        "at":{"type":"string","format":"date-time"},"by":{"type":"string"},"operation":{"type":"integer"}}}},"revision":{"type":"integer"},"aggregated":{"type":"boolean"},
      "since":{"type":"string","format":"date-time"},"until":{"type":"string","format":"date-time"},
      "licences":{"type":"array","items":{"type":"object","required":["licence","of","by","quantity","at","from","until",
        "observed_from","unobserved","held","aggregated","peak_of_sum"],"properties":{"licence":{"type":"string"},
        "title":{"type":"string"},"of":{"enum":["acquired","calculated"]},"by":{"enum":["peak","last","average"]},
        "quantity":{"type":["integer","number","null"]},"included":{"type":["integer","null"]},
        "over":{"type":["integer","number","null"]},"at":{"type":["string","null"]},"to":{"type":["string","null"]},
        "calculation":{"type":["integer","null"]},"parent":{"type":["string","null"]},"from":{"type":"string"},
        "until":{"type":"string"},"observed_from":{"type":["string","null"]},"unobserved":{"type":"array"},
        "degraded":{"type":"array"},"held":{"type":"array"},"accepted":{"type":"array"},"aggregated":{"type":"boolean"},
        "peak_of_sum":{"type":["object","null"]},
        "not_billable":{"type":"array","items":{"type":"string"}},"explanation":{"type":"array","items":{"type":"string"}}}}}}}}}})";
  bills.handler = [all](const call& asked) { return show_bills(all, asked); };
  routes.add(std::move(bills));
}

}  // namespace licaudit::api

// What may be used, what is, and whether a little more may.
#include "daemon/api/kept_checks.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/usage_page.hpp"
#include "model/names.hpp"
#include "model/quantity.hpp"

#include <charconv>
#include <memory>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr const char* usage_schema =
    R"json({"type":"object","required":["tenant","state","licences"],"properties":{"tenant":{"type":"string"},
  "name":{"type":"string"},"service":{"type":["string","null"]},"time_zone":{"type":"string"},
  "calculated_at":{"type":["string","null"],"format":"date-time"},
  "state":{"enum":["ok","degraded","held","disabled","never"]},"reason":{"type":["string","null"]},
  "aggregated":{"type":"boolean"},"licences":{"type":"array","items":{"type":"object",
  "required":["licence","licensed","text","use","limit","pool","factors","meters"],"properties":{
    "licence":{"type":"string"},"title":{"type":"string"},"acquired":{"type":["integer","null"]},
    "licensed":{"type":"integer"},"available":{"type":["integer","null"]},"state":{"type":"string"},
    "text":{"type":"string","description":"used/bought of packages, else n1 (n2)"},
    "use":{"enum":["ok","near","exhausted","over-use"]},
    "successors":{"type":["array","null"],"items":{"type":"string"},"description":"deprecated: what to order instead"},
    "limit":{"type":["object","null"],"properties":{"included":{"type":"integer"},"setting":{"type":["integer","null"]},
      "allowed":{"type":["integer","null"]},"used":{"type":"integer"},"unit":{"type":["string","null"]},
      "period":{"type":["string","null"]},"state":{"enum":["ok","near","exhausted"]},
      "until":{"type":["string","null"],"format":"date-time"}}},
    "pool":{"type":["object","null"],"properties":{"of":{"enum":["units","tenants"]},"size":{"type":"integer"},
      "handed_out":{"type":"integer"}}},
    "factors":{"type":"array","items":{"type":"object","properties":{"factor":{"type":"string"},
      "title":{"type":"string"},"on":{"type":"boolean"},"calculated":{"type":"integer"},
      "configured":{"type":["integer","null"]},"text":{"type":"string"},"unit":{"type":["string","null"]},
      "package":{"type":["object","null"]}}}},
    "meters":{"type":"array","items":{"type":"object","properties":{"meter":{"type":["string","null"]},
      "factor":{"type":["string","null"]},"used":{"type":["number","null"]},"unit":{"type":["string","null"]},
      "at":{"type":["string","null"]},
      "worth":{"type":["number","null"],"description":"what it adds to the factor, in its unit"}}}}}}}}})json";

constexpr const char* check_schema =
    R"json({"type":"object","required":["allowed","available","reason","until","state","calculated_at"],"properties":{
  "allowed":{"type":"boolean"},"available":{"type":["integer","null"]},"reason":{"type":["string","null"]},
  "until":{"type":["string","null"],"format":"date-time"},"state":{"enum":["ok","degraded","held","disabled","never"]},
  "calculated_at":{"type":["string","null"],"format":"date-time"}}})json";

answer_of_handler show_usage(const house& all, const call& asked) {
  const auto& tenant = asked.parameter("t");
  dated_inventory there;
  if (has_meters(asked.view(), asked.tenant())) {
    auto read = co_await all.ledger.inventory_at(tenant, asked.now());
    // errc::unknown: nothing was calculated of it yet.
    if (!read && read.error().code != errc::unknown) co_return read.error();
    if (read) there = std::move(*read);
  }
  const bool names = asked.may(access::right::names, tenant);
  co_return json_answer(usage_page(asked.view(), asked.tenant(), there, names, asked.now()));
}

result<std::int64_t> quantity_of(const call& asked) {
  const auto text = asked.query("quantity");
  if (!text) return std::int64_t{1};
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size() || value < 1 || !is_quantity(value))
    return failure{errc::malformed,
                   "quantity: expected a whole number from 1 to 1000000000000, found " + std::string(*text)};
  return value;
}

result<response> check(kept_checks& kept, const call& asked) {
  const auto licence = asked.query("licence");
  if (!licence || licence->empty())
    return failure{errc::malformed, "licence: say which, as in ?licence=agents&quantity=1"};
  const auto quantity = quantity_of(asked);
  if (!quantity) return quantity.error();
  response answer;
  answer.kept = kept.answer_to(asked.shared_view(), asked.tenant(), *licence, *quantity, asked.now());
  if (!answer.kept)
    return failure{errc::unknown, "there is no licence " + std::string(*licence) + "; see: licaudit rules"};
  return answer;
}

}  // namespace

void add_usage_routes(route_table& routes, const house& all) {
  route usage;
  usage.path = "/v1/tenants/{t}/usage";
  usage.right = access::right::read;
  usage.summary =
      "Every licence in the words of how it is sold: used/bought "
      "or n1 (n2), limits and their state, meters";
  usage.response_schema = usage_schema;
  usage.handler = [all](const call& asked) { return show_usage(all, asked); };
  routes.add(std::move(usage));

  route question;
  question.path = "/v1/tenants/{t}/check";
  question.right = access::right::read;
  question.summary =
      "Whether so much more of a licence may be used now; from "
      "memory, and nothing is reserved";
  question.query = {{"licence", "Which"}, {"quantity", "How much more, in what the licence counts; absent: 1"}};
  question.response_schema = check_schema;
  question.at_once = [kept = std::make_shared<kept_checks>()](const call& asked) { return check(*kept, asked); };
  routes.add(std::move(question));
}

}  // namespace licaudit::api

#include "daemon/api/json_text.hpp"
#include "daemon/api/order_page.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/tenant_json.hpp"
#include "model/quantity.hpp"

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr const char* line_schema = R"({"type":"object","required":["licence"],"properties":{
  "licence":{"type":"string"},"change":{"type":"integer"}},"additionalProperties":false})";
constexpr const char* cart_schema = R"({"type":"object","required":["tenant","version","lines"],"properties":{
  "tenant":{"type":"string"},"version":{"type":"integer"},"state":{"type":["string","null"]},
  "lines":{"type":"array","items":{"type":"object","required":["licence","now","change","then","month_now","month_then",
    "blocked"],"properties":{"licence":{"type":"string"},"title":{"type":"string"},"now":{"type":["integer","null"]},
    "change":{"type":"integer"},"then":{"type":"integer"},"of":{"enum":["acquired","calculated"]},
    "by":{"enum":["peak","last","average"]},"month_now":{"type":["integer","number","null"]},
    "month_then":{"type":["integer","number","null"]},"blocked":{"type":["string","null"]}}}},
  "operation":{"type":"integer"},"calculation":{"type":"object"}}})";

/// What the lines make of the running month of the tenant.
asio::awaitable<month_effects> effects_of(const house& all, const call& asked, const audit::cart_page& cart) {
  month_effects none;
  if (cart.lines.empty()) co_return none;
  const auto seen = all.audit.view();
  const auto* of = seen->find(cart.tenant);
  if (of == nullptr) co_return none;
  order_question question;
  question.bill.tenant = cart.tenant;
  question.bill.now = asked.now();
  question.bill.longest_silence = intervals_of_silence * all.daemon.facts().calculate_every;
  const auto today = of->zone.civil(question.bill.now).day;
  question.bill.month = today.year() / today.month();
  question.acquired = acquired_after(*of, cart);
  auto effects = co_await all.ledger.order_effects(std::move(question));
  // The cart is shown all the same; null says that nothing is known of the month.
  co_return effects ? std::move(*effects) : none;
}

answer_of_handler show(const house& all, const call& asked, result<audit::cart_page> cart) {
  if (!cart) co_return cart.error();
  const auto effects = co_await effects_of(all, asked, *cart);
  co_return json_answer(order_page(*all.audit.view(), *cart, effects));
}

answer_of_handler show_cart(const house& all, const call& asked) {
  auto cart = co_await all.audit.cart(asked.parameter("t"), asked.caller());
  co_return co_await show(all, asked, std::move(cart));
}

answer_of_handler stage(const house& all, const call& asked) {
  const auto body = asked.body();
  if (!body) co_return body.error();
  json_reader in(*body, "the order");
  std::string licence = in.text("licence");
  const auto change = in.integer("change");
  if (auto wrong = in.finish()) co_return *wrong;
  auto cart = co_await all.audit.stage(asked.parameter("t"), std::move(licence), change, asked.caller());
  co_return co_await show(all, asked, std::move(cart));
}

answer_of_handler unstage(const house& all, const call& asked) {
  std::string licence(asked.query("licence").value_or(""));
  auto cart = co_await all.audit.unstage(asked.parameter("t"), std::move(licence), asked.caller());
  co_return co_await show(all, asked, std::move(cart));
}

answer_of_handler confirm(const house& all, const call& asked) {
  const auto body = asked.body();
  if (!body) co_return body.error();
  json_reader in(*body, "the confirmation");
  const auto version = in.integer("version");
  if (const auto wrong = in.finish()) co_return *wrong;
  // What the month comes to is asked before: afterwards the order would be in both figures.
  const auto before = co_await all.audit.cart(asked.parameter("t"), asked.caller());
  month_effects effects;
  if (before) effects = co_await effects_of(all, asked, *before);
  const auto made = co_await all.audit.confirm(asked.parameter("t"), version, asked.caller());
  if (!made) co_return made.error();
  if (!made->outcome) {
    auto members = blocked_members(made->cart);
    co_return problem(status_of(errc::refused), blocked_text(made->cart), members);
  }
  co_return json_answer(order_page(*all.audit.view(), made->cart, effects, made->outcome));
}

/// A whole number, or null for none.
result<std::optional<std::int64_t>> limit_of(const json::value& body) {
  const auto* limit = body.as_object().if_contains("limit");
  if (limit == nullptr || body.as_object().size() != 1)
    return failure{errc::malformed, R"(expected {"limit":N}, or null for none)"};
  if (limit->is_null()) return std::optional<std::int64_t>();
  if (limit->is_int64() && is_quantity(limit->get_int64())) return std::optional(limit->get_int64());
  return failure{errc::malformed,
                 std::string("limit: expected ") + a_quantity + ", or null for none, found " + description_of(*limit)};
}

answer_of_handler set_limit(const house& all, const call& asked) {
  const auto body = asked.body();
  if (!body) co_return body.error();
  const auto limit = limit_of(*body);
  if (!limit) co_return limit.error();
  const std::string& licence = asked.parameter("licence");
  const auto done = co_await all.audit.set_limit(asked.parameter("t"), licence, *limit, asked.caller());
  if (!done) co_return done.error();
  co_return json_answer(limit_page(*all.audit.view(), asked.parameter("t"), licence, *limit, *done));
}

void add_cart_routes(route_table& routes, const house& all) {
  route cart;
  cart.path = "/v1/tenants/{t}/order";
  cart.right = access::right::order;
  cart.summary = "What the caller has staged to order, what it makes of this month, and what is in its way";
  cart.response_schema = cart_schema;
  cart.handler = [all](const call& asked) { return show_cart(all, asked); };
  routes.add(cart);

  cart.method = method::post;
  cart.summary = "Stage so much more, or less, of a licence";
  cart.request_schema = line_schema;
  cart.handler = [all](const call& asked) { return stage(all, asked); };
  routes.add(cart);

  cart.method = method::remove;
  cart.summary = "Drop what is staged";
  cart.request_schema.clear();
  cart.query = {{"licence", "Only this line"}};
  cart.handler = [all](const call& asked) { return unstage(all, asked); };
  routes.add(std::move(cart));
}

}  // namespace

void add_order_routes(route_table& routes, const house& all) {
  add_cart_routes(routes, all);

  route order;
  order.method = method::post;
  order.path = "/v1/tenants/{t}/order/confirm";
  order.right = access::right::order;
  order.summary = "Order all lines of the cart at once; 409 if it or what it rests on has moved, 422 with what blocks";
  order.request_schema = R"({"type":"object","required":["version"],"properties":{"version":{"type":"integer"}},
    "additionalProperties":false})";
  order.response_schema = cart_schema;
  order.handler = [all](const call& asked) { return confirm(all, asked); };
  routes.add(std::move(order));

  route limit;
  limit.method = method::put;
  limit.path = "/v1/tenants/{t}/limits/{licence}";
  limit.right = access::right::order;
  limit.summary = "What is allowed above what the licence includes; null: no limit";
  limit.request_schema = R"({"type":"object","required":["limit"],"properties":{"limit":{"type":["integer","null"]}},
    "additionalProperties":false})";
  limit.response_schema =
      R"({"type":"object","required":["tenant","licence","limit","included","allowed"],"properties":{
    "tenant":{"type":"string"},"licence":{"type":"string"},"limit":{"type":["integer","null"]},
    "included":{"type":"integer"},"allowed":{"type":["integer","null"]},"unit":{"type":["string","null"]},
    "period":{"enum":["month",null]},"operation":{"type":"integer"},"calculation":{"type":"object"}}})";
  limit.handler = [all](const call& asked) { return set_limit(all, asked); };
  routes.add(std::move(limit));
}

}  // namespace licaudit::api

#include "daemon/api/paging.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/router.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/tenant_columns.hpp"
#include "daemon/api/tenant_json.hpp"
#include "daemon/api/tenant_place.hpp"
#include "model/digest.hpp"

#include <algorithm>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr const char* tenant_schema = R"({"type":"object","required":["tenant","name","type"],"properties":{
  "tenant":{"type":"string"},"name":{"type":"string"},"parent":{"type":["string","null"]},
  "type":{"enum":["provider","reseller","partner","customer"]},"service":{"type":["string","null"]},
  "time_zone":{"type":"string"},"enabled":{"type":"boolean"},"gone":{"type":"boolean"},"origin":{"type":"string"},
  "children":{"type":"integer"},"sites":{"type":"array","items":{"type":"object"}},"acquired":{"type":"object"},
  "settings":{"type":"object"},"attributes":{"type":"object"},"switches":{"type":"array","items":{"type":"object"}},
  "ms_tenant_id":{"type":["string","null"]},"customer_guid":{"type":["string","null"]},
  "planned_move":{"type":["object","null"],"properties":{"to":{"type":"string"},
    "effective":{"type":"string","format":"date-time"},"operation":{"type":"integer"},"caller":{"type":"string"},
    "refused":{"type":["string","null"]}}},
  "monitored":{"type":["integer","null"]},"formerly":{"type":"array","items":{"type":"string"}},
  "operation":{"type":"integer"},"calculation":{"type":"object"}}})";
constexpr const char* tenants_schema = R"({"type":"object","properties":{
  "columns":{"type":"array","items":{"type":"string"}},
  "tenants":{"type":"array","items":{"type":"object"}},"next":{"type":["string","null"]}}})";
constexpr const char* create_schema = R"({"type":"object","required":["id","name"],"properties":{"id":{"type":"string"},
  "name":{"type":"string"},"parent":{"type":"string"},"type":{"enum":["reseller","partner","customer"]},
  "service":{"type":"string"},"time_zone":{"type":"string"},"sites":{"type":"array","items":{"type":"object"}},
  "acquired":{"type":"object"},"settings":{"type":"object"},"attributes":{"type":"object"}}})";
constexpr const char* change_schema = R"({"type":"object","properties":{"name":{"type":"string"},
  "parent":{"type":"string"},"enabled":{"type":"boolean"},"settings":{"type":"object"},"attributes":{"type":"object"}},
  "additionalProperties":false})";

std::string folded(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

struct tenant_filter {
  std::optional<tenant_type> type{};
  std::optional<std::string> parent{};
  std::string search{};

  [[nodiscard]] bool takes(const tenant& one) const {
    if (type && one.type != *type) return false;
    if (parent && one.parent != *parent) return false;
    return search.empty() || folded(one.id).find(search) != std::string::npos ||
           folded(one.name).find(search) != std::string::npos;
  }
};

result<tenant_filter> filter_of(const call& asked) {
  tenant_filter filter;
  if (const auto text = asked.query("type")) {
    const auto type = parse_tenant_type(*text);
    if (!type) return type.error();
    filter.type = *type;
  }
  if (const auto text = asked.query("parent")) {
    if (auto seen = require(asked, access::right::read, *text); !seen) return seen.error();
    filter.parent = std::string(*text);
  }
  if (const auto text = asked.query("search")) filter.search = folded(*text);
  return filter;
}

void add_row(json_text& out, const audit::tenant_view& of, const std::optional<tenant_columns>& columns) {
  if (!columns) return add_tenant(out, of);
  out.begin_object().member("tenant", of.record->id).key("values");
  columns->add_values(out, of);
  out.end_object();
}

result<response> list_tenants(const call& asked) {
  const auto page = page_of(asked);
  if (!page) return page.error();
  const auto filter = filter_of(asked);
  if (!filter) return filter.error();
  std::optional<tenant_columns> columns;
  if (const auto text = asked.query("columns")) {
    auto parsed = tenant_columns::parse(*text, asked.view());
    if (!parsed) return parsed.error();
    columns = std::move(*parsed);
  }
  json_text out;
  out.begin_object();
  if (columns) {
    out.key("columns");
    columns->add_names(out);
  }
  out.key("tenants").begin_array();
  std::string last, next;
  std::size_t shown = 0, bytes = 0;
  const auto& tenants = asked.view().tenants;
  for (auto one = tenants.upper_bound(page->after); one != tenants.end(); ++one) {
    if (!filter->takes(*one->second->record) || !asked.may(access::right::read, one->first)) continue;
    if (shown == page->limit || bytes > most_page_bytes) {
      next = last;
      break;
    }
    json_text text;
    add_row(text, *one->second, columns);
    const std::string written = text.take();
    bytes += written.size();
    out.raw(written);
    last = one->first;
    ++shown;
  }
  out.end_array().text_or_null("next", next).end_object();
  return json_answer(out.take());
}

answer_of_handler create_tenant(const house& all, const call& asked) {
  auto body = asked.body();
  if (!body) co_return body.error();
  json::object& record = body->as_object();
  if (!record.contains("parent")) record["parent"] = asked.view().root;
  const json::string* parent = record["parent"].if_string();
  if (parent == nullptr) co_return failure{errc::malformed, "parent: expected the id of a tenant"};
  auto granted = require_place_under(asked, std::string_view(parent->data(), parent->size()));
  if (!granted) co_return granted.error();
  const json::value* id = record.if_contains("id");
  const std::string name = id != nullptr && id->is_string() ? std::string(id->as_string()) : std::string();
  auto done = co_await all.audit.create_tenant(*body, asked.caller());
  if (!done) co_return done.error();
  const auto seen = all.audit.view();
  const audit::tenant_view* made = seen->find(name);
  if (made == nullptr) co_return failure{errc::conflict, "tenant " + name + " was changed again meanwhile; look anew"};
  co_return json_answer(tenant_page(*made, *done));
}

/// Each key of a patch has the right that its row of the rights table names.
result<void> require_patch(const call& asked, const json::object& patch) {
  const std::string& tenant = asked.parameter("t");
  for (const auto& one : patch) {
    const bool managing = one.key() == "enabled" || one.key() == "parent";
    auto granted = require(asked, managing ? access::right::manage_tenants : access::right::attributes, tenant);
    if (!granted) return granted;
    if (one.key() != "parent") continue;
    const json::string* parent = one.value().if_string();
    if (parent == nullptr) return failure{errc::malformed, "parent: expected the id of a tenant"};
    granted = require_move(asked, std::string_view(parent->data(), parent->size()));
    if (!granted) return granted;
  }
  return {};
}

answer_of_handler change_tenant(const house& all, const call& asked) {
  const auto body = asked.body();
  if (!body) co_return body.error();
  const json::object& patch = body->as_object();
  if (patch.empty()) {
    co_return failure{errc::malformed, "nothing to change: name, parent, enabled, settings or attributes"};
  }
  auto granted = require_patch(asked, patch);
  if (!granted) co_return granted.error();
  auto done = co_await all.audit.change_tenant(asked.parameter("t"), patch, asked.caller());
  if (!done) co_return done.error();
  const auto seen = all.audit.view();
  const audit::tenant_view* now = seen->find(asked.parameter("t"));
  if (now == nullptr) co_return failure{errc::conflict, "the tenant was removed meanwhile"};
  co_return json_answer(tenant_page(*now, *done));
}

answer_of_handler remove_tenant(const house& all, const call& asked) {
  const auto expected = digest_from_hex(all.daemon.facts().deletion_secret_sha256);
  if (!expected) {
    co_return failure{errc::refused,
                      "tenants cannot be deleted here: deletion_secret_sha256 is not set in licauditd.yaml"};
  }
  const std::string& secret = asked.asked().deletion_secret;
  if (secret.empty() || !access::are_same(sha256(secret), *expected)) {
    throw lacking_right{access::right::delete_tenant, asked.parameter("t")};
  }
  auto done = co_await all.audit.remove_tenant(asked.parameter("t"), asked.caller());
  if (!done) co_return done.error();
  json_text out;
  out.begin_object().member("tenant", asked.parameter("t")).member("removed", true);
  add_done(out, *done);
  out.end_object();
  co_return json_answer(out.take());
}

void add_reading(route_table& routes) {
  route list;
  list.path = "/v1/tenants";
  list.right = access::right::read;
  list.summary = "The tenants that the caller sees, by id";
  list.query = {{"type", "provider, reseller, partner or customer"},
                {"parent", "Only those directly under this tenant"},
                {"search", "Only those with this text in id or name"},
                {"columns", "Of each only these, as `values`: keys, attributes, ump.licensed, ... with commas between"},
                limit_parameter,
                after_parameter};
  list.response_schema = tenants_schema;
  list.at_once = list_tenants;
  routes.add(std::move(list));

  route one;
  one.path = "/v1/tenants/{t}";
  one.right = access::right::read;
  one.summary = "One tenant with sites, settings and switches";
  one.response_schema = tenant_schema;
  one.at_once = [](const call& asked) -> result<response> { return json_answer(tenant_page(asked.tenant())); };
  routes.add(std::move(one));
}

}  // namespace

void add_tenant_routes(route_table& routes, const house& all) {
  add_reading(routes);

  route create;
  create.method = method::post;
  create.path = "/v1/tenants";
  create.right = access::right::manage_tenants;
  create.summary = "Create a tenant of the source local";
  create.request_schema = create_schema;
  create.response_schema = tenant_schema;
  create.handler = [all](const call& asked) { return create_tenant(all, asked); };
  routes.add(std::move(create));

  route change;
  change.method = method::patch;
  change.path = "/v1/tenants/{t}";
  change.right = access::right::attributes;
  change.summary = "Rename, move, enable or disable a tenant, set its settings and attributes";
  change.request_schema = change_schema;
  change.response_schema = tenant_schema;
  change.handler = [all](const call& asked) { return change_tenant(all, asked); };
  routes.add(std::move(change));

  route remove;
  remove.method = method::remove;
  remove.path = "/v1/tenants/{t}";
  remove.right = access::right::delete_tenant;
  remove.summary = "Delete a tenant of the source local; needs the header Licaudit-Deletion-Secret";
  remove.response_schema = R"({"type":"object","properties":{"tenant":{"type":"string"},"removed":{"const":true},
    "operation":{"type":"integer"},"calculation":{"type":"object"}}})";
  remove.handler = [all](const call& asked) { return remove_tenant(all, asked); };
  routes.add(std::move(remove));
}

}  // namespace licaudit::api

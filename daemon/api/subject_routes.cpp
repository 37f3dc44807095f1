#include "daemon/api/paging.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/subjects_page.hpp"
#include "daemon/api/tenant_json.hpp"
#include "model/names.hpp"
#include "model/quantity.hpp"

#include <boost/json/serialize.hpp>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr const char* put_schema = R"({"type":"object","properties":{"fields":{"type":"object",
  "additionalProperties":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}},
  "quantity":{"type":"integer","minimum":0,"maximum":1000000000000}},"additionalProperties":false})";
constexpr const char* subject_schema = R"({"type":"object","properties":{"tenant":{"type":"string"},
  "kind":{"enum":["user","number"]},"id":{"type":"string"},"fields":{"type":"object"},"quantity":{"type":"integer"},
  "removed":{"type":"boolean"},"operation":{"type":"integer"},"calculation":{"type":"object"}}})";
constexpr const char* subjects_schema = R"json({"type":"object","properties":{"tenant":{"type":"string"},
  "time_zone":{"type":"string"},"at":{"type":"string","format":"date-time"},"calculated_at":{"type":"string","format":"date-time"},
  "subjects":{"type":"array","items":{"type":"object","properties":{"kind":{"enum":["user","number","meter"]},
    "subject":{"type":["string","null"]},"key":{"type":"string"},"quantity":{"type":"integer"},
    "licence":{"type":"string"},"factor":{"type":["string","null"]},
    "worth":{"type":["number","null"],"description":"what it adds to the factor, in its unit; null: nobody counts it"},
    "configured":{"type":"array","items":{"type":"string"}},"eligible":{"type":"array","items":{"type":"string"}},
    "reading":{"type":"object","description":"of a meter","properties":{"used":{"type":["number","null"]},
      "unit":{"type":["string","null"]},"at":{"type":["string","null"]}}}}}},
  "factors":{"type":"array","description":"of all subjects, whatever page","items":{"type":"object","properties":{
    "licence":{"type":"string"},"factor":{"type":"string"},"worth":{"type":"number","description":"the sum"},
    "unit":{"type":["string","null"]},"units":{"type":["object","null"],"properties":{"per":{"type":"string"},
      "setting":{"type":["string","null"]},"each":{"type":"integer"}}},
    "package":{"type":["object","null"],"properties":{"size":{"type":"integer"},"unit":{"type":["string","null"]}}},
    "counted":{"type":"integer","description":"n1: packages, where there are, else the sum rounded up"}}}},
  "next":{"type":["string","null"]}}})json";

result<subject> subject_of(const call& asked, subject_kind kind) {
  const auto body = asked.body();
  if (!body) return body.error();
  json_reader in(*body, to_text(kind));
  subject made;
  made.name = {asked.parameter("t"), kind, std::string(trimmed(asked.parameter("id")))};
  if (!is_subject_id(made.name.id)) return failure{errc::malformed, "the id must be 1 to 256 bytes of UTF-8"};
  const json::object* fields = in.optional_object("fields");
  made.quantity = in.optional_integer("quantity").value_or(1);
  if (!is_quantity(made.quantity)) in.refuse("quantity", a_quantity);
  if (auto wrong = in.finish()) return *wrong;
  if (fields == nullptr) return made;
  auto read = fields_from_json(*fields);
  if (!read) return read.error();
  made.fields = std::move(*read);
  return made;
}

void begin_subject(json_text& out, const subject_name& name) {
  out.begin_object().member("tenant", name.tenant).member("kind", to_text(name.kind)).member("id", name.id);
}

answer_of_handler put_subject(const house& all, const call& asked, subject_kind kind) {
  const auto made = subject_of(asked, kind);
  if (!made) co_return made.error();
  const auto done = co_await all.audit.put_subject(*made, asked.caller());
  if (!done) co_return done.error();
  json_text out;
  begin_subject(out, made->name);
  out.key("fields").raw(json::serialize(fields_to_json(made->fields))).member("quantity", made->quantity);
  add_done(out, *done);
  out.end_object();
  co_return json_answer(out.take());
}

answer_of_handler remove_subject(const house& all, const call& asked, subject_kind kind) {
  const subject_name name{asked.parameter("t"), kind, std::string(trimmed(asked.parameter("id")))};
  const auto done = co_await all.audit.remove_subject(name, asked.caller());
  if (!done) co_return done.error();
  json_text out;
  begin_subject(out, name);
  out.member("removed", true);
  add_done(out, *done);
  out.end_object();
  co_return json_answer(out.take());
}

result<subjects_question> question_of(const call& asked) {
  const auto page = page_of(asked);
  if (!page) return page.error();
  subjects_question question;
  question.tenant = asked.parameter("t");
  question.limit = page->limit;
  question.at = asked.now();
  question.zone = asked.tenant().zone.name();
  question.names = asked.may(access::right::names, question.tenant);
  if (const auto text = asked.query("at")) {
    const auto at = parse_date(*text, range_end::since, asked.tenant().zone, asked.now());
    if (!at) return at.error();
    question.at = *at;
  }
  if (!page->after.empty()) {
    const auto place = parse_subjects_place(page->after);
    if (!place) return place.error();
    question.at = place->at;
    question.first = place->row;
  }
  if (const auto text = asked.query("kind")) {
    const auto kind = parse_subject_kind(*text);
    if (!kind) return kind.error();
    question.filter.kind = *kind;
  }
  question.filter.licence = std::string(asked.query("licence").value_or(""));
  question.filter.factor = std::string(asked.query("factor").value_or(""));
  return question;
}

answer_of_handler list_subjects(const house& all, const call& asked) {
  const auto question = question_of(asked);
  if (!question) co_return question.error();
  const auto then = co_await all.ledger.inventory_at(question->tenant, question->at);
  if (!then) co_return then.error();
  co_return json_answer(subjects_page(*question, *then));
}

void add_local(route_table& routes, const house& all, subject_kind kind, const std::string& plural) {
  route put;
  put.names_subjects = true;
  put.method = method::put;
  put.path = "/v1/tenants/{t}/" + plural + "/{id}";
  put.right = access::right::attributes;
  put.summary = "Add or replace a " + std::string(to_text(kind)) + " of the source local";
  put.request_schema = put_schema;
  put.response_schema = subject_schema;
  put.handler = [all, kind](const call& asked) { return put_subject(all, asked, kind); };
  routes.add(std::move(put));

  route remove;
  remove.names_subjects = true;
  remove.method = method::remove;
  remove.path = "/v1/tenants/{t}/" + plural + "/{id}";
  remove.right = access::right::attributes;
  remove.summary = "Remove a " + std::string(to_text(kind)) + " of the source local";
  remove.response_schema = subject_schema;
  remove.handler = [all, kind](const call& asked) { return remove_subject(all, asked, kind); };
  routes.add(std::move(remove));
}

}  // namespace

void add_subject_routes(route_table& routes, const house& all) {
  add_local(routes, all, subject_kind::user, "users");
  add_local(routes, all, subject_kind::number, "numbers");

  route list;
  list.path = "/v1/tenants/{t}/subjects";
  list.right = access::right::subjects;
  list.summary = "Who holds what, at any kept instant";
  list.query = {{"licence", "Only what concerns this licence"},
                {"factor", "Only those that this factor counts"},
                {"at", "The instant; absent: now"},
                {"kind", "user, number or meter"},
                limit_parameter,
                after_parameter};
  list.response_schema = subjects_schema;
  list.handler = [all](const call& asked) { return list_subjects(all, asked); };
  routes.add(std::move(list));
}

}  // namespace licaudit::api

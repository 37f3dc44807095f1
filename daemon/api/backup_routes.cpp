#include "daemon/api/json_text.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/routes.hpp"

#include <stdexcept>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr const char* backup_type = "application/vnd.sqlite3";
constexpr std::size_t chunk_bytes = 256U << 10U;

operation backup_operation(const std::string& caller, const ledger::backup_facts& facts, const std::string& path) {
  operation what;
  what.type = "backup";
  what.caller = caller;
  what.text = path.empty() ? "backup, handed to the caller" : "backup to " + path;
  what.detail["bytes"] = facts.bytes;
  what.detail["sequence"] = facts.sequence;
  what.detail["head"] = facts.head;
  if (!path.empty()) what.detail["path"] = path;
  return what;
}

answer_of_handler write_backup(const house& all, std::string path, std::string caller) {
  const auto facts = co_await all.backups.write(path);
  if (!facts) co_return facts.error();
  operation what = backup_operation(caller, *facts, path);
  // The file is there, also where that cannot be written down, as on a full disk.
  const auto recorded = co_await all.audit.record(std::move(what));
  json_text out;
  out.begin_object().member("path", path).member("bytes", facts->bytes).member("sequence", facts->sequence);
  out.member("head", facts->head).key("operation");
  if (recorded) {
    out.add(recorded->operation);
  } else {
    out.add(nullptr);
  }
  out.end_object();
  co_return json_answer(out.take());
}

/// All bytes, or a connection that is cut off before the last chunk: nobody takes half of a backup for a whole one.
asio::awaitable<void> send_bytes(std::shared_ptr<backup_bytes> from, line_writer& out) {
  bool open = true;
  while (open) {
    auto bytes = co_await from->read(chunk_bytes);
    if (!bytes) throw std::runtime_error(bytes.error().detail);
    if (bytes->empty()) co_return;
    open = co_await out.write(std::move(*bytes));
  }
}

answer_of_handler hand_over(const house& all, std::string caller) {
  const auto made = co_await all.backups.make();
  if (!made) co_return made.error();
  const auto& facts = (*made)->facts();
  operation what = backup_operation(caller, facts, {});
  co_await all.audit.record(std::move(what));
  response answer;
  answer.content_type = backup_type;
  answer.bytes = true;
  answer.headers.emplace_back("Licaudit-Bytes", std::to_string(facts.bytes));
  answer.headers.emplace_back("Licaudit-Sequence", std::to_string(facts.sequence));
  answer.headers.emplace_back("Licaudit-Head", facts.head);
  answer.lines = [from = *made](line_writer& out) { return send_bytes(from, out); };
  co_return answer;
}

answer_of_handler back_up(const house& all, const call& asked) {
  const auto body = asked.body();
  if (!body) co_return body.error();
  json_reader in(*body, "backup");
  std::string path = in.optional_text("path");
  if (auto wrong = in.finish()) co_return *wrong;
  std::string caller = asked.caller();
  if (body->as_object().contains("path")) co_return co_await write_backup(all, std::move(path), std::move(caller));
  co_return co_await hand_over(all, std::move(caller));
}

}  // namespace

void add_backup_routes(route_table& routes, const house& all) {
  route back;
  back.method = method::post;
  back.path = "/v1/backup";
  back.right = access::right::operate;
  back.summary =
      "A whole, consistent copy of the ledger while it works, with the settings without secrets. Without `path` the "
      "answer is the file; with it licauditd writes it there, where it may: an absolute path that does not exist";
  back.request_schema = R"({"type":"object","properties":{"path":{"type":"string"}},"additionalProperties":false})";
  back.body_optional = true;
  back.response_schema = R"({"type":"object","required":["path","bytes","sequence","head"],"properties":{
    "path":{"type":"string"},"bytes":{"type":"integer"},"sequence":{"type":"integer"},"head":{"type":"string"},
    "operation":{"type":["integer","null"]}}})";
  back.bytes_type = backup_type;
  back.handler = [all](const call& asked) { return back_up(all, asked); };
  routes.add(std::move(back));
}

}  // namespace licaudit::api

#include "cli/reply.hpp"

#include "cli/rendering/json_access.hpp"
#include "cli/rendering/listing.hpp"
#include "cli/rendering/printable.hpp"

namespace licaudit::cli {

using namespace rendering;

complaint read_problem(const json::object& problem, unsigned http_status) {
  const auto status = integer_at(problem, "status").value_or(http_status);
  complaint result{status_for_http(static_cast<unsigned>(status)), printable(text_at(problem, "detail"))};
  if (result.text.empty()) result.text = printable(text_at(problem, "title"));
  if (result.text.empty()) result.text = "licauditd answered " + std::to_string(status) + " without saying why";
  for (const auto& error : elements(problem, "errors")) result.more.push_back(printable(plain_text(error, " ")));
  return result;
}

outcome<json::object> read_reply(const answer& reply) {
  auto document = parse_json(reply.body);
  const bool is_object = document && document->is_object();
  const bool good = reply.status >= 200 && reply.status < 300;
  if (good && is_object) return std::move(document->get_object());
  if (good) {
    return complaint{exit_status::internal,
                     "what licauditd answered is no JSON object: is --socket right, and the daemon of this version?"};
  }
  return read_problem(is_object ? document->get_object() : json::object(), reply.status);
}

}  // namespace licaudit::cli

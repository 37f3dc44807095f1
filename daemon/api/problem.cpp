#include "daemon/api/problem.hpp"

#include <boost/json/serialize.hpp>

namespace licaudit::api {

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "";
  }
}

int status_of(errc code) {
  switch (code) {
    case errc::malformed:
      return 400;
    case errc::unknown:
      return 404;
    case errc::conflict:
      return 409;
    // A refusal by rule; what the caller has no right to is 403 and decided before any handler runs.
    case errc::refused:
      return 422;
    case errc::unreachable:
      return 503;
    case errc::timed_out:
      return 504;
    case errc::corrupt:
      return 500;
  }
  return 500;
}

json::object problem_members(int status, std::string_view detail) {
  return {{"type", "about:blank"}, {"title", reason_of(status)}, {"status", status}, {"detail", detail}};
}

response problem(int status, std::string_view detail, const json::object& more) {
  json::object members = problem_members(status, detail);
  for (const auto& one : more) members[one.key()] = one.value();
  response answer;
  answer.status = status;
  answer.content_type = "application/problem+json";
  answer.body = json::serialize(members);
  return answer;
}

response problem(const failure& error) {
  return problem(status_of(error.code), error.detail);
}

}  // namespace licaudit::api

#include "daemon/api/request.hpp"

namespace licaudit::api {

std::string_view to_text(method value) {
  switch (value) {
    case method::get:
      return "GET";
    case method::head:
      return "HEAD";
    case method::post:
      return "POST";
    case method::put:
      return "PUT";
    case method::patch:
      return "PATCH";
    case method::remove:
      return "DELETE";
    case method::other:
      return "";
  }
  return "";
}

}  // namespace licaudit::api

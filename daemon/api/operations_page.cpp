#include "daemon/api/operations_page.hpp"

#include "daemon/api/json_text.hpp"

#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

/// A cell that begins like a formula would be run by a spreadsheet: a quote in front makes it text.
std::string csv_cell(std::string_view text) {
  std::string cell = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell += '\'';
  for (const char byte : text) {
    if (byte == '"') cell += '"';
    cell += byte;
  }
  return cell + '"';
}

}  // namespace

std::string operations_page(const std::vector<operation>& all, std::string_view next) {
  json_text out;
  out.begin_object().key("operations").begin_array();
  for (const operation& one : all) {
    out.begin_object().member("operation", one.sequence).member("at", one.at).member("type", one.type);
    out.member("caller", one.caller).text_or_null("tenant", one.tenant).member("text", one.text);
    out.key("detail").raw(json::serialize(one.detail)).end_object();
  }
  out.end_array().text_or_null("next", next).end_object();
  return out.take();
}

std::string operations_csv(const std::vector<operation>& all) {
  std::string out = "operation,at,type,caller,tenant,text,detail\r\n";
  for (const operation& one : all) {
    out += std::to_string(one.sequence) + "," + to_rfc3339(one.at) + "," + csv_cell(one.type) + "," +
           csv_cell(one.caller) + "," + csv_cell(one.tenant) + "," + csv_cell(one.text) + "," +
           csv_cell(json::serialize(one.detail)) + "\r\n";
  }
  return out;
}

}  // namespace licaudit::api
